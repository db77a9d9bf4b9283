"""Finds for each quantity of the English the one of the translation that says the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pressroom.language.quantities.facts import all_units
from pressroom.language.quantities.model import Day, Quantity, all_parts, whole

Pair = tuple[Quantity, Quantity]


@dataclass(slots=True)
class Pairing:
    """Who belongs to whom, and who is alone.

    `misread` have a separator that reads as another value; `other_words` are number words of one unit with different
    values; `other_times` and `other_days` are times and dates that say something else.
    """

    all_source: tuple[Quantity, ...]
    all_target: tuple[Quantity, ...]
    pairs: list[Pair] = field(default_factory=list)
    lost: list[Quantity] = field(default_factory=list)
    extra: list[Quantity] = field(default_factory=list)
    misread: list[Pair] = field(default_factory=list)
    other_words: list[Pair] = field(default_factory=list)
    other_times: list[Pair] = field(default_factory=list)
    other_days: list[Pair] = field(default_factory=list)

    def place_of(self, t: Quantity) -> int:
        """Where a quantity is among those of the translation."""
        for place, quantity in enumerate(self.all_target):
            if quantity is t or any(part is t for part in quantity.parts):
                return place
        return len(self.all_target)


def pair_up(source: tuple[Quantity, ...], target: tuple[Quantity, ...]) -> Pairing:
    """The pairs of an English text's quantities and a translation's."""
    pairing = Pairing(source, target)
    wanted, found = list(source), list(target)
    _alike(pairing, wanted, found)
    _days(pairing, wanted, found)
    _times(pairing, wanted, found)
    wanted = [q for q in _apart(wanted, lambda q: q.clock or bool(q.days)) if q.values or q.parts]
    found = [q for q in _apart(found, lambda q: q.clock or bool(q.days)) if q.values or q.parts]
    _one_more(wanted, found)
    _values(pairing, wanted, found)
    _durations(pairing, wanted, found)
    wanted, found = _apart(wanted, lambda q: bool(q.parts)), _apart(found, lambda q: bool(q.parts))
    _values(pairing, wanted, found)
    _misread(pairing, wanted, found)
    _words(pairing, wanted, found)
    pairing.lost = [q for q in wanted if not (q.soft or _is_one_of(q) or _is_said(q, pairing.pairs, 1))]
    pairing.extra = [q for q in found if not q.soft and not _is_said(q, pairing.pairs, 0)]
    pairing.pairs.sort(key=lambda pair: _index(source, pair[0]))
    return pairing


def _index(quantities: Sequence[Quantity], one: Quantity) -> int:
    return next((n for n, q in enumerate(quantities) if q is one or any(p is one for p in q.parts)), len(quantities))


def _is_said(one: Quantity, pairs: Sequence[Pair], other: int) -> bool:
    """True if a number in digits has its pair twice: `6 (six) months`, where the word was taken first."""
    return any(pair[1 - other].soft and not pair[other].soft and pair[1 - other].values & one.values for pair in pairs)


def _is_one_of(q: Quantity) -> bool:
    """True for the one of "1 in 10", which a language may leave to a word: every tenth, a person of 10."""
    return q.ratio and q.values == {1} and not q.units


def _apart(quantities: list[Quantity], taken_apart: Callable[[Quantity], bool]) -> list[Quantity]:
    """The quantities, some of them as their parts."""
    return [part for q in quantities for part in (all_parts([q]) if taken_apart(q) else [q])]


def _take(items: list[Quantity], one: Quantity) -> None:
    """Remove this very one, not one that is equal."""
    del items[next(n for n, item in enumerate(items) if item is one)]


def _alike(pairing: Pairing, wanted: list[Quantity], found: list[Quantity]) -> None:
    """What can't be read as a value (1.2.3), and is written alike."""
    for e in [q for q in wanted if not q.values and not q.times and not q.days]:
        same = next((t for t in found if t.written == e.written), None)
        if same is not None:
            _take(wanted, e)
            _take(found, same)


def _days(pairing: Pairing, wanted: list[Quantity], found: list[Quantity]) -> None:
    for e in [q for q in wanted if q.days]:
        dated = [q for q in found if q.days]
        same = next((t for t in dated if any(a.agrees(b) for a in e.days for b in t.days)), None)
        if same is not None:
            _take(wanted, e)
            _take(found, same)
            continue
        other = next((t for t in dated if {_shape(day) for day in t.days} & {_shape(day) for day in e.days}), None)
        if other is not None:
            _take(wanted, e)
            _take(found, other)
            pairing.other_days.append((e, other))


