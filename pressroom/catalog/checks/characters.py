"""Finds invisible characters that act: bidi controls, control characters, zero-width characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from pressroom.catalog.checks.pair import Pair
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic

# Unicode's explicit embeddings, overrides and isolates (UAX 9, 2): with them 119 is shown as 911.
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f]")
# Control, line and paragraph separators, private use, unassigned, surrogates, tags, interlinear annotation.
_ACTING: Final = frozenset({"Cc", "Zl", "Zp", "Co", "Cn", "Cs"})
_TAGS: Final = re.compile("[\ufff9-\ufffb\U000e0000-\U000e007f]")


def check_bidi(pair: Pair) -> Iterator[Diagnostic]:
    """No embedding, override or isolate: the program isolates what needs it."""
    for character in sorted(set(_BIDI.findall(pair.decoded))):
        hint = "take it out; numbers and placeholders are kept in order by the program"
        yield pair.finding("bidi-control", f"has a direction control {_name(character)}", hint)


def check_controls(pair: Pair) -> Iterator[Diagnostic]:
    """No control character but the line break, and nothing that is no character at all."""
    for character in sorted(set(pair.decoded)):
        if character == "\n" or character in pair.english:
            continue
        if unicodedata.category(character) in _ACTING or _TAGS.match(character):
            yield pair.finding("control-character", f"has {_name(character)}", "take it out, or write it anew")


def check_invisible(pair: Pair) -> Iterator[Diagnostic]:
    """Zero-width characters only where the language needs them, and never beside a digit."""
    table = _invisible()
    if table.keys().isdisjoint(pair.decoded):
        return
    allowed = _allowed(pair.language.script, pair.language.direction)
    for character in sorted(set(pair.decoded) & table.keys()):
        shown = f"{_name(character)} ({table[character][0]})"
        if character not in allowed:
            yield pair.finding(
                "zero-width", f"has an invisible {shown}", f"{pair.language.english} needs none: take it out"
            )
        elif re.search(f"\\d{character}|{character}\\d", pair.decoded):
            yield pair.finding("zero-width", f"has an invisible {shown} beside a digit", "take it out there")


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


@cache
def _allowed(*kinds: str) -> frozenset[str]:
    return frozenset(character for character, (_, scripts) in _invisible().items() if scripts.intersection(kinds))


@cache
def _invisible() -> dict[str, tuple[str, frozenset[str]]]:
    table = data_table("catalog/checks/characters.toml")
    return {chr(row["code"]): (row["name"], frozenset(row["scripts"])) for row in table["invisible"]}
