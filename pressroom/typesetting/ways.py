"""All ways to break a paragraph into so many lines of a measure, and the cheapest of them.

What a line costs is the sum of what it costs by itself, which is calculated once, and of how far it differs from what
the lines of the paragraph leave free on average.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pressroom.typesetting.costs import LADDER, SEEN, SHORT, TOO_WIDE, last_line_cost, line_cost, raggedness
from pressroom.typesetting.paragraph import Paragraph

# Widths are sums of many parts.
HAIR: Final = 1e-6
# A line inside the paragraph: the break that it ends at, how many lines the rest needs, its slack, and its own cost.
_Line = tuple[int, int, float, float]


@dataclass(slots=True)
class Ways:
    """The ways to break a paragraph into so many lines of this measure; breaks are counted from 1, 0 is the start."""

    paragraph: Paragraph
    measure: float
    lines: int
    _reach: list[int] = field(init=False)
    _left: list[int] = field(init=False)
    _all: dict[int, list[_Line]] = field(default_factory=dict)
    _full: dict[int, list[_Line]] = field(default_factory=dict)
    _last: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._reach = _reach(self.paragraph, self.measure)
        self._left = lines_left(self.paragraph, self.measure, self._reach)

    def cheapest(self, even: float) -> tuple[int, ...]:
        """The numbers of the breaks at which the lines of the cheapest way end; empty if there is none.

        `even` is the slack that the lines should have: what differs from it makes the edge ragged.
        """
        if self.paragraph.kind == "text":
            # Each line that is seen to be short costs more than all of this way.
            cost, way = self._search(even, full=True)
            if way and cost < SEEN:
                return way
        return self._search(even, full=False)[1]

    def cost_of(self, way: tuple[int, ...]) -> float:
        """What these lines cost, with their own average as what each should leave free."""
        even = sum(slacks := slacks_of(self.paragraph, self.measure, way)[:-1]) / len(slacks)
        starts, ragged = (0, *(number + 1 for number in way)), raggedness(self.paragraph.kind, self.lines)
        cost = self._last_cost(starts[-2])
        for start, end in pairwise(starts[:-1]):
            slack, own = next((one[2], one[3]) for one in self._from(start, full=False) if one[0] == end)
            cost += own + ragged * (slack - even) ** 2
        return cost

    def _search(self, even: float, *, full: bool) -> tuple[float, tuple[int, ...]]:
        """Dynamic programming, a line at a time: the cheapest way to each break as the end of that line.

        Where lines must be `full`, none inside the paragraph is seen to be short.
        """
        ragged, last = raggedness(self.paragraph.kind, self.lines), len(self.paragraph.breaks)
        ways: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]
        for left in range(self.lines - 1, 0, -1):
            best: dict[int, tuple[float, int]] = {}
            for start, (cost, _) in ways[-1].items():
                for end, needed, slack, own in self._from(start, full=full):
                    if needed > left:
                        break
                    total = cost + own + ragged * (slack - even) ** 2
                    if end not in best or total < best[end][0]:
                        best[end] = total, start
            ways.append(best)
        ends = [(cost + self._last_cost(at), at) for at, (cost, _) in ways[-1].items() if self._left[at] == 1]
        if not ends:
            return 0.0, ()
        cost, at = min(ends, key=lambda one: one[0])
        found = [last - 1]
        for way in reversed(ways[1:]):
            found.append(at - 1)
            at = way[at][1]
        return cost, tuple(reversed(found))

    def _from(self, start: int, *, full: bool) -> list[_Line]:
        """The lines inside the paragraph that begin at this break, the longest first."""
        lines = self._all.get(start)
        if lines is None:
            lines = self._all[start] = self._lines_from(start)
            self._full[start] = [one for one in lines if one[2] <= SHORT]
        return self._full[start] if full else lines

    def _lines_from(self, start: int) -> list[_Line]:
        places, lines, kind = self.paragraph.breaks, list[_Line](), self.paragraph.kind
        before = places[start - 1] if start else self.paragraph.start
        begin = before.start
        for end in range(min(self._reach[start], len(places) - 1), start, -1):
            if self._left[end] >= self.lines:
                break
            place = places[end - 1]
            slack = 1 - (place.end + place.hyphen - begin) / self.measure
            own = TOO_WIDE * -slack if slack < -HAIR else line_cost(slack, kind, self.lines) + place.penalty
            own += LADDER if place.hyphen and before.hyphen else 0.0
            lines.append((end, self._left[end], slack, own))
        return lines

    def _last_cost(self, start: int) -> float:
        if start not in self._last:
            place = self.paragraph.breaks[start - 1] if start else self.paragraph.start
            end = self.paragraph.breaks[-1]
            share = (end.end - place.start) / self.measure
            over = TOO_WIDE * (share - 1) if share > 1 + HAIR else 0.0
            self._last[start] = over + last_line_cost(share, end.words - place.words, self.paragraph.kind)
        return self._last[start]


def slacks_of(paragraph: Paragraph, measure: float, way: tuple[int, ...]) -> list[float]:
    """The share of the measure that each of these lines leaves free."""
    ends = [paragraph.breaks[number] for number in way]
    starts = [paragraph.start, *ends]
    return [1 - (end.end + end.hyphen - start.start) / measure for start, end in zip(starts, ends, strict=False)]


def lines_left(paragraph: Paragraph, measure: float, reach: list[int] | None = None) -> list[int]:
    """For each break, the start first, how many lines the rest needs: as many as if each were as full as can be."""
    reach = reach or _reach(paragraph, measure)
    left = [0] * len(reach)
    for number in range(len(reach) - 2, -1, -1):
        left[number] = 1 + left[reach[number]]
    return left


def _reach(paragraph: Paragraph, measure: float) -> list[int]:
    """For each break the last one at which a line that begins there may end; at least the next one."""
    places = (paragraph.start, *paragraph.breaks)
    ends = [place.end for place in places]
    reach = []
    for number, place in enumerate(places[:-1]):
        most = place.start + measure * (1 + HAIR)
        stop = bisect_right(ends, most, number + 1) - 1
        while stop > number + 1 and places[stop].end + places[stop].hyphen > most:
            stop -= 1
        reach.append(max(stop, number + 1))
    return [*reach, len(places) - 1]
