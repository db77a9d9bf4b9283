"""What a line costs: the further it is from full, the more, and most of all where it leaves a hole in the page."""

from __future__ import annotations

from typing import Final

from pressroom.typesetting.paragraph import Kind

_TWO: Final = 2
# What differs from the other lines of a paragraph makes its edge ragged; what is free on all of them is no great harm.
_RAGGED: Final = 90.0
_FREE: Final = 0.5
# Up to this share of the measure a line may be short without looking like a hole.
_HOLE: Final = 0.2
# A line that leaves more than this is seen as a hole, and one word alone on the last line is seen too. No edge is so
# ragged that either is worth it. A word alone is worse than a hole or a word that is parted, and better than two of
# them.
SHORT: Final = 0.298
SEEN: Final = 8.0
_BROKEN: Final = 14.0
_ALONE: Final = 15.5
# The second of two lines that end in a hyphen, one after the other.
LADDER: Final = 4.0
_ALONE_IN_HEADING: Final = 1.2
# A line that leaves more than this looks broken off: one word alone is better.
_BROKEN_OFF: Final = 0.45
# The shares of the measure between which a last line ends well.
_LEAST_LAST: Final = 0.35
_MOST_LAST: Final = 0.8
# A line that is too wide is no choice where there is another.
TOO_WIDE: Final = 100_000.0
# What is missing of the least length of a last line, for each share of it, and what is over the most.
_SHORT_LAST: Final = 3.0
_LONG_LAST: Final = 0.15
# The lines of a heading are as wide as each other, unless all of them would then be shorter than this share.
_BALANCE: Final = 4.0
_SHORT_HEADING: Final = 0.25


def line_cost(slack: float, kind: Kind, lines: int) -> float:
    """The cost of a line inside a paragraph of so many; `slack` is the share of the measure that it leaves free."""
    if kind == "heading":
        return 2 * max(0.0, slack - SHORT)
    hole = max(0.0, slack - _HOLE)
    # The first of two lines has none above it that would show that it is short.
    if lines == _TWO:
        return 2 * slack * slack + 2 * hole + _seen(slack)
    return _FREE * slack * slack + (5 * hole) ** 2 + _seen(slack)


def raggedness(kind: Kind, lines: int) -> float:
    """What it costs a line to leave more or less free than the others, for each square of the difference."""
    return _BALANCE if kind == "heading" else _RAGGED if lines > _TWO else 0.0


def _seen(slack: float) -> float:
    if slack <= SHORT:
        return 0.0
    return SEEN if slack <= _BROKEN_OFF else SEEN + _BROKEN


def last_line_cost(share: float, words: float, kind: Kind) -> float:
    """The cost of a last line that fills this share of the measure with so many words."""
    cost = _SHORT_LAST * max(0.0, _LEAST_LAST - share)
    # What the lines above leave to the last line of a heading is what balance asks of it.
    if kind == "heading":
        return cost + (_ALONE_IN_HEADING if words <= 1 else 0.0)
    return cost + _LONG_LAST * max(0.0, share - _MOST_LAST) + (_ALONE if words <= 1 else 0.0)


def even_slack(slack: float) -> float:
    """What each line of a heading but the last should leave free, if all of them leave so much on average."""
    return min(max(0.0, slack), _SHORT_HEADING)
