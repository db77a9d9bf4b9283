"""Words of measure: a language goes in, what it may write after a number to make a dose comes out."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pressroom.language.model import Language


def units_of(language: Language) -> tuple[str, ...]:
    """The symbols every language may use and the language's own words (CLDR's, the project's), the longest first."""
    return _units(language.tag, language.units)


@cache
def _units(tag: str, own: tuple[str, ...]) -> tuple[str, ...]:
    table: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("units.toml").read_text(encoding="utf-8"))
    return tuple(sorted({*table["symbols"], *table.get(tag, ()), *own}, key=lambda unit: (-len(unit), unit)))
