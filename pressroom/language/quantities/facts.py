"""Everything that is known about how a language writes quantities: its table, and CLDR's forms through Babel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Final, TypeVar

from pressroom.data_files import data_table, has_data
from pressroom.language import cldr
from pressroom.language.quantities.forms import Forms, words_pattern
from pressroom.language.quantities.plain import plain

_ROOM: Final = "language/quantities"
_VALUES: Final = {"zero": 0, "one": 1, "two": 2}
_MARKED: Final = frozenset({"foot", "inch", "minute", "second", "time"})
Table = dict[str, Any]
Hours = tuple[int, int]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Units:
    """The forms of units: behind a number, before it, and around it (prefix, suffix, unit)."""

    after: Forms
    before: Forms
    around: tuple[tuple[str, str, str], ...]
    weak: frozenset[str]
    known: frozenset[str]


@dataclass(frozen=True)
class Words:
    """Numbers in words: a pattern, and what its words count. A dual counts a unit, too."""

    pattern: re.Pattern[str] | None
    values: Mapping[str, tuple[Fraction, str]]
    scale: Forms
    endings: frozenset[str]

    def value(self, word: str) -> tuple[Fraction, str]:
        """The value of a word that the pattern found, and the unit that it counts."""
        found = stem_value(self.values, word)
        assert found is not None, word
        return found


@dataclass(frozen=True)
class Clock:
    """Words of the clock, and the hours of the day's parts: (first, last), over midnight where last is smaller.

    A word of `maybe` is another word, too (时 is "when"). `half` is half past the hour behind a number, `half_to` half
    an hour before it, in front of one. `leads` is True where the part of the day goes first.
    """

    at: Forms
    hour: Forms
    maybe: frozenset[str]
    half: Forms
    half_to: Forms
    evening: Forms
    after: Forms
    before: Forms
    hours: Mapping[str, Hours]
    leads: bool
    named: re.Pattern[str] | None
    minutes: Mapping[str, int]


@dataclass(frozen=True)
class Facts:
    """How one language writes quantities. `order` is that of the parts of a date: `dmy`."""

    tag: str
    decimal: str
    group: str
    either_separator: bool
    slash_decimal: bool
    han: bool
    joined: bool
    gap: bool
    era: int
    order: str
    units: Units
    words: Words
    clock: Clock
    months: Mapping[str, int]
    month_names: re.Pattern[str] | None
    bound_before: re.Pattern[str] | None
    bound_after: Forms
    direction: Mapping[str, str]
    minus_before: Forms
    minus_after: Forms
    every: re.Pattern[str] | None
    every_unit: Mapping[str, str]
    must: frozenset[str]
    links: frozenset[str]
    joins: Forms
    negation: re.Pattern[str] | None
    table: bool

    def direction_of_word(self, word: str) -> str | None:
        """`lower` or `upper` for a word of comparison that was found in a text."""
        return stem_value(self.direction, word)


def stem_value(table: Mapping[str, Value], word: str) -> Value | None:
    """What a table has for a word, or for the longest of its stems (`dies*`) that the word begins with."""
    found = table.get(word)
    if found is not None:
        return found
    stems = [stem for stem in table if stem.endswith("*") and word.startswith(stem[:-1])]
    return table[max(stems, key=len)] if stems else None


@cache
def facts_of(tag: str) -> Facts:
    """The facts of a language. One without a table has what CLDR knows of it."""
    table = _table(tag)
    joined = bool(table.get("joined") or table.get("han"))
    bound = table.get("bound", {})
    direction = {plain(w): key.partition("-")[0] for key, words in bound.items() if key != "must" for w in words}
    sign, every = table.get("sign", {}), table.get("every", {})
    decimal, group = cldr.number_signs(tag)
    months = {plain(name): number for name, number in cldr.month_names(tag).items()}
    every_unit = {plain(word): unit for unit, words in every.items() for word in words}
    return Facts(
        tag=tag,
        decimal=decimal,
        group=plain(group) or group,
        either_separator=bool(table.get("either-separator")),
        slash_decimal=bool(table.get("slash-decimal")),
        han=bool(table.get("han")),
        joined=joined,
        gap=bool(table.get("gap")),
        era=int(table.get("era", 0)),
        order=cldr.date_order(tag),
        units=_units(tag, table, joined),
        words=_words(tag, table, joined),
        clock=_clock(tag, table, joined),
        months=months,
        month_names=words_pattern(months, joined=joined),
        bound_before=words_pattern(
            map(plain, (*bound.get("lower", ()), *bound.get("upper", ()), *bound.get("none", ()))), joined=joined
        ),
        bound_after=_forms((*bound.get("lower-after", ()), *bound.get("upper-after", ())), joined=joined),
        direction=direction,
        minus_before=_forms(sign.get("minus", ()), joined=joined, before=True),
        minus_after=_forms(sign.get("minus-after", ()), joined=joined),
        every=words_pattern(every_unit, joined=joined),
        every_unit=every_unit,
        must=frozenset(map(plain, bound.get("must", ()))),
        links=frozenset(map(plain, table.get("range", ()))),
        joins=_forms(table.get("join", ()), joined=joined),
        negation=words_pattern(map(plain, table.get("negation", ())), joined=joined),
        table=bool(table),
    )


def _table(tag: str) -> Table:
    """The language's own table: that of its tag, or of its language in general."""
    for name in (tag, tag.partition("-")[0]):
        if has_data(f"{_ROOM}/words/{name}.toml"):
            return data_table(f"{_ROOM}/words/{name}.toml")
    return {}


