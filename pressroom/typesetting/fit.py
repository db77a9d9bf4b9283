"""Chooses the lines of a paragraph as a whole: of all ways to break it into so many lines, the one that costs least.

This is total fit (Knuth and Plass, "Breaking paragraphs into lines", 1981) for text that is set ragged.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from pressroom.typesetting.costs import TOO_WIDE, even_slack, last_line_cost, line_cost
from pressroom.typesetting.paragraph import Kind, LineBreak, Paragraph

# Widths are sums of many parts.
_HAIR: Final = 1e-6
# Paragraphs of fewer lines have no two lines inside that could differ.
_INSIDE: Final = 3
# The slacks that are tried as what every line of a paragraph leaves free.
_EVEN: Final = (0.0, 0.05, 0.1, 0.15, 0.2)


def fewest_lines(paragraph: Paragraph, measure: float) -> int:
    """The number of lines of this measure that the paragraph needs; its height is as many times its lead."""
    return _needed(paragraph, measure)[0] if paragraph.breaks else 0


def first_fit_lines(paragraph: Paragraph, measure: float, zone: float) -> int:
    """The number of lines that a paragraph takes if each is as full as can be, and words are parted late.

    A hyphen parts a word only where the line would otherwise leave more than `zone` of the measure free.
    """
    places, lines, start = paragraph.breaks, 0, paragraph.start
    at = 0
    while at < len(places):
        most, whole, parted = start.start + measure * (1 + _HAIR), -1, -1
        end = at
        while end < len(places) and places[end].end <= most:
            if not places[end].hyphen:
                whole = end
            elif places[end].end + places[end].hyphen <= most:
                parted = end
            end += 1
        is_free = whole < 0 or places[whole].end < most - measure * zone
        chosen = parted if parted > whole and is_free else whole
        if chosen < 0:
            # A word that is wider than the measure.
            chosen = next((number for number in range(at, len(places)) if not places[number].hyphen), len(places) - 1)
        lines, at, start = lines + 1, chosen + 1, places[chosen]
    return lines


def best_lines(paragraph: Paragraph, measure: float, lines: int) -> tuple[int, ...]:
    """The numbers of the breaks at which the lines end, the last one included; empty if `lines` are too few.

    A line is wider than the measure only where a word is.
    """
    if not paragraph.breaks or fewest_lines(paragraph, measure) > lines:
        return ()
    if paragraph.kind == "heading":
        return _search(paragraph, measure, lines, even_slack(1 - paragraph.width / (lines * measure)))
    if lines < _INSIDE:
        return _search(paragraph, measure, lines, 0.0)
    ways = {way for even in _EVEN if (way := _search(paragraph, measure, lines, even))}
    return min(sorted(ways), key=lambda way: _total(paragraph, measure, way), default=())


def _total(paragraph: Paragraph, measure: float, lines: tuple[int, ...]) -> float:
    """What these lines cost, with their own average as what each should leave free."""
    slacks = _slacks(paragraph, measure, lines)[:-1]
    even = sum(slacks) / len(slacks)
    starts = (paragraph.start, *(paragraph.breaks[line] for line in lines))
    costs = (
        _cost(paragraph.breaks[line], start.start, measure, even, (paragraph.kind, len(lines)))
        for line, start in zip(lines[:-1], starts, strict=False)
    )
    return sum(costs) + _last_cost(paragraph, starts[-2], measure)


def shortest_line(paragraph: Paragraph, measure: float, lines: tuple[int, ...]) -> float:
    """The share of the measure that the shortest line fills, the last one aside; 0 if there are no lines."""
    return 1 - max(_slacks(paragraph, measure, lines)[:-1], default=0.0) if lines else 0.0


def _search(paragraph: Paragraph, measure: float, lines: int, even: float) -> tuple[int, ...]:
    """Dynamic programming, a line at a time: the cheapest way to each break as the end of that line."""
    places = (paragraph.start, *paragraph.breaks)
    needed, reach = _needed(paragraph, measure), _reach(places, measure)
    last = len(places) - 1
    ways: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]
    for left in range(lines - 1, -1, -1):
        best: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in ways[-1].items():
            begin, stop = places[start].start, reach[start]
            for end in range(stop, start, -1):
                if needed[end] > left:
                    break
                if end == last and left:
                    continue
                if end < last:
                    total = cost + _cost(places[end], begin, measure, even, (paragraph.kind, lines))
                else:
                    total = cost + _last_cost(paragraph, places[start], measure)
                if end not in best or total < best[end][0]:
                    best[end] = total, start
        ways.append(best)
    if last not in ways[-1]:
        return ()
    found, at = [last - 1], last
    for way in reversed(ways[1:]):
        at = way[at][1]
        found.append(at - 1)
    return tuple(reversed(found[:-1]))


def _cost(place: LineBreak, begin: float, measure: float, even: float, text: tuple[Kind, int]) -> float:
    slack = 1 - (place.end + place.hyphen - begin) / measure
    return TOO_WIDE * -slack if slack < -_HAIR else line_cost(slack, even, *text) + place.penalty


def _last_cost(paragraph: Paragraph, start: LineBreak, measure: float) -> float:
    end = paragraph.breaks[-1]
    share = (end.end - start.start) / measure
    over = TOO_WIDE * (share - 1) if share > 1 + _HAIR else 0.0
    return over + last_line_cost(share, end.words - start.words, paragraph.kind)


def _slacks(paragraph: Paragraph, measure: float, lines: tuple[int, ...]) -> list[float]:
    places = paragraph.breaks
    starts = [paragraph.start, *(places[number] for number in lines)]
    ends = [places[number] for number in lines]
    return [1 - (end.end + end.hyphen - start.start) / measure for start, end in zip(starts, ends, strict=False)]


def _reach(places: tuple[LineBreak, ...], measure: float) -> list[int]:
    """For each place the last one at which a line that begins there may end; at least the next one."""
    ends = [place.end for place in places]
    reach = []
    for number, place in enumerate(places[:-1]):
        most = place.start + measure * (1 + _HAIR)
        stop = bisect_right(ends, most, number + 1) - 1
        while stop > number + 1 and places[stop].end + places[stop].hyphen > most:
            stop -= 1
        reach.append(max(stop, number + 1))
    return [*reach, len(places) - 1]


def _needed(paragraph: Paragraph, measure: float) -> list[int]:
    """For each place, the start first, how many lines the rest needs: as many as if each were as full as can be."""
    places = (paragraph.start, *paragraph.breaks)
    reach = _reach(places, measure)
    needed = [0] * len(places)
    for number in range(len(places) - 2, -1, -1):
        needed[number] = 1 + needed[reach[number]]
    return needed
