"""Words of measure: a language goes in, what it may write after a number to make a dose comes out."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def units_of(tag: str) -> tuple[str, ...]:
    """The symbols every language may use and the language's own words (CLDR's), the longest first."""
    table: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("units.toml").read_text(encoding="utf-8"))
    return tuple(sorted({*table["symbols"], *table.get(tag, ())}, key=lambda unit: (-len(unit), unit)))
