"""What a line costs: the further it is from full, the more, and most of all where it leaves a hole in the page."""

from __future__ import annotations

from typing import Final

from pressroom.typesetting.paragraph import Kind

_TWO: Final = 2
_RAGGED: Final = 4.0
# Up to this share of the measure a line may be short without looking like a hole.
_HOLE: Final = 0.2
# The shares of the measure between which a last line ends well.
_LEAST_LAST: Final = 0.38
_MOST_LAST: Final = 0.8
# A line that is too wide is no choice where there is another.
TOO_WIDE: Final = 100.0
# One word alone on the last line, and what is missing of the least length of a last line, for each share of it.
_ALONE: Final = 1.0
_SHORT_LAST: Final = 3.0
_LONG_LAST: Final = 0.15
# The lines of a heading, the last one too, are as wide as each other.
_BALANCE: Final = 4.0


def line_cost(slack: float, even: float, kind: Kind, lines: int) -> float:
    """The cost of a line inside a paragraph of so many; `slack` is the share of the measure that it leaves free.

    `even` is the slack that the lines of this paragraph have on average: what differs from it makes the edge ragged.
    """
    if kind == "heading":
        return _BALANCE * (slack - even) ** 2
    hole = max(0.0, slack - _HOLE)
    # The first of two lines has none above it that would show that it is short.
    if lines == _TWO:
        return 2 * slack * slack + 2 * hole
    return _RAGGED * (slack - even) ** 2 + (5 * hole) ** 2


def last_line_cost(share: float, words: float, even: float, kind: Kind) -> float:
    """The cost of a last line that fills this share of the measure with so many words."""
    alone = _ALONE if words <= 1 else 0.0
    if kind == "heading":
        return alone + _BALANCE * (1 - share - even) ** 2
    return alone + _SHORT_LAST * max(0.0, _LEAST_LAST - share) + _LONG_LAST * max(0.0, share - _MOST_LAST)
