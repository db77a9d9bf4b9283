"""Reads a text of one language into its quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Final

from pressroom.language.quantities.calendar import find_dates
from pressroom.language.quantities.clock import Timed, find_figures, time_of
from pressroom.language.quantities.facts import Facts, facts_of, stem_value
from pressroom.language.quantities.forms import Form
from pressroom.language.quantities.halves import half_behind, with_half
from pressroom.language.quantities.limits import limit_of, sign_of
from pressroom.language.quantities.model import NONE, Quantity, Reading, shown, whole
from pressroom.language.quantities.numerals import (
    Numeral,
    before_space,
    in_digits,
    in_han,
    in_words,
    past_space,
    roman_values,
)
from pressroom.language.quantities.plain import plain
from pressroom.language.quantities.ranges import Span, share

# A place in a list of arguments (%1$s, %1) is no number that anybody reads.
_PLACED: Final = re.compile(r"%\d+\$")
_ARGUMENT: Final = re.compile(r"%\d+\$|%\d{1,2}(?!\d|[.,]\d)")
# Digits of an address are compared with it.
_ADDRESS: Final = re.compile(r"[^\s<>@]+@[^\s<>]+|(?:\w+://|www\.)[^\s<>]+")
_DIGIT: Final = re.compile(r"\d")
_GAP: Final = re.compile(r"[ \u00a0]?[^\W\d_][\w'-]*(?:[ \u00a0][^\W\d_][\w'-]*)?[ \u00a0]")
_SLASH: Final = re.compile(r"[ \u00a0]?/[ \u00a0]?")
_LONG_WORD: Final = re.compile(r"[^\W\d_A-Z]{3}$")
_CODE: Final = re.compile(r"[a-z][-_.]?$")
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th)\b")


def without_arguments(english: str, translation: str) -> str:
    """The translation without the places of arguments that the English has: %1 is a percentage in Turkish."""
    if "%" not in english:
        return translation
    translation = _PLACED.sub("%", translation)
    if not _ARGUMENT.search(english):
        return translation
    return _ARGUMENT.sub(" ", translation)


@lru_cache(maxsize=16384)
def read_quantities(text: str, tag: str) -> Reading:
    """The quantities of a text, without markup, in the language of this tag."""
    facts = facts_of(tag)
    simple = plain(text)
    if "%" in simple and facts.units.before.ending("%", 1) is None:
        simple = _ARGUMENT.sub(" ", simple)
    if "@" in simple or "://" in simple or "www." in simple:
        simple = _ADDRESS.sub(" ", simple)
    found = _Found(simple, facts)
    every = NONE
    if facts.every is not None:
        units = (stem_value(facts.every_unit, match[0]) for match in facts.every.finditer(simple))
        every = frozenset(unit for unit in units if unit)
    roman = tuple(Quantity(sign, frozenset({value}), soft=True) for sign, value in roman_values(text))
    return Reading((*found.quantities(), *roman), every)


def numbers_in_words(text: str, tag: str) -> Iterator[str]:
    """The values of the numbers that a text has in words, in ASCII digits."""
    for quantity in read_quantities(text, tag).quantities:
        if quantity.soft:
            yield from map(shown, quantity.values)


def whole_numbers(text: str, tag: str) -> Iterator[str]:
    """The whole numbers that a text says, however it writes them, in ASCII digits: 1,000,000 and 1 million."""
    for quantity in read_quantities(text, tag).quantities:
        yield from (shown(value) for value in quantity.values if value.denominator == 1)


class _Found:
    """The quantities found so far, by their place, and what of the text they take."""

    def __init__(self, text: str, facts: Facts) -> None:
        self.text = text
        self.facts = facts
        self.placed: list[tuple[Span, Quantity]] = []
        self.taken: list[Span] = []

    def quantities(self) -> tuple[Quantity, ...]:
        """Everything in the text's order."""
        digits = _DIGIT.search(self.text) is not None
        if digits or self.facts.tag == "en":
            self._dates()
        if digits:
            self._times()
            for number in in_digits(self.text, self.facts):
                self._add(number)
        for number in (*in_words(self.text, self.facts), *in_han(self.text, self.facts)):
            self._add(number)
        self._named_times()
        self.placed.sort(key=lambda item: item[0])
        share(self.placed, self.text, self.facts)
        return tuple(quantity for _, quantity in self.placed)

    def _dates(self) -> None:
        for date in find_dates(self.text, self.facts):
            if not self._is_free(date.start, date.end):
                continue
            if not date.days:
                self._place(date.start, date.end, replace(_bare(date.numbers[0]), soft=True))
            else:
                parts = tuple(_bare(number) for number in date.numbers)
                months = frozenset(day.month for day in date.days)
                parts += tuple(
                    replace(_bare(str(m)), soft=True) for m in months if str(m) not in map(_short, date.numbers)
                )
                quantity = Quantity(self.text[date.start : date.end].strip(), days=date.days, parts=parts)
                self._place(date.start, date.end, quantity)

    def _times(self) -> None:
        for time in find_figures(self.text, self.facts):
            if self._is_free(time.start, time.end):
                self._place_time(time)

    def _place_time(self, time: Timed) -> None:
        written = self.text[time.start : time.end].strip()
        parts = tuple(replace(_bare(n), soft=i > 0 and not int(n)) for i, n in enumerate(time.numbers))
        quantity = Quantity(written, times=time.minutes, half_day=time.half_day, clock=time.sure, parts=parts)
        self._place(time.start, time.end, quantity)

    def _named_times(self) -> None:
        named = self.facts.clock.named
        for match in named.finditer(self.text) if named else ():
            if self._is_free(match.start(), match.end()):
                minute = self.facts.clock.minutes[match[0]]
                quantity = Quantity(match[0], times=frozenset({minute}), clock=True, soft=True)
                self._place(match.start(), match.end(), quantity)

    def _add(self, number: Numeral) -> None:
        if not self._is_free(number.start, number.end):
            return
        if self._is_code(number):
            # Inside a Latin word (i18n, H2O) they are its letters, which another language may write otherwise.
            inside = self.text[number.end : number.end + 1]
            soft = inside.isascii() and inside.isalpha()
            self._place(number.start, number.end, Quantity(number.written, number.values, number.english, soft=soft))
            return
        hour = next((whole(v) for v in number.values if whole(v) is not None), None)
        time = time_of(self.text, number, hour, self.facts) if hour is not None and 0 <= hour <= 24 else None
        if time is not None and time.sure and not number.counts:
            if number.soft and self._is_free(time.start, time.end):
                quantity = Quantity(number.written, times=time.minutes, half_day=time.half_day, clock=True, soft=True)
                self._place(time.start, time.end, quantity)
                return
            if self._is_free(time.start, time.end):
                self._place_time(time)
                return
        number = with_half(number, self.text, self.facts)
        self._place_number(number, self._unit(number), time)

    def _place_number(self, number: Numeral, form: Form | None, time: Timed | None) -> None:
        facts, text = self.facts, self.text
        units = frozenset({number.counts}) if number.counts else form.meanings if form else NONE
        sure = bool(number.counts) or (form is not None and form.text not in facts.units.weak)
        end = form.edge if form and form.edge > number.end else number.end
        per, end = self._per(end, units)
        number, end = half_behind(number, end, text, facts) if form else (number, end)
        limit = limit_of(text, number.start, end, self._last_end(number.start), facts)
        quantity = Quantity(
            written=number.written,
            values=number.values,
            english=number.english,
            units=units,
            sure=sure,
            per=per,
            soft=number.soft or self._is_ordinal(number),
            sign="" if number.soft else sign_of(text, number.start, end, self._last_end(number.start), facts),
            limit=limit,
            times=time.minutes if time else frozenset(),
            half_day=bool(time and time.half_day),
            parts=tuple(_bare(n) for n in number.numbers),
        )
        if form is None and facts.gap and not number.soft:
            quantity = self._far(quantity, number.end)
        self._place(number.start, end, quantity)

    def _unit(self, number: Numeral) -> Form | None:
        """The unit behind the number or before it."""
        text, units = self.text, self.facts.units
        at = past_space(text, number.end)
        for prefix, suffix, unit in units.around:
            start = number.start - len(prefix)
            spaced = start - 1 if number.start and text[number.start - 1] in " \u00a0" else start
            if text.startswith(suffix, at) and (text.startswith(prefix, start) or text.startswith(prefix, spaced)):
                return Form(f"{prefix} {suffix}", at + len(suffix), frozenset({unit}))
        form = units.after.after(text, at)
        # An ending may follow an apostrophe: 20'si.
        if form is not None and form.text == "'" and text[form.edge : form.edge + 1].isalpha():
            form = None
        if form is None:
            join = self.facts.joins.after(text, at)
            form = units.after.after(text, past_space(text, join.edge)) if join else None
        if form is None and text[at : at + 1] == "(":
            form = units.after.after(text, at + 1)
        if form is not None:
            return form
        before = units.before.ending(text, before_space(text, number.start))
        return None if before is None else Form(before.text, number.start, before.meanings)

    def _per(self, end: int, units: frozenset[str]) -> tuple[frozenset[str], int]:
        """Units behind a slash: mg/kg/day."""
        per: frozenset[str] = NONE
        while units and "/" in self.text[end : end + 2] and (slash := _SLASH.match(self.text, end)):
            form = self.facts.units.after.after(self.text, slash.end())
            if form is None:
                break
            per, end = per | form.meanings, form.edge
        return per, end

    def _far(self, quantity: Quantity, end: int) -> Quantity:
        """The quantity with a unit behind one word or two: 2 white tablets."""
        gap = _GAP.match(self.text, end)
        while gap is not None:
            form = self.facts.units.after.after(self.text, gap.end())
            if form is not None:
                return replace(quantity, units=form.meanings, sure=False)
            shorter = self.text.rfind(" ", end + 1, gap.end() - 1)
            gap = _GAP.fullmatch(self.text, end, shorter + 1) if shorter > end else None
        return quantity

    def _is_code(self, number: Numeral) -> bool:
        """True for digits that belong to a Latin word: B12, H2O, COVID-19, A1c; a word around a digit is no code."""
        before, behind = self.text[max(0, number.start - 2) : number.start], self.text[number.end : number.end + 2]
        is_inside = len(behind) == 2 and behind.isalpha() and behind.islower()
        # A code has a short word before its letter (A1c, i18n): `segundo0s` has not.
        is_inside = is_inside or (behind[:1].islower() and bool(_LONG_WORD.search(self.text[: number.start])))
        if number.soft or not before or before[-1] in " \u00a0(" or is_inside:
            return False
        return bool(_CODE.search(before)) and not self._latin_at(number.start)

    def _is_ordinal(self, number: Numeral) -> bool:
        """True for 3rd in English, which other languages write as a word."""
        return self.facts.tag == "en" and _ORDINAL.match(self.text, number.end) is not None

    def _latin_at(self, start: int) -> bool:
        """True if the word before is one of the language (um8, alas-8), not of a code."""
        at = start - 1 if self.text[start - 1 : start] == "-" else start
        return (
            self.facts.clock.at.ending(self.text, at) is not None
            or self.facts.units.before.ending(self.text, at) is not None
        )

    def _last_end(self, start: int) -> int:
        return max((span[1] for span in self.taken if span[1] <= start), default=0)

    def _is_free(self, start: int, end: int) -> bool:
        return all(end <= first or start >= last for first, last in self.taken)

    def _place(self, start: int, end: int, quantity: Quantity) -> None:
        self.placed.append(((start, end), quantity))
        self.taken.append((start, end))


def _bare(digits: str) -> Quantity:
    value = Fraction(digits)
    return Quantity(digits, frozenset({value}), value)


def _short(digits: str) -> str:
    return digits.lstrip("0")
