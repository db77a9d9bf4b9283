"""Chooses where a text that flows begins a new page, from the heights of its blocks alone.

Pages are about as full as each other, and no section is cut that fits on a page. A block is whole: only one that is
taller than a page goes on in the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Final

# What a page costs, and what is empty on one; below half a page it costs more.
_PAGE: Final = 1.0
_EMPTY: Final = 4.0
_HALF: Final = 0.5
_LESS_THAN_HALF: Final = 16.0


@dataclass(frozen=True, slots=True)
class FlowBlock:
    """A block that flows: its top and foot where all pages are one, and what it costs to begin a page with it.

    `grows` is how much taller it may be if its page has the room. All lengths are in points.
    """

    top: float
    foot: float
    cut: float = 0.0
    grows: float = 0.0


def page_starts(blocks: Sequence[FlowBlock], height: float) -> tuple[int, ...]:
    """The blocks that begin a page of this height, without the first."""
    count = len(blocks)

    @cache
    def best(start: int) -> tuple[float, tuple[int, ...]]:
        """What the pages from this block on cost, and the blocks that begin those after its own."""
        options: list[tuple[float, tuple[int, ...]]] = []
        grows = 0.0
        for end in range(start + 1, count + 1):
            grows += blocks[end - 1].grows
            used = blocks[end - 1].foot - blocks[start].top
            if used > height and end > start + 1:
                break
            if end == count:
                options.append((_PAGE, ()))
            elif blocks[end].cut < inf:
                cost, after = best(end)
                options.append((_PAGE + _empty(used + grows, height) + blocks[end].cut + cost, (end, *after)))
        # Nothing may begin a page before this one is full: it goes on as the engine breaks it.
        return min(options, default=(_PAGE, ()))

    return best(0)[1] if blocks else ()


def _empty(used: float, height: float) -> float:
    """What it costs that a page is not full."""
    empty = max(0.0, 1.0 - used / height)
    return _EMPTY * empty**2 + _LESS_THAN_HALF * max(0.0, empty - _HALF)
