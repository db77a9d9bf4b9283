"""Finds the times of the day in a plain text: 14:30, 8 h 30, 2 p.m., 下午2点半, 20 Uhr."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pressroom.language.quantities.facts import Facts, Hours
from pressroom.language.quantities.numerals import Numeral

_FIGURES: Final = re.compile(r"(?<![\d.,:/])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:]|[.,]\d)")
_POINTED: Final = re.compile(r"(?<![\d.,:/])([01]?\d|2[0-4])\.([0-5]\d)(?![\d:]|[.,]\d)")
_MINUTES: Final = re.compile(
    r"[ \u00a0]?(?:v\u00e0 )?([0-5]?\d)(?:[ \u00a0]?(?:分|분|min|phút|মিনিট|မိနစ်|នាទី|นาที))?(?![\d.,:/]\d|\d)"
)
_SPACES: Final = " \u00a0"


@dataclass(frozen=True, slots=True)
class Timed:
    """A time at its place; `half_day` is True where it does not say which half, `sure` where it can be nothing else."""

    start: int
    end: int
    minutes: frozenset[int]
    half_day: bool
    sure: bool
    numbers: tuple[str, ...]


def find_figures(text: str, facts: Facts) -> Iterator[Timed]:
    """Times with minutes: 8:30, and 8.30 where a word of the clock follows or precedes it."""
    for match in _FIGURES.finditer(text):
        yield _timed(text, match.start(), match.end(), int(match[1]), int(match[2]), facts)
    for match in _POINTED.finditer(text):
        timed = _timed(text, match.start(), match.end(), int(match[1]), int(match[2]), facts)
        at = facts.clock.at.ending(text, _before(text, match.start()))
        if timed.end > match.end() or timed.start < match.start() or at is not None:
            yield timed


def _timed(text: str, start: int, end: int, hour: int, minute: int, facts: Facts) -> Timed:
    numbers = (str(hour), f"{minute:02}")
    word = facts.clock.hour.after(text, _past(text, end))
    after = word.edge if word else end
    period = _period(text, start, after, facts) or (_period(text, start, end, facts) if word else None)
    if period is None:
        return Timed(start, after, frozenset({_minutes(hour, minute)}), 0 < hour <= 12, True, numbers)
    hours, begin, finish = period
    return Timed(begin, max(finish, end), frozenset({_resolved(hour, minute, hours)}), False, True, numbers)


def time_of(text: str, number: Numeral, hour: int, facts: Facts) -> Timed | None:
    """The time that a whole number names, by a word before or behind it; None if there is none."""
    start, end = number.start, number.end
    at = facts.clock.at.ending(text, _before(text, start))
    evening = facts.clock.evening.after(text, _past(text, end))
    if evening is not None and hour <= 6:
        return Timed(start, evening.edge, frozenset({(18 + hour) % 24 * 60}), False, True, (number.written,))
    numbers: tuple[str, ...] = (number.written,)
    halved = _half_hour(text, number, hour, facts)
    if halved is not None:
        return halved
    word = facts.clock.hour.after(text, _past(text, end))
    minute, after = 0, word.edge if word else end
    if word is not None:
        minute, numbers, after = _rest(text, after, numbers, facts)
    period = _period(text, start, after, facts)
    if period is None and word is not None and minute == 0:
        period = _period(text, start, end, facts)
    if period is not None:
        hours, begin, finish = period
        # 3 đêm is three at night, or three nights.
        sure = word is not None or not _is_unit(text, start, end, facts)
        return Timed(begin, max(finish, after), frozenset({_resolved(hour, minute, hours)}), False, sure, numbers)
    if word is None and at is None:
        return None
    is_unit = word is not None and (word.text in facts.clock.maybe or _is_unit(text, start, end, facts))
    sure = bool(word) and (not is_unit or len(numbers) > 1)
    return Timed(start, after, frozenset({_minutes(hour, minute)}), 0 < hour <= 12, sure, numbers)


def _half_hour(text: str, number: Numeral, hour: int, facts: Facts) -> Timed | None:
    """Half an hour past a number that a word or a part of the day makes an hour: `las dos y media`, `halb drei`."""
    start, end, clock = number.start, number.end, facts.clock
    numbers = (number.written,)
    if clock.half_to.ending(text, _before(text, start)) is not None and 0 < hour <= 12:
        word = clock.hour.after(text, _past(text, end))
        end, minute = word.edge if word else end, (hour - 1) * 60 + 30
    else:
        half = clock.half.after(text, _past(text, end))
        if half is None:
            return None
        end, minute = half.edge, hour % 24 * 60 + 30
    period = _period(text, start, end, facts)
    if period is not None:
        hours, begin, finish = period
        resolved = frozenset({_resolved(minute // 60, minute % 60, hours)})
        return Timed(begin, max(finish, end), resolved, False, True, numbers)
    at = clock.at.ending(text, _before(text, start))
    sure = at is not None or clock.half_to.ending(text, _before(text, start)) is not None
    return Timed(start, end, frozenset({minute}), hour <= 12, True, numbers) if sure else None


def _is_unit(text: str, start: int, end: int, facts: Facts) -> bool:
    units = facts.units
    return (
        units.after.after(text, _past(text, end)) is not None
        or units.before.ending(text, _before(text, start)) is not None
    )


def _rest(text: str, at: int, numbers: tuple[str, ...], facts: Facts) -> tuple[int, tuple[str, ...], int]:
    """The minutes behind a word for the hour: `8 h 30`, `8点半`."""
    half = facts.clock.half.after(text, _past(text, at))
    if half is not None:
        return 30, numbers, half.edge
    minutes = _MINUTES.match(text, at)
    unit = facts.units.after.after(text, _past(text, minutes.end(1))) if minutes else None
    if minutes is None or (unit is not None and "minute" not in unit.meanings):
        return 0, numbers, at
    # 8 h 5 may go on with another number; two figures are minutes.
    if len(minutes[1]) < 2 and (unit is None or "minute" not in unit.meanings):
        return 0, numbers, at
    return int(minutes[1]), (*numbers, minutes[1]), minutes.end()


def _period(text: str, start: int, end: int, facts: Facts) -> tuple[Hours, int, int] | None:
    """The part of the day behind a time or before it, with the place where all begins and ends."""
    clock = facts.clock
    before = clock.before.ending(text, _before(text, start))
    after = None if clock.leads and before else clock.after.after(text, _past(text, end))
    if after is not None:
        return clock.hours[next(iter(after.meanings))], start, after.edge
    if before is not None:
        return clock.hours[next(iter(before.meanings))], before.edge, end
    return None


def _past(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACES:
        at += 1
    return at


def _before(text: str, at: int) -> int:
    while at > 0 and text[at - 1] in " \u00a0-":
        at -= 1
    return at


def _minutes(hour: int, minute: int) -> int:
    return (hour % 24) * 60 + minute


def _resolved(hour: int, minute: int, hours: Hours) -> int:
    """The minute of the day of an hour in a part of it: the half that lies in the part, or nearer to it."""
    if hour > 12:
        return _minutes(hour, minute)
    return min((_minutes(h, minute) for h in (hour % 12, hour % 12 + 12)), key=lambda m: _distance(m, hours))


def _distance(minute: int, hours: Hours) -> float:
    first, last = hours[0] * 60, hours[1] * 60
    span = (last - first) % 1440 or 1440
    after = (minute - first) % 1440
    return 0 if after < span else min(after - span, 1440 - after) + 0.5


def inherited(minute: int, other: int, *, before: bool) -> frozenset[int]:
    """What a time without its half of the day may be before (or behind) one of a range: the nearest that makes one."""
    if minute >= 780:
        return frozenset({minute % 1440})
    both = [minute % 720, minute % 720 + 720]
    return frozenset({min(both, key=lambda m: (other - m if before else m - other) % 1440 or 1440)})
