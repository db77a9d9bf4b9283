"""What a language is written with: its letters, sample words of its script, and its words of measure."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from pressroom.data_files import data_table
from pressroom.language import cldr
from pressroom.language.model import Language

# Vowels of Thai and Lao that are letters to Unicode, and are never written alone.
_WITH_BASE: Final = "\u0e33\u0eb3"


def letters_of(language: Language) -> tuple[str, ...]:
    """Its letters in order, marks on a letter that carries them; empty for Han, whose letters only texts show."""
    table = data_table("language/letters.toml")
    letters = language.letters or table["language"].get(language.tag)
    if letters is not None:
        return tuple(letters.split())
    script = table["script"].get(language.script, {})
    signs = [chr(point) for first, last in script.get("ranges", ()) for point in range(first, last + 1)]
    return tuple(_shown(sign, script.get("base", "")) for sign in signs if unicodedata.category(sign)[0] in "LMP")


def sample_of(language: Language) -> str:
    """Ordinary words of its writing system, to measure by; empty if there are none."""
    return str(data_table("language/samples.toml").get(language.script, ""))


def _shown(sign: str, base: str) -> str:
    return base + sign if unicodedata.category(sign)[0] == "M" or sign in _WITH_BASE else sign


def units_of(language: Language) -> tuple[str, ...]:
    """The symbols every language may use and the language's own words (CLDR's, ours, the project's), longest first."""
    return _units(language.tag, language.units)


@cache
def _units(tag: str, project_words: tuple[str, ...]) -> tuple[str, ...]:
    table, patterns = data_table("language/units.toml"), cldr.unit_patterns(tag)
    from_cldr = {
        pattern.removeprefix("{0}").strip()
        for unit in table["units"]
        for length, form, pattern in patterns.get(unit, ())
        if length != "narrow" and form != "per" and pattern.startswith("{0}") and "/" not in pattern
    } - {""}
    words = {*table["symbols"], *from_cldr, *table["more"].get(tag, ()), *project_words}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
