"""Warns about sides of a card that the English already fills: longer languages will not fit them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pressroom.compose import PlacedFrame
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout import Layout, PanelPlace

# At the smallest legible size English must leave three tenths of each side to longer languages.
MOST: Final = 0.7
CARD: Final = "card"
# Frames one below the other may overlap by a hair's breadth of leading, in points.
_TOUCHING: Final = 1.5


def full_sides(layout: Layout, frames: tuple[PlacedFrame, ...], heights: Mapping[str, float]) -> Iterator[Diagnostic]:
    """A warning for each side of a card whose tallest stack of text is over 70 % of its height inside the safe area.

    `heights` are the text's by frame, in points, at the smallest legible sizes, the least gaps and the preferred
    leading.
    """
    for panel in layout.panels:
        stack, safe = tallest_stack(_on(layout, panel, frames), heights), (panel.box.height - layout.safe * 2).pt
        if stack > MOST * safe:
            share, over = stack / safe, (stack - MOST * safe) * 25.4 / 72
            message = (
                f"English fills {share:.1%} of the side {panel.name!r} of {layout.name} at its smallest, "
                f"{over:.1f} mm more than the {MOST:.0%} that leave room for longer languages"
            )
            hint = "shorten the text, or give its frames less to hold; smaller gaps are no room"
            yield diagnostic("side-full", Span(layout.path), message, hint)


def tallest_stack(frames: tuple[PlacedFrame, ...], heights: Mapping[str, float]) -> float:
    """The height of the tallest stack of text, in points: of frames side by side only the taller one counts."""
    tallest: dict[str, float] = {}
    for frame in sorted(frames, key=lambda frame: frame.box.top):
        above = [tallest[other.name] for other in frames if other.name in tallest and _above(other, frame)]
        tallest[frame.name] = heights[frame.name] + max(above, default=0.0)
    return max(tallest.values(), default=0.0)


def _above(one: PlacedFrame, other: PlacedFrame) -> bool:
    return (one.box.top + one.box.height).pt <= other.box.top.pt + _TOUCHING


def _on(layout: Layout, panel: PanelPlace, frames: tuple[PlacedFrame, ...]) -> tuple[PlacedFrame, ...]:
    """The frames whose middle is on the panel; English is read from the left, as boxes are."""
    page, box = layout.page_number(panel.page), panel.box
    return tuple(
        frame
        for frame in frames
        if frame.page == page and box.left <= frame.box.left + frame.box.width * 0.5 <= box.left + box.width
    )
