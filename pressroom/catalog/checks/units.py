"""Checks that a number keeps its unit, as the English symbol or the language's own word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from pressroom.catalog.checks.pair import Pair, words_of
from pressroom.catalog.numbers import ascii_digits, value
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic
from pressroom.language import Language, number_signs, unit_patterns

_NUMBER: Final = r"\d+(?:[.,'’٫٬\u00a0\u202f]\d+)*"
_BETWEEN: Final = r"[\s\u00a0\u202f\u200b\u200c\u200e\u200f()-]{0,2}"
_LETTER: Final = r"(?![^\W\d_])"
_UNSPACED: Final = frozenset({"Hans", "Hant", "Jpan", "Kore", "Thai", "Laoo", "Khmr", "Mymr"})


def check_units(pair: Pair) -> Iterator[Diagnostic]:
    """Every number that has a unit in English has the same one in the translation."""
    measured = _measured(ascii_digits(words_of(pair.source)))
    if not measured:
        return
    text = ascii_digits(words_of(pair.target)).lower()
    forms = local_units(pair.language.tag)
    for number, unit, form in measured:
        found = _units_at(number, text, pair.language)
        # `6 in` may be six inches, and is a preposition in German, Dutch and more.
        if unit in found or (found <= {"length-inch"} and _is_written(unit, text, forms)):
            continue
        if found:
            hint = f"write {form}, or the word for it"
            what = f"has another unit after {number}: {', '.join(sorted(map(_name_of, found)))}, not {_name_of(unit)}"
            yield pair.finding("unit-changed", what, hint)
        elif unit in dose_units():
            hint = f"write {form} as in English, or a form that the registry knows"
            yield pair.finding("unit-unknown", f"has no unit that is known for {number} {form}", hint)


def _measured(english: str) -> list[tuple[str, str, str]]:
    return [(value(number), english_units()[unit], unit) for number, unit in _english_pattern().findall(english)]


def _units_at(number: str, text: str, language: Language) -> frozenset[str]:
    """The known units beside this number, at any of its places."""
    found: frozenset[str] = frozenset()
    marks, forms = number_signs(language.tag), local_units(language.tag)
    for before, written, after in _local_pattern(language.tag, language.script).findall(text):
        if number in (value(written), value(written, *marks)):
            found |= forms.get(after or before, frozenset())
    return found


def _is_written(unit: str, text: str, forms: dict[str, frozenset[str]]) -> bool:
    return any(unit in units and form in text for form, units in forms.items())


def _name_of(unit: str) -> str:
    """`gram` of CLDR's `mass-gram`."""
    return unit.partition("-")[2]


@cache
def _english_pattern() -> re.Pattern[str]:
    units = "|".join(sorted(map(re.escape, english_units()), key=len, reverse=True))
    return re.compile(rf"({_NUMBER}){_BETWEEN}({units}){_LETTER}(?!\d)")


@cache
def _local_pattern(tag: str, script: str) -> re.Pattern[str]:
    units = "|".join(re.escape(form) for form in sorted(local_units(tag), key=len, reverse=True))
    # In scripts that are written without spaces, or join endings to Latin letters, the next word follows at once.
    end = "" if script in _UNSPACED else _LETTER
    return re.compile(rf"(?:(?<![^\W\d_])({units}){_BETWEEN})?({_NUMBER})(?:{_BETWEEN}({units}){end})?")


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
