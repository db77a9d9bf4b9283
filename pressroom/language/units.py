"""Words of measure: what a language may write after a number to make a dose."""

from __future__ import annotations

from functools import cache

from pressroom.data_files import data_table
from pressroom.language import cldr
from pressroom.language.model import Language


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
