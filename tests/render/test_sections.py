"""Text that flows: a section is on one page if it fits on one, and its window is as tall as that page lets it be."""

from __future__ import annotations

import pytest

from pressroom.render.sections import Window, shared_out


@pytest.mark.parametrize(
    ("room", "windows", "heights"),
    [
        (40, [(170, 300)], [210]),
        (400, [(170, 300)], [300]),
        (0, [(170, 300), (190, 300)], [170, 190]),
        # Two grow alike; what one may not have, the other has.
        (60, [(170, 300), (190, 300)], [200, 220]),
        (60, [(170, 180), (190, 300)], [180, 240]),
        # Words may be higher than a window may be.
        (60, [(320, 300)], [320]),
        (60, [], []),
    ],
)
def test_windows_share_the_room_of_their_page(
    room: float, windows: list[tuple[float, float]], heights: list[float]
) -> None:
    """The room that is left goes to the windows of a page in equal parts, as far as each may grow."""
    assert shared_out(room, [Window(*window) for window in windows]) == heights
