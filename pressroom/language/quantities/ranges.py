"""What the two ends of a range share: in 5–10 mL the unit, in 2–4 p.m. the half of the day."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pressroom.language.quantities.clock import inherited
from pressroom.language.quantities.facts import Facts, reading_table
from pressroom.language.quantities.model import NONE, Quantity, whole

Span = tuple[int, int]
Placed = list[tuple[Span, Quantity]]
_DASHES: Final = frozenset({"-", "–", "~", "−", "/", "…", "..."})
_SPACES: Final = " \u00a0"
# Between two numbers of a script without spaces: a word of a range, and what belongs to it.
_BETWEEN: Final = 6


def share(placed: Placed, text: str, facts: Facts) -> None:
    """Give each bare number what its neighbour in a range or list has; `placed` is in the text's order, and changed."""
    for place in range(len(placed) - 2, -1, -1):
        _share_pair(placed, place, place + 1, text, facts)
    for place in range(1, len(placed)):
        _share_pair(placed, place, place - 1, text, facts)
        _mark_ratio(placed, place, text)


def _mark_ratio(placed: Placed, place: int, text: str) -> None:
    """1 of 5: other languages say 5 first."""
    (begin, _), first = placed[place - 1]
    # The "in" of 1 in 5 may be read as inches.
    between = text[begin + len(first.written) : placed[place][0][0]].strip(_SPACES)
    if between in reading_table()["ratio"]:
        units = NONE if first.units == {"inch"} else first.units
        placed[place - 1] = (placed[place - 1][0], replace(first, ratio=True, units=units))
        placed[place] = (placed[place][0], replace(placed[place][1], ratio=True))


def _share_pair(placed: Placed, bare: int, other: int, text: str, facts: Facts) -> None:
    before = bare < other
    (span, quantity), (_, giver) = placed[bare], placed[other]
    first, second = (bare, other) if before else (other, bare)
    is_range = _is_range(text[placed[first][0][1] : placed[second][0][0]], facts)
    if is_range is None or quantity.days or giver.days:
        return
    if quantity.clock:
        # The half of the day is said once: 下午1点至5点, 2:00–4:30 de la tarde.
        if quantity.half_day and giver.clock and before != facts.clock.leads and _has_period(giver, facts):
            times = inherited(min(quantity.times), min(giver.times), before=before)
            placed[bare] = (span, replace(quantity, times=times, half_day=False))
        return
    if giver.times and not quantity.times and not quantity.units and (giver.clock or not giver.units):
        quantity = _with_time(quantity, giver, facts, before=before)
    if not quantity.units and giver.units and quantity.values:
        quantity = replace(quantity, units=giver.units, per=giver.per, sure=giver.sure and is_range and before)
    placed[bare] = (span, quantity)


def _with_time(quantity: Quantity, giver: Quantity, facts: Facts, *, before: bool) -> Quantity:
    hour = next((whole(value) for value in quantity.values), None)
    if hour is None or not 0 <= hour <= 24:
        return quantity
    if _has_period(giver, facts):
        times = inherited(hour * 60, min(giver.times), before=before)
    else:
        times = frozenset({hour % 24 * 60})
    alone = Quantity(quantity.written, quantity.values, quantity.english, soft=quantity.soft)
    return replace(quantity, times=times, clock=giver.clock, half_day=giver.half_day, parts=quantity.parts or (alone,))


def _has_period(giver: Quantity, facts: Facts) -> bool:
    return any(period in giver.written for period in facts.clock.hours)


def _is_range(between: str, facts: Facts) -> bool | None:
    """True if a dash or a word of a range is between two numbers, False for other words of a list; else None."""
    between = between.strip(_SPACES)
    if between in _DASHES:
        return True
    if between in facts.links:
        return between not in reading_table()["and"]
    if facts.joined and len(between) <= _BETWEEN and any(word in between for word in facts.links):
        return True
    return False if between in (",", "、", "،") else None
