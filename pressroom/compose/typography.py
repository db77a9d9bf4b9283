"""Divides text into stretches that are one thing on a line, each with its direction.

Doses, ranges, telephone numbers and addresses are never broken; in right-to-left text they and Latin phrases are
isolated here, by the composer, so that a translator never types a control character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pressroom.language import Language, units_of

# Scripts that write no space between words, so that a unit may be followed by the next word at once.
UNSPACED: Final = frozenset({"Hans", "Hant", "Jpan", "Khmr", "Laoo", "Mymr", "Thai"})
_GAP = "[ \u00a0\u202f]"
_JOINED = rf"(?:{_GAP}?[–—−-]{_GAP}?|[.,:/×]|\){_GAP}?-?|{_GAP}(?=\(?\d\d))"
_DIGITS = rf"[+(]*\d(?:{_JOINED}?\(?\d)*"
_NUMBER = rf"{_DIGITS}\)?"
_ADDRESS = r"https?://[^\s()]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./-]*\w)?\b"
_KEPT = re.compile(rf"{_ADDRESS}|{_NUMBER}")
_LETTER = "A-Za-zÀ-ɏḀ-ỿ"
_SHARE = rf"(?:{_GAP}?[%°][CF]?)?"
_NAME = rf"[{_LETTER}][{_LETTER}\d]*"
# Atomic, `(?>…)`: before a bracket that is not closed a phrase would be tried in two to the power of its letters ways.
_TOKEN = rf"(?>{_ADDRESS}|{_NUMBER}{_SHARE}|{_NAME})"
_INNER = rf"(?>{_ADDRESS}|{_DIGITS}{_SHARE}|{_NAME})"
_BETWEEN = rf"(?:{_GAP}?[–—&+-]{_GAP}?|[/@.'’:_]|,{_GAP}(?=[{_LETTER}])|{_GAP})"
_PHRASE = rf"(?>{_TOKEN}(?:{_BETWEEN}?{_TOKEN})*)"
_BRACKETS = rf"\((?>{_INNER}(?:{_BETWEEN}?{_INNER})*)\)"
_LATIN = re.compile(rf"{_BRACKETS}(?!{_GAP}?\d)|{_PHRASE}(?:{_GAP}{_BRACKETS})*")
# A phrase so long is broken between its words where it must be; its numbers are not.
_LONG: Final = 20


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text set one way, from `start`: `kept` is never broken, `isolated` runs left to right whatever surrounds it."""

    text: str
    start: int
    kept: bool = False
    isolated: bool = False

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def stretches(text: str, language: Language) -> Iterator[Stretch]:
    """Split a run of text into plain, kept and isolated stretches, in order, nothing lost."""
    rtl = language.direction == "rtl"
    end = 0
    for start, stop in _spans(text, language, rtl):
        if start > end:
            yield Stretch(text[end:start], end)
        kept = not rtl or stop - start <= _LONG
        yield Stretch(text[start:stop], start, kept=kept, isolated=rtl)
        end = stop
    if end < len(text):
        yield Stretch(text[end:], end)


def _spans(text: str, language: Language, rtl: bool) -> Iterator[tuple[int, int]]:
    """Where each thing begins and ends that is not plain text."""
    whole = () if rtl else language.keep_whole
    pattern = _LATIN if rtl else _KEPT
    if whole:
        words = "|".join(map(re.escape, sorted(whole, key=len, reverse=True)))
        pattern = re.compile(f"{words}|{pattern.pattern}")
    at = 0
    while (match := pattern.search(text, at)) is not None:
        start, stop = _balanced(text, match.start(), match.end())
        if not rtl and text[stop - 1].isdigit():
            stop = max(stop, dose_end(text, stop, language))
        yield start, stop
        at = max(stop, match.end())


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a bracket whose other half is outside."""
    inside = text[start:end]
    if inside.endswith(")") and inside.count(")") > inside.count("("):
        end -= 1
    while inside.startswith("(") and inside.count("(") > inside.count(")"):
        start, inside = start + 1, inside[1:]
    return start, end


def dose_end(text: str, at: int, language: Language) -> int:
    """Where the unit ends that follows a number which ends at `at`; `at` where none does."""
    start = at + 1 if text[at : at + 1] in {" ", "\u00a0", "\u202f"} else at
    for unit in units_of(language):
        end = start + len(unit)
        if text.startswith(unit, start) and (_word_ends(text, end, unit) or _may_run_on(unit, language)):
            return end
    return at


def _word_ends(text: str, at: int, unit: str) -> bool:
    """True where no letter follows; after a Latin symbol one of another script may (`mL를`)."""
    following = text[at : at + 1]
    goes_on = following and unicodedata.category(following)[0] in "LM"
    return not goes_on or (unit.isascii() and not following.isascii() and unicodedata.name(following)[:5] != "LATIN")


def _may_run_on(unit: str, language: Language) -> bool:
    return language.script in UNSPACED and not unit.isascii() and (len(unit) > 1 or language.script.startswith("H"))
