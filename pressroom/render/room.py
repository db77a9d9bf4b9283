"""What copyfit knows of the room in a frame, and a composition without what has no room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pressroom.compose import Composition, PlacedFrame, without_by_hand, without_windows
from pressroom.render.copyfit import AvailableSpace
from pressroom.render.twins import LeftOut

# How many rows to write on a frame keeps while its text is larger than usual.
_AMPLE: Final = 3


def space_of(frame: PlacedFrame) -> AvailableSpace:
    """What copyfit knows of a frame."""
    items = sum(1 for message in frame.messages if message.role == "list item")
    kept = frame.filler.count * frame.filler.least if frame.filler else 0.0
    ample = frame.filler.count * min(_AMPLE, frame.filler.most) * frame.filler.row - kept if frame.filler else 0.0
    height, widens = frame.box.height.pt, bool(frame.spread)
    # Above the first item is a gap too: a list is not the next line of what it stands below.
    return AvailableSpace(frame.name, frame.group, height, items, frame.middle, kept, widens, max(0.0, ample))


def without(composition: Composition, left_out: Mapping[str, LeftOut]) -> Composition:
    """The composition without the windows, and without the elements for the reader's hand, that are left out."""
    fewer = without_windows(composition, {name: one.windows for name, one in left_out.items()})
    return without_by_hand(fewer, {name: one.by_hand for name, one in left_out.items()})
