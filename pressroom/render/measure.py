"""Measures the height and width of text in the real layout.

WeasyPrint drops what an absolutely placed frame can't hold at the foot of a page. So the same page is laid out on a
sheet three metres tall and a metre wider on each side, where nothing is lost; the end marks give the heights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from weasyprint import Document

from pressroom.compose import Composition, PlacedFrame
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language
from pressroom.layout import Layout
from pressroom.render.box_tree import BoxTree
from pressroom.render.cache import CacheKey, Measured, Overrun, RenderCache, frame_cache_key
from pressroom.render.copyfit import Sizes, TextHeight
from pressroom.render.engine import Engine, RenderError
from pressroom.render.line_ends import Composed, compose_lines, frames
from pressroom.render.page_boxes import PT_PER_PX, line_edges, lines_by_element
from pressroom.units import ZERO, Length, mm

_TALL: Final = mm(3000)
_WIDE: Final = mm(1000)
# Ascenders and marks of tall scripts extend out of their line by up to this, and are not overset.
TOLERANCE: Final = mm(0.5)
# Letters of any script extend this far, in em, out of the word they begin or end: J does by 0.08 in Noto Sans.
_HANGS: Final = 0.1


@dataclass
class Gauge:
    """Measures frames of one composition by laying them out, in its locale's language; `cache` remembers them."""

    engine: Engine
    layout: Layout
    composition: Composition
    language: Language
    cache: RenderCache = field(default_factory=RenderCache)
    _parts: dict[frozenset[str], Engine] = field(default_factory=dict)

    @cached_property
    def marks(self) -> CacheKey:
        """The keys of its frames; a piece that is set as another one asks for none."""
        return frame_cache_key(self.composition, self.layout.name)

    def of(self, composition: Composition) -> Gauge:
        """A gauge for another composition, which knows what this one has measured."""
        return Gauge(self.engine.of_part(composition.page), self.layout, composition, self.language, self.cache)

    def __call__(self, sizes: Sizes, frames: Sequence[PlacedFrame] | None = None) -> dict[str, TextHeight]:
        """The height of the text of these frames, or of every frame, and of their slots, at these sizes."""
        return {name: one.height for name, one in self._measured(sizes, frames).items()}

    def sideways(self, sizes: Sizes, frames: Sequence[PlacedFrame] | None = None) -> dict[str, Overrun]:
        """The frames whose text runs out sideways (an unbreakable word) of the frame or of a column in it."""
        found = self._measured(sizes, frames)
        return {name: one.overrun for name, one in found.items() if one.overrun.over > 0}

    def composed(self, sizes: Sizes, frames: Sequence[PlacedFrame] | None = None) -> list[Composed]:
        """The paragraphs that are better broken elsewhere."""
        return [paragraph for one in self._measured(sizes, frames).values() for paragraph in one.composed]

    def lay_out(self, sizes: Sizes, frames: Sequence[PlacedFrame]) -> tuple[Engine, Document]:
        """The pages with these frames on the large sheet, without a proof's marks, and their engine."""
        engine, css = self._to_lay_out(sizes, frames)
        return engine, engine.lay_out(css)

    @contextmanager
    def box_tree(self, sizes: Sizes, frames: Sequence[PlacedFrame]) -> Iterator[tuple[Engine, BoxTree]]:
        """The boxes of these pages before they are laid out, and their engine, as `Engine.box_tree`."""
        engine, css = self._to_lay_out(sizes, frames)
        with engine.box_tree(css) as tree:
            yield engine, tree

    def _to_lay_out(self, sizes: Sizes, frames: Sequence[PlacedFrame]) -> tuple[Engine, str]:
        engine = self._engine_of(frozenset(frame.name for frame in frames))
        kinds = dict.fromkeys(engine.slot_kinds, 0.0) | sizes.slot
        page = f"@page {{ size: {(self.layout.width + _WIDE * 2).css()} {_TALL.css()}; margin: 0 {_WIDE.css()} }}"
        hidden = ".proof, .overset, .art { display: none }"
        return engine, replace(sizes, slot=kinds).css() + page + hidden

    def _measured(self, sizes: Sizes, frames: Sequence[PlacedFrame] | None) -> dict[str, Measured]:
        bare, known = sizes.of_text, self.cache.measured
        asked = self.composition.frames if frames is None else frames
        marks = self.marks.of((frame.name for frame in asked), bare)
        if new := [frame for frame in asked if marks[frame.name] not in known]:
            engine, document = self.lay_out(bare, new)
            composed = compose_lines(engine.root, document, {frame.name for frame in new})
            wide = _out_of_column(engine, document)
            for frame in new:
                own = tuple(one for one in composed if one.frame == frame.name)
                known[marks[frame.name]] = Measured(
                    _height(engine, document, frame), wide.get(frame.name, Overrun()), own
                )
        return {name: known[mark] for name, mark in marks.items()}

    def _engine_of(self, names: frozenset[str]) -> Engine:
        if len(names) == len(self.composition.frames):
            return self.engine
        if names not in self._parts:
            self._parts[names] = self.engine.of_part(self.composition.only(names))
        return self._parts[names]


