"""Says whether two names, as people write them, are one person's.

In doubt they are one: a signature that is refused is asked for again, one that was counted twice is not.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from pressroom.data_files import data_table


@dataclass(frozen=True, slots=True)
class Person:
    """A person by name, and by what else tells them: a name among the allowed signers, a key."""

    name: str
    marks: frozenset[str] = frozenset()


def person(name: str, *marks: str) -> Person:
    """A person as they are compared; `marks` may be empty texts."""
    return Person(_plain(name), frozenset(_plain(mark) for mark in marks if _plain(mark)))


def is_same(one: Person, other: Person) -> bool:
    """True where the names can't be told apart, or a mark is shared, or is the other's name.

    A name within the other (`Dr. Ana López` and `A. Lopez`) is the same one.
    """
    shared = {one.name, *one.marks} & {other.name, *other.marks} - {""}
    return bool(shared) or _within(one.name, other.name) or _within(other.name, one.name)


def _within(one: str, other: str) -> bool:
    """True where each word of a name is one of the other's, or the first letter of one."""
    left = other.split()
    # Whole words first: an initial takes what they leave.
    for word in sorted(one.split(), key=len, reverse=True):
        found = next((o for o in left if o == word or (1 in (len(o), len(word)) and o[0] == word[0])), None)
        if found is None:
            return False
        left.remove(found)
    return bool(one)


def _plain(name: str) -> str:
    """A name without what makes no other person: case, order, spacing, points, accents, unseen signs, look-alikes."""
    # Twice, for a capital's small letter can come apart again.
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    seen = (sign for sign in small if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")
    kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in seen)
    return " ".join(sorted(kept.translate(_look_alikes()).replace("rn", "m").split()))


@cache
def _look_alikes() -> dict[int, str]:
    table = data_table("approval/alike.toml")
    return {ord(sign): letter for letter, signs in table.items() for sign in signs}
