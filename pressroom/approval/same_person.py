"""Decides whether two names, as people write them, belong to the same person.

In doubt they do: a refused signature is asked for again, but one that counted twice goes unnoticed.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from pressroom.data_files import data_table


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name, and other marks of theirs: their id in people.toml, a key."""

    name: str
    marks: frozenset[str] = frozenset()


def person(name: str, *marks: str) -> Person:
    """A person in the form that `is_same` compares; `marks` may be empty texts."""
    return Person(_plain(name), frozenset(_plain(mark) for mark in marks if _plain(mark)))


def is_same(left: Person, right: Person) -> bool:
    """True if the names are alike, they share a mark, or a mark of one is the other's name.

    A name that is contained in the other is alike: `Dr. Ana López` and `A. Lopez`.
    """
    shared = {left.name, *left.marks} & {right.name, *right.marks} - {""}
    return bool(shared) or _is_within(left.name, right.name) or _is_within(right.name, left.name)


def _is_within(short: str, long: str) -> bool:
    """True if each word of a name is a word of the other, or the first letter of one."""
    left = long.split()
    # Complete words first, then initials take the rest.
    for word in sorted(short.split(), key=len, reverse=True):
        match = next((w for w in left if w == word or (1 in (len(w), len(word)) and w[0] == word[0])), None)
        if match is None:
            return False
        left.remove(match)
    return bool(short)


def _plain(name: str) -> str:
    """A name without differences in case, order, spacing, points, accents, invisible signs and look-alikes."""
    # Twice, because the small letter of a capital can decompose again.
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    visible = (sign for sign in small if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")
    kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in visible)
    return " ".join(sorted(kept.translate(_look_alikes()).replace("rn", "m").split()))


@cache
def _look_alikes() -> dict[int, str]:
    table = data_table("approval/alike.toml")
    return {ord(sign): letter for letter, signs in table.items() for sign in signs}