def _forms(words: Iterable[str], *, joined: bool, before: bool = False) -> Forms:
    return Forms({plain(word): [plain(word)] for word in words}, joined=joined, before=before)


@cache
def all_units() -> dict[str, Table]:
    """Every unit by its name, with what `units.toml` says of it."""
    return data_table(f"{_ROOM}/units.toml")


@cache
def weak_forms() -> frozenset[str]:
    """Forms that may be other words: they never accuse."""
    return frozenset(map(plain, reading_table()["weak"]))


def reading_table() -> Table:
    """What is read alike in every language."""
    return data_table(f"{_ROOM}/reading.toml")


def _units(tag: str, table: Table, joined: bool) -> Units:
    after: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    around: dict[tuple[str, str, str], None] = {}
    weak: set[str] = set()
    endings = ("", *table.get("endings", ()))
    own = {unit: [form + end for form in forms for end in endings] for unit, forms in table.get("unit", {}).items()}
    patterns = cldr.unit_patterns(tag)
    known = set(own)
    for unit, row in all_units().items():
        for form in (*row.get("symbols", ()), *own.get(unit, ())):
            after.setdefault(plain(form), set()).add(unit)
        for name in row.get("cldr", ()):
            known |= {unit} if patterns.get(name) else set()
            for prefix, suffix in _parts(patterns.get(name, ())):
                if prefix and suffix:
                    around[prefix, suffix, unit] = None
                elif prefix or suffix:
                    (before if prefix else after).setdefault(prefix or suffix, set()).add(unit)
                    weak |= {prefix or suffix} if _is_letter(prefix or suffix) and prefix + suffix not in own else set()
    for unit, forms in table.get("unit-before", {}).items():
        for form in forms:
            before.setdefault(plain(form), set()).add(unit)
    listed = {plain(form) for forms in own.values() for form in forms}
    weak = {form for form in weak if form not in listed} | weak_forms()
    # 6' may be six feet, and the end of a quotation.
    weak |= {form for form in after if not any(map(str.isalpha, form)) and after[form] <= _MARKED}
    for form in [form for form in after if form.endswith(".")]:
        after[form] |= after.get(form[:-1], set())
    return Units(
        Forms(after, joined=joined),
        Forms(before, joined=joined, before=True),
        tuple(around),
        frozenset(weak),
        frozenset(known),
    )


def _parts(patterns: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    for _, form, pattern in patterns:
        if form != "per" and pattern.count("{0}") == 1:
            prefix, _, suffix = plain(pattern).partition("{0}")
            yield prefix.strip(" \u00a0"), suffix.strip(" \u00a0")


def _is_letter(form: str) -> bool:
    """True if the form is one letter of an alphabet, with or without a full stop."""
    bare = form.strip(". ")
    return len(bare) == 1 and bare.isalpha() and ord(bare) < 0x0900


def _words(tag: str, table: Table, joined: bool) -> Words:
    values: dict[str, tuple[Fraction, str]] = {}
    for key, words in table.get("number", {}).items():
        values |= {plain(word): (Fraction(key), "") for word in words}
    for key, words in table.get("often", {}).items():
        values |= {plain(word): (Fraction(key), "time") for word in words}
    for key, words in table.get("day-words", {}).items():
        values |= {plain(word): (Fraction(key), "day") for word in words}
    for unit, words in table.get("dual", {}).items():
        values |= {plain(word): (Fraction(2), unit) for word in words}
    patterns = cldr.unit_patterns(tag)
    for unit, row in all_units().items():
        for name in row.get("cldr", ()):
            for _, form, pattern in patterns.get(name, ()):
                if form in _VALUES and "{" not in pattern and len(pattern) > 1:
                    values.setdefault(plain(pattern), (Fraction(_VALUES[form]), unit))
    scale = {plain(word): [str(key)] for key, words in table.get("scale", {}).items() for word in words}
    return Words(
        words_pattern(values, joined=joined),
        values,
        Forms(scale, joined=joined),
        frozenset(table.get("scale-or-ending", ())),
    )


def _clock(tag: str, table: Table, joined: bool) -> Clock:
    clock = table.get("clock", {})
    cldr_hours = {plain(name): hours for name, hours in cldr.day_periods(tag).items()}
    after = {plain(name): tuple(hours) for name, hours in (reading_table()["period"] | table.get("period", {})).items()}
    before = {plain(name): tuple(hours) for name, hours in table.get("before-period", {}).items()}
    hours: dict[str, Hours] = cldr_hours | before | after
    named = {plain(word): 720 for word in clock.get("noon", ())} | {
        plain(word): 0 for word in clock.get("midnight", ())
    }
    return Clock(
        at=_forms(clock.get("at", ()), joined=joined, before=True),
        hour=_forms(clock.get("hour", ()), joined=joined),
        maybe=frozenset(clock.get("maybe", ())),
        half=_forms(clock.get("half", ()), joined=joined),
        half_to=_forms(clock.get("half-to", ()), joined=joined, before=True),
        evening=_forms(clock.get("from-evening", ()), joined=joined),
        after=Forms({name: [name] for name in (*cldr_hours, *after)}, joined=joined),
        before=Forms({name: [name] for name in (*cldr_hours, *before)}, joined=joined, before=True),
        hours=hours,
        leads=bool(before),
        named=words_pattern(named, joined=joined),
        minutes=named,
    )
