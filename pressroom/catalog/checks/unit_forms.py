"""How units of measure are written: a language's tag goes in, every form of every unit that it may use comes out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError


@cache
def english_units() -> dict[str, str]:
    """Each symbol and word that English texts write, and the unit it means, by CLDR's name."""
    forms: dict[str, str] = {}
    for unit, row in _table()["unit"].items():
        for form in (*row.get("symbols", ()), *row.get("words", ())):
            forms[form] = unit
    return forms


@cache
def dose_units() -> frozenset[str]:
    """The units that measure a dose or a fever: there a form that nobody knows is told too."""
    return frozenset(unit for unit, row in _table()["unit"].items() if row.get("dose"))


@cache
def local_units(tag: str, posix: str) -> dict[str, frozenset[str]]:
    """Each form a translation may write, in lower case, and the units it may mean there."""
    meanings: dict[str, set[str]] = {}
    extra = _table()["form"].get(tag, {})
    patterns = _patterns(posix)
    for unit, row in _table()["unit"].items():
        for form in (*row.get("symbols", ()), *extra.get(unit, ()), *_cldr_forms(patterns.get(unit, {}))):
            meanings.setdefault(form.lower(), set()).add(unit)
    return {form: frozenset(units) for form, units in meanings.items()}


def _patterns(posix: str) -> dict[str, Any]:
    try:
        # Babel formats a number with a unit, but has no door to the words alone.
        patterns = Locale.parse(posix)._data["unit_patterns"]
        return dict(patterns)
    except (UnknownLocaleError, ValueError):
        return {}


def _cldr_forms(lengths: Mapping[str, Any]) -> Iterator[str]:
    for forms in lengths.values():
        for pattern in forms.values() if hasattr(forms, "values") else ():
            # "{0} мг": what stands beside the number, without the marks of direction some patterns carry.
            form = re.sub("[\u200e\u200f\u061c]", "", pattern).replace("{0}", "").strip()
            if form and "{" not in form:
                yield form


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("units.toml").read_text(encoding="utf-8"))
