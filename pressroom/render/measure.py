"""Measures the height and width of text in the real layout.

WeasyPrint drops what an absolutely placed frame can't hold at the foot of a page. So the same page is laid out on a
sheet three metres tall and a metre wider on each side, where nothing is lost; the end marks give the heights.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from weasyprint import Document

from pressroom.compose import Composition, PlacedFrame
from pressroom.diagnostics import Span, diagnostic
from pressroom.language import Language
from pressroom.layout import Layout
from pressroom.render.cache import CacheKey, Overrun, RenderCache, frame_cache_key
from pressroom.render.copyfit import Sizes, TextHeight
from pressroom.render.engine import Engine, RenderError
from pressroom.render.line_ends import Composed, compose_lines, frames
from pressroom.render.page_boxes import PT_PER_PX, lines_by_element
from pressroom.units import ZERO, Length, mm

_TALL: Final = mm(3000)
_WIDE: Final = mm(1000)
# Ascenders and marks of tall scripts extend out of their line by up to this, and are not overset.
_TOLERANCE: Final = mm(0.5)
# Letters of any script extend this far, in em, out of the word they begin or end: J does by 0.08 in Noto Sans.
_HANGS: Final = 0.1


class Letter(NamedTuple):
    """A printed letter's place in points from the sheet's top left, and its colour as one number."""

    left: float
    right: float
    middle: float
    colour: int = 0


@dataclass(slots=True)
class Gauge:
    """Measures one composition, in its locale's language; frames that `cache` knows are not laid out again."""

    engine: Engine
    layout: Layout
    composition: Composition
    language: Language
    cache: RenderCache = field(default_factory=RenderCache)
    # The pages that show a frame, by its mark: which sizes are the last ones is known only later.
    laid_out: dict[str, tuple[Engine, Document]] = field(default_factory=dict)
    _marks: CacheKey = field(init=False)
    _parts: dict[frozenset[str], Engine] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._marks = frame_cache_key(self.composition, self.layout.name)

    def __call__(self, sizes: Sizes) -> dict[str, TextHeight]:
        """The height of the text of every frame, and of its slots, at these sizes."""
        bare = sizes.of_text
        marks = {frame.name: self._marks.of(frame.name, bare) for frame in self.composition.frames}
        known = self.cache.heights
        new = [frame for frame in self.composition.frames if marks[frame.name] not in known]
        if new:
            document = self._lay_out(bare, new)
            known |= {marks[frame.name]: _measured(document, frame) for frame in new}
        return {name: known[mark] for name, mark in marks.items()}

    def _lay_out(self, sizes: Sizes, frames: Sequence[PlacedFrame], more: str = "") -> Document:
        """The pages with these frames on the large sheet, without a proof's marks."""
        engine = self._engine_of(frozenset(frame.name for frame in frames))
        kinds = dict.fromkeys(engine.slot_kinds, 0.0) | sizes.slot
        page = f"@page {{ size: {(self.layout.width + _WIDE * 2).css()} {_TALL.css()}; margin: 0 {_WIDE.css()} }}"
        hidden = ".proof, .overset, .art { display: none }"
        return engine.lay_out(replace(sizes, slot=kinds).css() + page + hidden + more)

    def _engine_of(self, names: frozenset[str]) -> Engine:
        if len(names) == len(self.composition.frames):
            return self.engine
        if names not in self._parts:
            self._parts[names] = self.engine.of_part(self.composition.only(names))
        return self._parts[names]

    def sideways(self, sizes: Sizes) -> dict[str, Overrun]:
        """The frames whose text runs out sideways (an unbreakable word) of the frame or of a column in it."""
        marks = self._marks_beside(sizes)
        # Anchors don't show this: letters' rectangles are read from a PDF, and lines are compared with their columns.
        known = self.cache.sideways
        new = [frame for frame in self.composition.frames if marks[frame.name] not in known]
        if new:
            engine = self._engine_of(frozenset(frame.name for frame in new))
            document = self._lay_out(sizes, new, "".join(map(_coloured, count(1), new)))
            spills = self._spills(engine.sketch(document), sizes, new)
            columns = _out_of_column(engine, document)
            for frame in new:
                wide = (spills.get(frame.name, Overrun()), columns.get(frame.name, Overrun()))
                known[marks[frame.name]] = max(wide, key=lambda one: one.over)
            pages = engine, document
            self.laid_out |= {marks[frame.name]: pages for frame in new}
        return {name: known[mark] for name, mark in marks.items() if known[mark].over > 0}

    def composed(self, sizes: Sizes) -> list[Composed]:
        """The paragraphs that are better broken elsewhere, at sizes whose width was measured before."""
        known, marks = self.cache.composed, self._marks_beside(sizes)
        if new := [frame for frame in self.composition.frames if marks[frame.name] not in known]:
            if unseen := [frame for frame in new if marks[frame.name] not in self.laid_out]:
                engine = self._engine_of(frozenset(frame.name for frame in unseen))
                pages = engine, self._lay_out(sizes, unseen)
                self.laid_out |= {marks[frame.name]: pages for frame in unseen}
            shown: dict[int, list[str]] = {}
            for frame in new:
                shown.setdefault(id(self.laid_out[marks[frame.name]]), []).append(frame.name)
            for names in shown.values():
                engine, document = self.laid_out[marks[names[0]]]
                found = compose_lines(engine.root, document, names)
                known |= {marks[name]: tuple(one for one in found if one.frame == name) for name in names}
        return [one for frame in self.composition.frames for one in known[marks[frame.name]]]

    def _marks_beside(self, sizes: Sizes) -> dict[str, str]:
        return {frame.name: self._mark_beside(frame, sizes) for frame in self.composition.frames}

    def _mark_beside(self, frame: PlacedFrame, sizes: Sizes) -> str:
        """The frame's cache key with its type size, which decides how far letters may extend out of it."""
        return f"{self._marks.of(frame.name, sizes.across)} {sizes.body[frame.group]:.4g}"

    def _spills(self, sketch: bytes, sizes: Sizes, new: Sequence[PlacedFrame]) -> dict[str, Overrun]:
        """How far the letters of new frames extend out of their frame; a long word may end in another panel."""
        over: dict[str, Overrun] = {}
        for letter in _letters(sketch):
            if not 0 < letter.colour <= len(new):
                continue  # of no frame
            frame = new[letter.colour - 1]
            left = frame.box.left.pt
            spill = max(left - letter.left, letter.right - left - frame.box.width.pt)
            if spill > max(overhang_of(self.language, sizes.body[frame.group]), over.get(frame.name, Overrun()).over):
                over[frame.name] = Overrun(spill, frame.box.width.pt)
        return over


