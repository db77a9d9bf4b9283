"""Where pages begin in a text that flows: no section is cut that fits, and no page is nearly empty."""

from __future__ import annotations

from math import inf

import pytest

from pressroom.typesetting import FlowBlock, page_starts


def _blocks(*blocks: tuple[float, float] | tuple[float, float, float]) -> list[FlowBlock]:
    """Blocks one below the other: their height, what it costs to begin a page with each, and how they may grow."""
    found: list[FlowBlock] = []
    top = 0.0
    for height, *more in blocks:
        found.append(FlowBlock(top, top + height, *more))
        top += height
    return found


@pytest.mark.parametrize(
    ("blocks", "starts"),
    [
        ((), ()),
        (((40, 0), (50, 0)), ()),
        # A section begins a page rather than being cut.
        (((60, 0), (40, 0), (40, 3)), (1,)),
        # What leaves a page nearly empty costs more than to cut a text.
        (((10, 0), (60, 0), (60, 0.8), (60, 0.8)), (2, 3)),
        # A heading stays with what follows.
        (((80, 0), (15, 0), (40, inf)), (1,)),
        # A block that is taller than a page has its own.
        (((60, 0), (150, 0), (60, 0)), (1, 2)),
        # What may grow fills its page alone.
        (((20, 0), (30, 0), (60, 0), (60, 0)), (2, 3)),
        (((20, 0, 80), (30, 0), (60, 0), (60, 0)), (1, 3)),
    ],
)
def test_pages_begin(blocks: tuple[tuple[float, float], ...], starts: tuple[int, ...]) -> None:
    """Pages of 100 points begin with these blocks."""
    assert page_starts(_blocks(*blocks), 100) == starts


def test_what_can_not_be_parted_goes_on() -> None:
    """Blocks that nothing may part are left to the engine, even if they are taller than a page."""
    assert page_starts(_blocks((60, 0), (60, inf), (60, inf)), 100) == ()
