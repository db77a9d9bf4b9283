"""Finds the dates of a plain text, in figures in the language's order, and with names of months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pressroom.language.quantities.facts import Facts
from pressroom.language.quantities.model import Day

_FIGURES: Final = re.compile(
    r"(?<![\d.,/:-])(\d{4}|\d{1,2})(?P<sign>[./-]) ?(\d{1,2})(?P=sign) ?(\d{4}|\d{1,2})(?!\d|[./:-]\d)"
)
_EAST: Final = re.compile(r"(?:(\d{4}) ?(?:年|년) ?)?(?<!\d)(\d{1,2}) ?(?:月|월) ?(\d{1,2}) ?(?:日|号|號|일)")
_VIETNAMESE: Final = re.compile(r"(?:ngày |mùng )?(\d{1,2}) (?:tháng|thg) (\d{1,2})(?:[, ]+(?:năm )?(\d{4}))?")
_DAY_BEFORE: Final = re.compile(
    r"(?<![\d.,:/])(\d{1,2})(?:st|nd|rd|th|er|°|º|\.|-го|-е|-га)?[ \u00a0]?(?:de |of |d'|ng |ni |من )?$"
)
_DAY_AFTER: Final = re.compile(r"\.?[ \u00a0](\d{1,2})(?:st|nd|rd|th)?(?![\d:/%]|[.,]\d|[ \u00a0]?(?:mg|ml|h\b))")
_YEAR_AFTER: Final = re.compile(r"\.?[,،]?[ \u00a0](?:de |del |of |năm |ค\.ศ\. ?|พ\.ศ\. ?)?(\d{4})(?!\d)")
_YEAR_BEFORE: Final = re.compile(r"(?<!\d)(\d{4}),? $")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at its place, with the days that it may be and the numbers it is made of; a month alone is no day."""

    start: int
    end: int
    days: frozenset[Day]
    numbers: tuple[str, ...]


def find_dates(text: str, facts: Facts) -> Iterator[Dated]:
    """The dates of the text; one in figures is read in the language's order, or in another if that can't be."""
    for match in _FIGURES.finditer(text):
        numbers = match[1], match[3], match[4]
        if not _is_dated(match[0], numbers, match["sign"], facts):
            continue
        days = _in_figures(numbers, facts)
        if days:
            yield Dated(match.start(), match.end(), days, numbers)
    for match in _EAST.finditer(text) if facts.joined else ():
        yield from _numbered(match, (match[1], match[2], match[3]), facts)
    for match in _VIETNAMESE.finditer(text) if facts.tag == "vi" else ():
        yield from _numbered(match, (match[3], match[2], match[1]), facts)
    if facts.month_names is not None:
        for match in facts.month_names.finditer(text):
            yield from _named(text, match, facts)


def _is_dated(written: str, numbers: tuple[str, str, str], sign: str, facts: Facts) -> bool:
    """False for a version (1.10.2) or a part of a path: a year has four figures, or its parts are all of two."""
    if "4" in {str(len(numbers[0])), str(len(numbers[2]))}:
        return True
    if sign == ".":
        return facts.tag != "en" and (" " in written or all(len(number) == 2 for number in numbers))
    return sign == "/" and (len(numbers[2]) == 2 or facts.order == "ymd")


def _in_figures(numbers: tuple[str, str, str], facts: Facts) -> frozenset[Day]:
    if len(numbers[0]) == 4:
        orders: tuple[str, ...] = ("ymd",)
    elif facts.order == "ymd":
        orders = ("dmy", "mdy", "ymd") if len(numbers[2]) == 4 else ("ymd",)
    else:
        orders = (facts.order, "mdy" if facts.order == "dmy" else "dmy")
    for order in orders:
        parts = dict(zip(order, map(int, numbers), strict=True))
        day = _day(parts["y"] - (facts.era if parts["y"] > 2400 else 0), parts["m"], parts["d"])
        if day is not None:
            return frozenset({day})
    return frozenset()


def _day(year: int | None, month: int, day: int) -> Day | None:
    try:
        date(year if year and year > 99 else 2000, month, day)
    except ValueError:
        return None
    return Day(year, month, day)


def _numbered(match: re.Match[str], parts: tuple[str | None, str, str], facts: Facts) -> Iterator[Dated]:
    year, month, day = (int(part) if part else None for part in parts)
    found = _day(year - (facts.era if year > 2400 else 0) if year else None, month or 0, day or 0)
    if found is not None:
        yield Dated(match.start(), match.end(), frozenset({found}), tuple(part for part in parts if part))


def _named(text: str, match: re.Match[str], facts: Facts) -> Iterator[Dated]:
    month = facts.months[match[0]]
    start, end = match.span()
    before = _DAY_BEFORE.search(text[:start], max(0, start - 12))
    after = None if before else _DAY_AFTER.match(text, end)
    if before is not None:
        start = before.start()
    if after is not None:
        end = after.end()
    year = _YEAR_AFTER.match(text, end)
    if year is not None:
        end = year.end()
    else:
        year = _YEAR_BEFORE.search(text[:start], max(0, start - 8))
        start = year.start() if year is not None else start
    day = before[1] if before else after[1] if after else None
    if day is None and year is None:
        yield Dated(start, end, frozenset(), (str(month),))
        return
    value = int(year[1]) if year else None
    if value and facts.era and value > 2400:
        value -= facts.era
    numbers = tuple(n for n in (day, year[1] if year else None) if n)
    yield Dated(start, end, frozenset({Day(value, month, int(day) if day else None)}), numbers)
