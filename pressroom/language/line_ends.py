"""Reads `line_ends.toml`: the words that a language does not like to end or to begin a line with."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("line_ends.toml")


@dataclass(frozen=True, slots=True)
class WeakWords:
    """Words in lower case: those that lean on the word after them, a little or much, and on the word before."""

    articles: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    postpositions: frozenset[str] = frozenset()


def weak_words(tag: str) -> WeakWords:
    """The words of a language, or of the one it is a form of; none where the file has no table."""
    table = _tables()
    while tag and tag not in table:
        tag = tag.rpartition("-")[0]
    return table.get(tag, WeakWords())


@cache
def _tables() -> Mapping[str, WeakWords]:
    with _FILE.open("rb") as file:
        tables = tomllib.load(file)
    return {
        tag: WeakWords(**{kind: frozenset(words.split()) for kind, words in table.items()})
        for tag, table in tables.items()
    }
