"""Divides what a page paints: the base that all clinics share, and the imprint, one clinic's frames.

People sign both. So the division only decides how many looks forty clinics need, not what is signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pressroom.drawing.model import Copy, Frame, Glyph, Item, Shape, around, meet, on_cards, shared_area

# A glyph that reaches out of its frame is still in it.
SLACK: Final = 0.5


def divided(items: Sequence[Item], frames: Sequence[Frame]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """What is not in a clinic's frame; and what is, with what meets any of it.

    So a signature of an imprint covers what lies over a clinic's words.
    """
    if any(isinstance(item, Copy) for item in items):
        copies = [item for item in items if isinstance(item, Copy)]
        base = on_cards(items, lambda card: divided(card, frames)[0])
        return base, on_cards(copies, lambda card: divided(card, frames)[1])
    flat = [item for item in items if not isinstance(item, Copy)]
    own = [item for item in flat if is_clinics(item, frames)]
    clinics = {id(item) for item in own}
    return tuple(item for item in flat if id(item) not in clinics), tuple(with_what_meets(own, flat))


def with_what_meets(own: Sequence[Glyph | Shape], items: Sequence[Glyph | Shape]) -> Iterator[Glyph | Shape]:
    """A clinic's marks in order; a mark of the base that meets them is after the last of them that it lies over.

    Its order among marks that it does not meet shows nowhere.
    """
    if not own:
        return
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
    around_it = list[Frame]()
    for frame in frames:  # each mark of a page, with each frame: no call of `inside`
        low, foot, high, head = frame.box
        if left >= low - SLACK and bottom >= foot - SLACK and right <= high + SLACK and top <= head + SLACK:
            around_it.append(frame)
    if len(around_it) < 2 or len({frame.of_clinic for frame in around_it}) < 2:
        return bool(around_it) and around_it[0].of_clinic
    return max(
        around_it, key=lambda frame: (shared_area(item.box, frame.box), -shared_area(frame.box, frame.box))
    ).of_clinic
