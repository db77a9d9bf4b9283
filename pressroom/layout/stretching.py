"""Lengthens a layout whose frames do not hold their text, so that a proof shows all of it and what is below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pressroom.layout.model import Area, Box, Frame, Layout, PanelPlace
from pressroom.units import ZERO, Length, mm

# Below an overset text: room for what its edge says.
_NOTE_HEIGHT: Final = mm(3.2)
# Frames that end this close to each other are side by side, and push what is below them down once.
_LEVEL: Final = mm(3)
_TOUCHES: Final = mm(0.6)


def stretched(layout: Layout, over: Mapping[str, Length]) -> Layout:
    """The layout with these frames longer by these lengths, and everything below them in their panel moved down."""
    pushes = {panel.name: _pushes(layout, panel, over) for panel in layout.panels}
    growth = max((sum(amount.pt for _, amount in ends) for ends in pushes.values()), default=0.0)

    def moved(page: str, box: Box) -> Box:
        panel = _panel(layout, page, box)
        above = pushes[panel.name] if panel else []
        down = sum(amount.pt for edge, amount in above if box.top >= edge - _TOUCHES)
        return replace(box, top=box.top + Length(down))

    def grown(frame: Frame) -> Frame:
        box = moved(frame.page, frame.box)
        more = over[frame.name] + _NOTE_HEIGHT if frame.name in over else ZERO
        return replace(frame, box=replace(box, height=box.height + more))

    def backed(area: Area) -> Area:
        """The area behind a frame goes on below it: a band's words are white."""
        on = [frame for frame in layout.frames if frame.name in over and _inside(frame, area)]
        more = max((over[frame.name] + _NOTE_HEIGHT for frame in on), default=ZERO)
        box = moved(area.page, area.box)
        return replace(area, box=replace(box, height=box.height + more))

    return replace(
        layout,
        height=layout.height + Length(growth),
        panels=tuple(replace(p, box=replace(p.box, height=p.box.height + Length(growth))) for p in layout.panels),
        areas=tuple(backed(area) for area in layout.areas),
        frames=tuple(grown(frame) for frame in layout.frames),
    )


def _pushes(layout: Layout, panel: PanelPlace, over: Mapping[str, Length]) -> list[tuple[Length, Length]]:
    """Where in a panel frames end that run over, and how far what is below such a line moves down."""
    ends = sorted(
        (frame.box.top + frame.box.height, over[frame.name] + _NOTE_HEIGHT)
        for frame in layout.frames
        if frame.name in over and _panel(layout, frame.page, frame.box) == panel
    )
    pushes: list[tuple[Length, Length]] = []
    for edge, amount in ends:
        if pushes and edge - pushes[-1][0] < _LEVEL:
            pushes[-1] = (pushes[-1][0], max(pushes[-1][1], amount))
        else:
            pushes.append((edge, amount))
    return pushes


def _inside(frame: Frame, area: Area) -> bool:
    """True where the frame is inside the area."""
    inner, outer = frame.box, area.box
    across = outer.left <= inner.left and inner.left + inner.width <= outer.left + outer.width
    down = outer.top <= inner.top + _TOUCHES and inner.top + inner.height <= outer.top + outer.height + _TOUCHES
    return frame.page == area.page and across and down


def _panel(layout: Layout, page: str, box: Box) -> PanelPlace | None:
    """The panel that a box is on: the one its middle is in."""
    x, y = box.left + box.width * 0.5, box.top + box.height * 0.5
    on_page = ((panel, panel.box) for panel in layout.panels if panel.page == page)
    ends_below = ((panel, place) for panel, place in on_page if y <= place.top + place.height)
    return next((panel for panel, place in ends_below if place.left <= x <= place.left + place.width), None)
