"""Adds the half that follows a number: two and a half tablets, una tableta y media, 一个半小时."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from fractions import Fraction
from typing import Final

from pressroom.language.quantities.facts import Facts
from pressroom.language.quantities.numerals import Numeral, past_space

_HALF: Final = Fraction(1, 2)


def with_half(number: Numeral, text: str, facts: Facts) -> Numeral:
    """The number with a half that is between it and its unit."""
    half = facts.clock.half.after(text, past_space(text, number.end))
    if half is None or number.counts or not _is_whole(number):
        return number
    if facts.units.after.after(text, past_space(text, half.edge)) is None:
        return number
    return replace(number, end=half.edge, values=_more(number), english=None)


def half_behind(number: Numeral, end: int, text: str, facts: Facts) -> tuple[Numeral, int]:
    """The number with a half behind its unit, which ends at `end`, and where both end."""
    half = facts.clock.half.after(text, past_space(text, end))
    if half is None or not _is_whole(number):
        return number, end
    if _may_begin(half.edge, text, facts):
        return replace(number, values=number.values | _more(number)), end
    return replace(number, values=_more(number), english=None), half.edge


def _may_begin(at: int, text: str, facts: Facts) -> bool:
    """True if a half that ends here may count what follows: una tableta y media hora antes."""
    if facts.units.after.after(text, past_space(text, at)) is not None:
        return True
    return facts.joined and unicodedata.name(text[at : at + 1] or " ").startswith("CJK UNIFIED")


def _is_whole(number: Numeral) -> bool:
    return all(value.denominator == 1 for value in number.values)


def _more(number: Numeral) -> frozenset[Fraction]:
    return frozenset(value + _HALF for value in number.values)
