"""CLDR's own forms are read back: what Babel formats in a language, the reader of that language understands."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from fractions import Fraction

import pytest
from babel import Locale, dates, numbers

from pressroom.language import languages
from pressroom.language.cldr import unit_patterns
from pressroom.language.quantities import read_quantities
from pressroom.language.quantities.facts import all_units

BUILT = (
    "es", "zh-Hans", "zh-Hant", "vi", "ko", "ne", "bs", "tl", "de", "ru", "ar", "km", "fr", "ja", "fa", "ur", "uk",
    "pt-BR", "th", "my",
)  # fmt: skip
OTHERS = ("it", "pl", "he", "el", "nl", "tr", "hi", "sv", "cs", "ro", "sw", "so", "am", "lo", "ckb")
VALUES = (0, 1, 2, 3, 5, 11, 21, 100, Decimal("1.5"))


@pytest.mark.parametrize("tag", [*BUILT, *OTHERS])
def test_a_number_with_its_unit_is_read_back(tag: str) -> None:
    """Every unit in every length: the value, and the unit among what the form may mean."""
    locale = Locale.parse(tag, sep="-")
    written = {value: (numbers.format_decimal(value, locale=locale), locale.plural_form(value)) for value in VALUES}
    wrong = []
    for name, row in all_units().items():
        for length, form, pattern in (row for unit in row.get("cldr", ()) for row in unit_patterns(tag).get(unit, ())):
            for value in (value for value, (_, plural) in written.items() if plural == form):
                text = pattern.replace("{0}", written[value][0])
                found = [q for q in read_quantities(text, tag).quantities if Fraction(value) in q.values]
                if not any(name in q.units for q in found):
                    wrong.append(f"{name} {length} {value}: {text}")
    assert wrong == []


@pytest.mark.parametrize("tag", [*BUILT, *OTHERS])
def test_a_decimal_and_a_grouped_number_are_read_back(tag: str) -> None:
    """With the language's separators and its own digits."""
    locale = Locale.parse(tag, sep="-")
    for value in ("0.5", "1.25", "1234", "12345.6", "1000000"):
        for system in ("latn", locale.default_numbering_system):
            text = numbers.format_decimal(Decimal(value), locale=locale, numbering_system=system)
            (read,) = read_quantities(text, tag).quantities
            assert Fraction(value) in read.values, (text, read)


@pytest.mark.parametrize("tag", [*BUILT, *OTHERS])
def test_a_percentage_is_read_back(tag: str) -> None:
    """With its sign on either side."""
    text = numbers.format_percent(Decimal("0.2"), locale=Locale.parse(tag, sep="-"))
    (read,) = read_quantities(text, tag).quantities
    assert (read.units, read.values) == ({"percent"}, {20})


@pytest.mark.parametrize("tag", BUILT)
def test_a_time_is_read_back(tag: str) -> None:
    """Twelve hours and twenty-four, in the language's own words for the parts of the day."""
    locale = Locale.parse(tag, sep="-")
    for hour in range(24):
        skeletons = (locale.datetime_skeletons[name].pattern for name in ("hm", "Bhm", "Hm"))
        for pattern in ("short", *skeletons):
            text = dates.format_time(time(hour, 30), pattern, locale=locale)
            (read,) = read_quantities(text, tag).quantities
            assert hour * 60 + 30 in read.times, (text, read)


@pytest.mark.parametrize("tag", BUILT)
@pytest.mark.parametrize("day", [date(2026, 3, 4), date(2026, 12, 15), date(2026, 7, 31)])
def test_a_date_is_read_back(tag: str, day: date) -> None:
    """In figures in the language's order, and with the month's name."""
    locale = Locale.parse(tag, sep="-")
    for pattern in ("short", "medium", "long"):
        if (tag, pattern) == ("my", "medium"):
            continue  # its short months are the beginnings of other words, and are not read
        text = dates.format_date(day, pattern, locale=locale)
        dated = [q for q in read_quantities(text, tag).quantities if q.days]
        assert [(d.year % 100, d.month, d.day) for q in dated for d in q.days] == [(26, day.month, day.day)], (
            text,
            dated,
        )


@pytest.mark.parametrize("tag", sorted(languages()))
def test_every_language_of_the_registry_has_a_reader(tag: str) -> None:
    """CLDR alone, or nothing at all, is enough to read digits."""
    (read,) = read_quantities("5 mg", tag).quantities
    assert (read.values, read.units) == ({5}, {"milligram"})