def _out_of_column(engine: Engine, document: Document) -> dict[str, Overrun]:
    """How far lines run out of their column, which may be beside another one in the same frame, or in a wide table."""
    over: dict[str, Overrun] = {}
    lines = lines_by_element(document)
    for name, frame in frames(engine.root):
        for line in (line for element in frame.iter() for line in lines.get(element, ())):
            spill = (line.width - line.column + line.over) * PT_PER_PX
            if spill > max(TOLERANCE.pt, over.get(name, Overrun()).over):
                over[name] = Overrun(spill, (line.place if line.over else line.column) * PT_PER_PX)
    return over


def overhang_of(language: Language, size: float) -> float:
    """How far letters of a language may extend out of their line at this size, in points."""
    return max(TOLERANCE.pt, max(language.overhang, _HANGS) * size)


def _height(engine: Engine, document: Document, frame: PlacedFrame) -> TextHeight:
    anchors = document.pages[frame.page - 1].anchors
    if f"end-{frame.name}" not in anchors:
        raise RenderError(_without_end(engine, document, frame))
    slots: dict[str, float] = {}
    for name in anchors:
        kind = name.removeprefix("stop-").removesuffix(f"-{frame.name}")
        if name == f"stop-{kind}-{frame.name}":
            slots[kind] = (anchors[name][1] - anchors[f"slot-{kind}-{frame.name}"][1]) * PT_PER_PX
    return TextHeight(anchors[f"end-{frame.name}"][1] * PT_PER_PX - frame.box.top.pt, slots)


def _without_end(engine: Engine, document: Document, frame: PlacedFrame) -> Diagnostic:
    """Why a frame has no end mark: its text is taller than the large sheet, or is not drawn at all."""
    lines, element = lines_by_element(document), dict(frames(engine.root)).get(frame.name)
    if frame.messages and element is not None and any(part in lines for part in element.iter()):
        message = (
            f"panel {frame.panel!r} ({frame.name}) is overset: its text is more than {_TALL.mm / 1000:.0f} metres tall"
        )
        return diagnostic("overset", frame.messages[0].span, message, "shorten it, or divide the document")
    message, hint = f"a style hides the frame {frame.name!r}", "a layout without it leaves it out of layout.toml"
    return diagnostic("text-hidden", Span("layouts"), message, hint)


def widest(document: Document, layout: Layout, overhang: float = 0.0) -> Length:
    """How far the widest line of a flowing layout runs out of its margins by more than `overhang` points."""
    left, right = layout.safe.pt, layout.width.pt - layout.safe.pt
    over = max((max(left - line[0], line[1] - right) for line in line_edges(document)), default=0.0)
    return Length(over) if over > max(TOLERANCE.pt, overhang) else ZERO
