"""Checks that a translation says the same quantities as the English, each value with what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pressroom.catalog.checks.pair import Pair
from pressroom.diagnostics import Diagnostic
from pressroom.language.quantities import counts, differences

_CODES: Final = {
    "number": "number-changed",
    "separator": "number-separator",
    "unit": "unit-changed",
    "unit-unknown": "unit-unknown",
    "time": "time-changed",
    "date": "date-changed",
    "sign": "sign-changed",
    "comparison": "comparison-changed",
    "comparison-lost": "comparison-lost",
    "order": "number-order",
}
# See `Pair.signs`: 0 is any digit. Without these and an English word that counts, nothing is said in numbers.
_NUMERIC: Final = frozenset("0¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
_HINTS: Final = {
    "number": "write the same numbers; if one is right as a word, a reviewer signs a waiver",
    "unit-unknown": "write it as in English, or a form that the registry knows",
}


def check_quantities(pair: Pair) -> Iterator[Diagnostic]:
    """Numbers with their units, signs and bounds, times and dates: in any digits, words and order of the language."""
    if _NUMERIC.isdisjoint(pair.signs) and not counts(pair.source_words):
        return
    for found in differences(pair.source_words, pair.target_words, pair.language.tag):
        yield pair.finding(_CODES[found.kind], found.what, found.hint or _HINTS[found.kind])
