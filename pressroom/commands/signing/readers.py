"""In which role somebody reads a text in the browser."""

from __future__ import annotations

from dataclasses import dataclass

from pressroom.approval import roles_of
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.commands.signing.signer import Signer


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is at the browser: an id of the people list, or where there is none a name and a qualification."""

    id: str
    name: str
    qualification: str


@dataclass(frozen=True, slots=True)
class Readership:
    """The roles that a person may sign a text in, those that are still needed first, and who reads it in which role.

    `reader` is None if they have no role in this language: they may look.
    """

    roles: tuple[str, ...]
    reader: Signer | None


def readership(review_case: ReviewCase, identity: Identity | None, role: str = "") -> Readership:
    """The role that is asked for if the person has it; else the first that they have and that is still needed."""
    roles = _roles(review_case, identity)
    if identity is None or not roles:
        return Readership(roles, None)
    chosen = role if role in roles else roles[0]
    return Readership(roles, Signer(chosen, identity.name, identity.qualification, identity.id))


def _roles(review_case: ReviewCase, identity: Identity | None) -> tuple[str, ...]:
    tag, people = review_case.language.tag, review_case.workspace.people().value
    if identity is None or (people is not None and identity.id not in people.by_id):
        return ()
    able = [r for r in roles_of(tag) if people is None or people.by_id[identity.id].may_sign(r, tag)]
    needed = {role for _, state in review_case.cases() for seat in state.missing for role in seat}
    return tuple(sorted(able, key=lambda role: role not in needed))
