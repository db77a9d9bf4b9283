"""Divides what a page paints: the base that all clinics share, and the imprint, one clinic's frames.

People sign both. So the division only decides how many looks forty clinics need, not what is signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pressroom.drawing.model import Copy, Frame, Glyph, Item, Shape, around, meet, on_cards, shared_area

# A glyph that reaches out of its frame is still in it.
SLACK: Final = 0.5


def base_of(items: Sequence[Item], frames: Sequence[Frame]) -> tuple[Item, ...]:
    """What is not in a clinic's frame."""
    if any(isinstance(item, Copy) for item in items):
        return on_cards(items, lambda card: base_of(card, frames))
    return tuple(item for item in items if not is_clinics(item, frames))


def imprint_of(items: Sequence[Item], frames: Sequence[Frame]) -> tuple[Item, ...]:
    """What is in a clinic's frame, and what meets any of it: so a signature covers what lies over a clinic's words."""
    if any(isinstance(item, Copy) for item in items):
        return on_cards([item for item in items if isinstance(item, Copy)], lambda card: imprint_of(card, frames))
    flat = [item for item in items if not isinstance(item, Copy)]
    own = [item for item in flat if is_clinics(item, frames)]
    return tuple(_with_what_meets(own, flat)) if own else ()


def _with_what_meets(own: Sequence[Glyph | Shape], items: Sequence[Glyph | Shape]) -> Iterator[Glyph | Shape]:
    """A clinic's marks in order; a mark of the base that meets them is after the last of them that it lies over.

    Its order among marks that it does not meet shows nowhere.
    """
    number, whole = {id(item): at for at, item in enumerate(own)}, around([item.box for item in own])
    over: dict[int, list[Glyph | Shape]] = {}
    painted = -1
    for item in items:
        if id(item) in number:
            painted = number[id(item)]
        elif meet(item.box, whole) and (met := [at for at, mark in enumerate(own) if meet(item.box, mark.box)]):
            below = [at for at in met if at <= painted]
            over.setdefault(below[-1] if below else met[0] - 1, []).append(item)
    yield from over.get(-1, ())
    for at, mark in enumerate(own):
        yield mark
        yield from over.get(at, ())


def is_clinics(item: Item, frames: Sequence[Frame]) -> bool:
    """True if the frame that an item is in is a clinic's; of frames that overlap, the one that holds most of it."""
    if isinstance(item, Copy):
        return False
    left, bottom, right, top = (item.x, item.y, item.x, item.y) if isinstance(item, Glyph) else item.box
    around_it = [
        frame
        for frame in frames
        for low, foot, high, head in (frame.box,)  # each mark of a page, with each frame: no call of `inside`
        if left >= low - SLACK and bottom >= foot - SLACK and right <= high + SLACK and top <= head + SLACK
    ]
    if len({frame.of_clinic for frame in around_it}) < 2:
        return bool(around_it) and around_it[0].of_clinic
    return max(
        around_it, key=lambda frame: (shared_area(item.box, frame.box), -shared_area(frame.box, frame.box))
    ).of_clinic
