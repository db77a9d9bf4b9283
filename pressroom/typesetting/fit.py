"""Chooses the lines of a paragraph as a whole: of all ways to break it into so many lines, the one that costs least.

This is total fit (Knuth and Plass, "Breaking paragraphs into lines", 1981) for text that is set ragged.
"""

from __future__ import annotations

from math import inf
from typing import Final

from pressroom.typesetting.costs import SHORT, even_slack
from pressroom.typesetting.paragraph import Paragraph
from pressroom.typesetting.ways import HAIR, Ways, lines_left, slacks_of

# Paragraphs of fewer lines have no two lines inside that could differ.
_INSIDE: Final = 3
# The slacks that are tried as what every line of a paragraph leaves free.
_EVEN: Final = (0.0, 0.05, 0.1, 0.15, 0.2)


def fewest_lines(paragraph: Paragraph, measure: float) -> int:
    """The number of lines of this measure that the paragraph needs; its height is as many times its lead."""
    return lines_left(paragraph, measure)[0] if paragraph.breaks else 0


def first_fit_lines(paragraph: Paragraph, measure: float, zone: float) -> int:
    """The number of lines that a paragraph takes if each is as full as can be, and words are parted late.

    A hyphen parts a word only where the line would otherwise leave more than `zone` of the measure free.
    """
    places, lines, start = paragraph.breaks, 0, paragraph.start
    at = 0
    while at < len(places):
        most, whole, parted = start.start + measure * (1 + HAIR), -1, -1
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
    ways = Ways(paragraph, measure, lines)
    if paragraph.kind == "heading":
        return ways.cheapest(even_slack(1 - paragraph.width / (lines * measure)))
    if lines < _INSIDE:
        return ways.cheapest(0.0)
    found = {way for even in _EVEN if (way := ways.cheapest(even))}
    return min(sorted(found), key=ways.cost_of, default=())


def has_fault(paragraph: Paragraph, measure: float, lines: tuple[int, ...]) -> bool:
    """True if one of these lines leaves a hole, if the last one is one word, or if there are no lines.

    The lines of a heading may be short.
    """
    if not lines or paragraph.kind == "heading":
        return not lines
    before = paragraph.breaks[lines[-2]].words if len(lines) > 1 else -inf
    is_short = max(slacks_of(paragraph, measure, lines)[:-1], default=0.0) > SHORT
    return is_short or paragraph.breaks[-1].words - before <= 1
