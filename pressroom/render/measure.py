"""What text needs, measured in the real layout on paper without an end: sizes go in, heights and widths come out.

WeasyPrint drops what an absolutely placed frame can't hold at the foot of a page. So the same page is laid out on
a sheet three metres tall and a metre wider on each side, where nothing is lost, and the end marks tell the height.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pypdfium2
from weasyprint import Document

from pressroom.compose import Composition, PlacedFrame
from pressroom.diagnostics import Span, diagnostic
from pressroom.layout import Layout
from pressroom.render.copyfit import Heights, Sizes
from pressroom.render.engine import Engine, RenderError
from pressroom.render.memo import Measured, Memo, frame_marks, only
from pressroom.units import ZERO, Length, mm

_TALL: Final = mm(3000)
_WIDE: Final = mm(1000)
_PT_PER_PX: Final = 0.75
# Ascenders and marks of tall scripts hang out of their line by so much, and are not overset.
_TOLERANCE: Final = mm(0.5)


@dataclass(slots=True)
class Gauge:
    """Measures one composition; call it with sizes. `overhang` is the language's, in em.

    What `memo` has of a frame is not laid out again; what is measured goes into it.
    """

    engine: Engine
    layout: Layout
    composition: Composition
    overhang: float = 0.0
    memo: Memo = field(default_factory=Memo)
    _marks: dict[str, str] = field(default_factory=dict)
    _parts: dict[frozenset[str], Engine] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._marks = frame_marks(self.composition, self.layout.name)

    @property
    def frames(self) -> tuple[PlacedFrame, ...]:
        """The frames that something is written in."""
        return self.composition.frames

    def __call__(self, sizes: Sizes) -> Heights:
        """The height of the text of every frame, and of its slots, at these sizes."""
        bare = Sizes(sizes.body, sizes.gap, leading=sizes.leading)
        known = self.memo.heights.setdefault(bare.css(), {})
        new = [frame for frame in self.frames if self._marks[frame.name] not in known]
        if new:
            document = self._lay_out(bare, new)
            known |= {self._marks[frame.name]: _measured(document, frame) for frame in new}
        found = {frame.name: known[self._marks[frame.name]] for frame in self.frames}
        slots = {name: measured.slots for name, measured in found.items() if measured.slots}
        return Heights({name: measured.height for name, measured in found.items()}, slots)

    def _lay_out(self, sizes: Sizes, frames: Sequence[PlacedFrame]) -> Document:
        """The pages with these frames on the endless sheet, a proof's marks hidden."""
        engine = self._engine_of(frozenset(frame.name for frame in frames))
        kinds = dict.fromkeys(engine.slot_kinds, 0.0) | sizes.slot
        page = f"@page {{ size: {(self.layout.width + _WIDE * 2).css()} {_TALL.css()}; margin: 0 {_WIDE.css()} }}"
        hidden = ".proof, .overset, .art { display: none }"
        return engine.lay_out(replace(sizes, slot=kinds).css() + page + hidden)

    def _engine_of(self, names: frozenset[str]) -> Engine:
        if len(names) == len(self.frames):
            return self.engine
        if names not in self._parts:
            self._parts[names] = Engine(only(self.composition, names), self.engine.source)
        return self._parts[names]

    def sideways(self, sizes: Sizes, overset: Mapping[str, float]) -> dict[str, Length]:
        """The frames whose text runs out sideways (an unbreakable word), and by how much.

        Anchors can't tell it, so the letters' own rectangles are read from a PDF. `overset` tells how far a frame's
        text runs over downwards, in points.
        """
        known = self.memo.sideways.setdefault(sizes.css(), {})
        new = [frame for frame in self.frames if self._marks[frame.name] not in known]
        if new:
            found = self._spills(sizes, overset, new)
            for frame in self.frames:
                mark = self._marks[frame.name]
                known[mark] = max(found.get(frame.name, 0.0), known.get(mark, 0.0))
        over = {frame.name: known[self._marks[frame.name]] for frame in self.frames}
        return {name: Length(spill) for name, spill in over.items() if spill > 0}

    def hangs_out(self, size: float) -> float:
        """How far letters of this size, in points, may stand out of their frame sideways."""
        return max(_TOLERANCE.pt, self.overhang * size)

    def _spills(self, sizes: Sizes, overset: Mapping[str, float], new: Sequence[PlacedFrame]) -> dict[str, float]:
        """How far the letters of new frames stand out, by the frame they stand out of."""
        over: dict[str, float] = {}
        sketch = self._engine_of(frozenset(frame.name for frame in new)).sketch(self._lay_out(sizes, new))
        for page, left, right, middle in _letters(sketch):
            here = [f for f in self.frames if f.page == page and _beside(f, middle, overset.get(f.name, 0.0))]
            spills = sorted((_outside(frame, left, right), frame.name, frame.group) for frame in here)
            if not spills:
                continue
            spill, name, group = spills[0]
            if spill > self.hangs_out(sizes.body[group]):
                over[name] = max(over.get(name, 0.0), spill)
        return over


def _measured(document: Document, frame: PlacedFrame) -> Measured:
    anchors = document.pages[frame.page - 1].anchors
    if f"end-{frame.name}" not in anchors:
        message, hint = f"a style hides the frame {frame.name!r}", "a layout without it leaves it out of layout.toml"
        raise RenderError([diagnostic("text-hidden", Span("layouts"), message, hint)])
    slots: dict[str, float] = {}
    for name in anchors:
        kind = name.removeprefix("stop-").removesuffix(f"-{frame.name}")
        if name == f"stop-{kind}-{frame.name}":
            slots[kind] = (anchors[name][1] - anchors[f"slot-{kind}-{frame.name}"][1]) * _PT_PER_PX
    return Measured(anchors[f"end-{frame.name}"][1] * _PT_PER_PX - frame.box.top.pt, slots)


def widest(pdf: bytes, layout: Layout, overhang: float = 0.0) -> Length:
    """How far the widest line of a flowing layout runs out of its margins; a proof's marks stand in them.

    Letters may hang out by `overhang`, in points.
    """
    over = 0.0
    foot = layout.height.pt - layout.safe.pt
    for _, left, right, middle in _letters(pdf, ZERO):
        if layout.safe.pt < middle < foot:
            over = max(over, layout.safe.pt - left, right - (layout.width.pt - layout.safe.pt))
    return Length(over) if over > max(_TOLERANCE.pt, overhang) else ZERO


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
