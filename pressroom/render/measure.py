"""What text needs, measured in the real layout on paper without an end: sizes go in, heights and widths come out.

WeasyPrint drops what an absolutely placed frame can't hold at the foot of a page. So the same page is laid out on
a sheet three metres tall and a metre wider on each side, where nothing is lost, and the end marks tell the height.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pypdfium2
from weasyprint import Document

from pressroom.compose import PlacedFrame
from pressroom.layout import Layout
from pressroom.render.copyfit import Heights, Sizes
from pressroom.render.engine import Engine
from pressroom.units import ZERO, Length, mm

_TALL: Final = mm(3000)
_WIDE: Final = mm(1000)
_PT_PER_PX: Final = 0.75
# Ascenders and marks of tall scripts hang out of their line by so much, and are not overset.
_TOLERANCE: Final = mm(0.5)


@dataclass(frozen=True, slots=True)
class Gauge:
    """Measures one composition; call it with sizes. `overhang` is the language's, in em."""

    engine: Engine
    layout: Layout
    frames: tuple[PlacedFrame, ...]
    overhang: float = 0.0

    def __call__(self, sizes: Sizes) -> Heights:
        """The height of the text of every frame, and of its slots, at these sizes."""
        document = self.lay_out(Sizes(sizes.body, sizes.gap, leading=sizes.leading))
        heights: dict[str, float] = {}
        slots: dict[str, dict[str, float]] = {}
        for frame in self.frames:
            anchors = document.pages[frame.page - 1].anchors
            heights[frame.name] = anchors[f"end-{frame.name}"][1] * _PT_PER_PX - frame.box.top.pt
            for name in anchors:
                kind = name.removeprefix("stop-").removesuffix(f"-{frame.name}")
                if name == f"stop-{kind}-{frame.name}":
                    top = anchors[f"slot-{kind}-{frame.name}"][1]
                    slots.setdefault(frame.name, {})[kind] = (anchors[name][1] - top) * _PT_PER_PX
        return Heights(heights, slots)

    def lay_out(self, sizes: Sizes) -> Document:
        """The pages on the endless sheet, a proof's marks hidden."""
        kinds = dict.fromkeys(self.engine.slot_kinds, 0.0) | sizes.slot
        page = f"@page {{ size: {(self.layout.width + _WIDE * 2).css()} {_TALL.css()}; margin: 0 {_WIDE.css()} }}"
        hidden = ".proof, .overset, .art { display: none }"
        return self.engine.lay_out(replace(sizes, slot=kinds).css() + page + hidden)

    def sideways(self, sizes: Sizes, overset: Mapping[str, float]) -> dict[str, Length]:
        """The frames whose text runs out sideways (an unbreakable word), and by how much.

        Anchors can't tell it, so the letters' own rectangles are read from a PDF. `overset` tells how far a frame's
        text runs over downwards, in points.
        """
        over: dict[str, Length] = {}
        for page, left, right, middle in _letters(self.engine.sketch(self.lay_out(sizes))):
            here = [f for f in self.frames if f.page == page and _beside(f, middle, overset.get(f.name, 0.0))]
            spills = sorted((_outside(frame, left, right), frame.name, frame.group) for frame in here)
            if not spills:
                continue
            spill, name, group = spills[0]
            if spill > max(_TOLERANCE.pt, self.overhang * sizes.body[group]):
                over[name] = max(over.get(name, ZERO), Length(spill))
        return over


def widest(pdf: bytes, layout: Layout) -> Length:
    """How far the widest line of a flowing layout runs out of its margins; a proof's marks stand in them."""
    over = 0.0
    foot = layout.height.pt - layout.safe.pt
    for _, left, right, middle in _letters(pdf, ZERO):
        if layout.safe.pt < middle < foot:
            over = max(over, layout.safe.pt - left, right - (layout.width.pt - layout.safe.pt))
    return Length(over) if over > _TOLERANCE.pt else ZERO


def _beside(frame: PlacedFrame, middle: float, overset: float) -> bool:
    """True where a letter at this height can be the frame's."""
    foot = frame.box.top.pt + frame.box.height.pt + overset
    return frame.box.top.pt - _TOLERANCE.pt <= middle <= foot + _TOLERANCE.pt


def _outside(frame: PlacedFrame, left: float, right: float) -> float:
    """How far a letter stands out of the frame sideways, in points."""
    box = frame.box
    return max(box.left.pt - left, right - box.left.pt - box.width.pt, 0.0)


def _letters(pdf: bytes, margin: Length = _WIDE) -> Iterator[tuple[int, float, float, float]]:
    """Every printed letter: page, left, right and middle height, in points from the sheet's top left."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            height, text = page.get_height(), page.get_textpage()
            signs = text.get_text_range()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                if right > left and (index >= len(signs) or not signs[index].isspace()):
                    yield number + 1, left - margin.pt, right - margin.pt, height - (top + bottom) / 2