def _out_of_column(engine: Engine, document: Document) -> dict[str, Overrun]:
    """How far lines run out of their column, which may be beside another one in the same frame."""
    over: dict[str, Overrun] = {}
    lines = lines_by_element(document)
    for name, frame in frames(engine.root):
        for line in (line for element in frame.iter() for line in lines.get(element, ())):
            spill = (line.width - line.column) * PT_PER_PX
            if spill > max(_TOLERANCE.pt, over.get(name, Overrun()).over):
                over[name] = Overrun(spill, line.column * PT_PER_PX)
    return over


def _coloured(number: int, frame: PlacedFrame) -> str:
    """A style that gives all text in a frame a colour of its own, to recognise its letters on the page."""
    selector = f".frame-{frame.name}" * 4
    within = ", ".join((selector, f"{selector} *", f"{selector} *::before", f"{selector} *::after"))
    return f"{within} {{ color: #{number:06x} !important; opacity: 1 !important }}\n"


def overhang_of(language: Language, size: float) -> float:
    """How far letters of a language may extend out of their line at this size, in points."""
    return max(_TOLERANCE.pt, max(language.overhang, _HANGS) * size)


def _measured(document: Document, frame: PlacedFrame) -> TextHeight:
    anchors = document.pages[frame.page - 1].anchors
    if f"end-{frame.name}" not in anchors:
        message, hint = f"a style hides the frame {frame.name!r}", "a layout without it leaves it out of layout.toml"
        raise RenderError(diagnostic("text-hidden", Span("layouts"), message, hint))
    slots: dict[str, float] = {}
    for name in anchors:
        kind = name.removeprefix("stop-").removesuffix(f"-{frame.name}")
        if name == f"stop-{kind}-{frame.name}":
            slots[kind] = (anchors[name][1] - anchors[f"slot-{kind}-{frame.name}"][1]) * PT_PER_PX
    return TextHeight(anchors[f"end-{frame.name}"][1] * PT_PER_PX - frame.box.top.pt, slots)


def widest(pdf: bytes, layout: Layout, overhang: float = 0.0) -> Length:
    """How far the widest line of a flowing layout runs out of its margins by more than `overhang` points."""
    over = 0.0
    foot = layout.height.pt - layout.safe.pt
    for letter in _letters(pdf, ZERO):
        if layout.safe.pt < letter.middle < foot:
            over = max(over, layout.safe.pt - letter.left, letter.right - (layout.width.pt - layout.safe.pt))
    return Length(over) if over > max(_TOLERANCE.pt, overhang) else ZERO


def _letters(pdf: bytes, margin: Length = _WIDE) -> Iterator[Letter]:
    """Every printed letter of a PDF whose sheet has this margin at each side."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            height, text = page.get_height(), page.get_textpage()
            signs = text.get_text_range()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                if right > left and (index >= len(signs) or not signs[index].isspace()):
                    ends = left - margin.pt, right - margin.pt
                    yield Letter(*ends, height - (top + bottom) / 2, _colour(text, index))


def _colour(text: pypdfium2.PdfTextPage, index: int) -> int:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    return red.value << 16 | green.value << 8 | blue.value
