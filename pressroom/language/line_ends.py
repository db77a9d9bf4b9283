"""Reads `line_ends.toml`: the words that a language does not like to end or to begin a line with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pressroom.data_files import data_table


@dataclass(frozen=True, slots=True)
class WeakWords:
    """Words in lower case: those that lean on the word after them, a little or much, and on the word before.

    `beginnings` are those that a line may begin with in the midst of a Japanese phrase, after the letters that they
    follow and `|`; `endings` never have a line's end in them or before them. `signs` are Chinese words of one sign.
    """

    articles: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    postpositions: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()


def weak_words(tag: str) -> WeakWords:
    """The words of a language, or of the one it is a form of; none where the file has no table."""
    table = _tables()
    while tag and tag not in table:
        tag = tag.rpartition("-")[0]
    return table.get(tag, WeakWords())


@cache
def _tables() -> Mapping[str, WeakWords]:
    return {
        tag: WeakWords(**{kind: frozenset(words.split()) for kind, words in table.items()})
        for tag, table in data_table("language/line_ends.toml").items()
    }
