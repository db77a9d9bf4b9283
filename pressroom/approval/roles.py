"""The roles in which people sign, and which of them a text needs.

A text has seats: each is filled by one person, in one of the seat's roles. No person fills two.
"""

from __future__ import annotations

from typing import Final

from pressroom.language import ENGLISH

AUTHOR: Final = "author"
TRANSLATOR: Final = "translator"
REVIEWER: Final = "reviewer"
CLINICIAN: Final = "clinician"
ROLES: Final = (AUTHOR, TRANSLATOR, REVIEWER, CLINICIAN)
# Who releases has no language.
RELEASER: Final = "releaser"
Seat = tuple[str, ...]
_ENGLISH_SEATS: Final[tuple[Seat, ...]] = ((AUTHOR, REVIEWER), (CLINICIAN,))
_SEATS: Final[tuple[Seat, ...]] = ((TRANSLATOR,), (REVIEWER,), (CLINICIAN,))
# A translator can choose words; how they look on paper is judged by somebody else.
_LOOK_ROLES: Final = (REVIEWER, CLINICIAN)


def seats_of(locale: str) -> tuple[Seat, ...]:
    """The seats that must be filled before a text is approved. The English needs a second reader or its author."""
    return _ENGLISH_SEATS if locale == ENGLISH else _SEATS


def roles_of(locale: str) -> tuple[str, ...]:
    """The roles that sign in a locale, in the order of the work."""
    return tuple(role for seat in seats_of(locale) for role in seat)


def may_sign(role: str, locale: str) -> bool:
    """True if the role has something to sign in the locale."""
    return role in roles_of(locale)


def may_sign_look(role: str) -> bool:
    """True if a signature in this role says that the page looks as it should."""
    return role in _LOOK_ROLES
