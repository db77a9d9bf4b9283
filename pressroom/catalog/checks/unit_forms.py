"""How units of measure are written: every form of every unit that a language may use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from pressroom.data_files import data_table
from pressroom.language import unit_patterns

_DATA = "catalog/checks/units.toml"


@cache
def english_units() -> dict[str, str]:
    """Each symbol and word that English texts write, and the unit it means, by CLDR's name."""
    forms: dict[str, str] = {}
    for unit, row in data_table(_DATA)["unit"].items():
        for form in (*row.get("symbols", ()), *row.get("words", ())):
            forms[form] = unit
    return forms


@cache
def dose_units() -> frozenset[str]:
    """The units that measure a dose or a fever. An unknown form of one is reported too."""
    return frozenset(unit for unit, row in data_table(_DATA)["unit"].items() if row.get("dose"))


@cache
def local_units(tag: str) -> dict[str, frozenset[str]]:
    """Each form a translation may write, in lower case, and the units it may mean there."""
    meanings: dict[str, set[str]] = {}
    extra = data_table(_DATA)["form"].get(tag, {})
    patterns = unit_patterns(tag)
    for unit, row in data_table(_DATA)["unit"].items():
        for form in (*row.get("symbols", ()), *extra.get(unit, ()), *_cldr_forms(patterns.get(unit, ()))):
            meanings.setdefault(form.lower(), set()).add(unit)
    return {form: frozenset(units) for form, units in meanings.items()}


def _cldr_forms(patterns: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for _, _, pattern in patterns:
        form = pattern.replace("{0}", "").strip()
        if form and "{" not in form:
            yield form