def _shape(day: Day) -> tuple[bool, bool]:
    return day.year is None, day.day is None


def _times(pairing: Pairing, wanted: list[Quantity], found: list[Quantity]) -> None:
    rules: tuple[Callable[[Quantity, Quantity], bool], ...] = (
        lambda e, t: bool(e.times & t.times) and t.clock,
        lambda e, t: bool(e.times & _hours(t)),
    )
    for rule in rules:
        for e in [q for q in wanted if q.clock]:
            same = next((t for t in found if rule(e, t)), None)
            if same is not None:
                _take(wanted, e)
                _take(found, same)
    for e in [q for q in wanted if q.clock]:
        half = {(minute + 720) % 1440 for minute in e.times}
        other = next((t for t in found if half & _hours(t)), None)
        if other is None or (e.soft and not other.clock):
            continue
        _take(wanted, e)
        _take(found, other)
        if not e.half_day or (other.clock and not other.half_day and e.soft):
            pairing.other_times.append((e, other))


def _hours(t: Quantity) -> frozenset[int]:
    """The minutes of the day that a quantity may mean: a time's, or those of a bare number as an hour."""
    if t.times:
        return t.times
    if t.days or (t.units and "hour" not in t.units):
        return frozenset()
    hours = [whole(value) for value in t.values]
    return frozenset(hour % 24 * 60 for hour in hours if hour is not None and 0 <= hour <= 24)


def _values(pairing: Pairing, wanted: list[Quantity], found: list[Quantity]) -> None:
    """Pairs of equal values, those first that belong together best."""
    scored = [
        (_likeness(e, t), -n, -m, e, t)
        for n, e in enumerate(wanted)
        for m, t in enumerate(found)
        if e.values & t.values or (not e.values and e.written == t.written)
    ]
    gone: set[int] = set()
    for _, _, _, e, t in sorted(scored, key=lambda item: item[:3], reverse=True):
        if id(e) in gone or id(t) in gone:
            continue
        gone |= {id(e), id(t)}
        pairing.pairs.append((e, t))
        _take(wanted, e)
        _take(found, t)


def _durations(pairing: Pairing, wanted: list[Quantity], found: list[Quantity]) -> None:
    """What lasts as long in another unit: half an hour and 30 minutes."""
    for e in [q for q in wanted if q.values and q.units]:
        same = next((t for t in found if _lasting(e) & _lasting(t)), None)
        if same is not None:
            _take(wanted, e)
            _take(found, same)
            pairing.pairs.append((e, replace(same, values=e.values, units=e.units)))


def _lasting(q: Quantity) -> frozenset[tuple[str, Fraction]]:
    rows = [all_units()[unit] for unit in q.units]
    kinds = [(kind, row[kind]) for row in rows for kind in ("seconds", "months") if kind in row]
    return frozenset((kind, value * each) for kind, each in kinds for value in q.values)


def _likeness(e: Quantity, t: Quantity) -> tuple[int, int, int]:
    hard = int(e.soft == t.soft)
    if e.units & t.units:
        units = 3
    elif not e.units and not t.units:
        units = 2
    else:
        units = 1 if not e.units or not t.units else 0
    # What is in digits on both sides is never left over for a word that happens to say the same.
    return (0 if e.soft and t.soft else 1, units, hard + int(e.sign == t.sign) + int(e.written == t.written))


def _misread(pairing: Pairing, wanted: list[Quantity], found: list[Quantity]) -> None:
    for e in [q for q in wanted if not q.soft]:
        misread = next((t for t in found if t.english is not None and t.english in e.values), None)
        if misread is not None:
            _take(wanted, e)
            _take(found, misread)
            pairing.misread.append((e, misread))


def _one_more(wanted: list[Quantity], found: list[Quantity]) -> None:
    """More than one is two or more."""
    for e in [q for q in wanted if q.soft and q.limit.bound == "lower"]:
        more = next((t for t in found if t.limit.bound == "lower" and t.values & {v + 1 for v in e.values}), None)
        if any(t.values & e.values and not t.soft for t in found):
            continue
        if more is not None:
            _take(wanted, e)
            _take(found, more)


def _words(pairing: Pairing, wanted: list[Quantity], found: list[Quantity]) -> None:
    for e in [q for q in wanted if q.soft and q.sure and q.values]:
        other = next((t for t in found if t.soft and t.sure and t.units & e.units and t.values), None)
        if other is not None:
            _take(wanted, e)
            _take(found, other)
            pairing.other_words.append((e, other))
