"""Measures a composition by numbers: its frames are read from one layout, and measured at any size without another.

A `Gauge` measures the others in the layout: frames with a table, with a text that can't be read, and each that a page
has shown to be of another height.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar
from xml.etree.ElementTree import Element

from weasyprint import Document

from pressroom.compose import Composition, PlacedFrame
from pressroom.render.box_tree import read_tree
from pressroom.render.cache import Overrun, Room
from pressroom.render.copyfit import Sizes, TextHeight
from pressroom.render.engine import Engine
from pressroom.render.frame_model import FrameModel, read_frames
from pressroom.render.line_breaks import measured_parts, parts_words
from pressroom.render.line_ends import TOO_WIDE, Composed, edits_of, ends_of, frames, is_plain
from pressroom.render.measure import TOLERANCE, Gauge
from pressroom.render.page_boxes import PT_PER_PX, TextLine, lines_by_element
from pressroom.render.paragraphs import Sign
from pressroom.render.quick_styles import quick_styles
from pressroom.render.shorter import shortened_model
from pressroom.typesetting.blocks import Laid, Unmodelled

Calculated = TypeVar("Calculated")
# How far, in points, a page may differ from what was calculated.
_AGREED = 0.1


class Disagreement(Exception):
    """Frames that are of another height on a page than was calculated."""

    def __init__(self, frames: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(frames)))
        self.frames = frames


@dataclass(slots=True)
class Numbers:
    """Measures a composition, as a `Gauge` does. Frames are read at the `usual` sizes, except `distrusted` ones.

    `models` are the frames that were read for this piece, by their mark, or why they could not be.
    """

    gauge: Gauge
    usual: Sizes
    distrusted: frozenset[str] = frozenset()
    models: dict[str, FrameModel | str] = field(default_factory=dict)

    @property
    def composition(self) -> Composition:
        """What is measured."""
        return self.gauge.composition

    @property
    def engine(self) -> Engine:
        """The engine with the styles of what is measured."""
        return self.gauge.engine

    @property
    def unread(self) -> tuple[tuple[str, str], ...]:
        """The frames that can only be measured in a layout, each with the reason."""
        models = {name: self.models.get(mark) for name, mark in self.gauge.marks.marks.items()} if self.models else {}
        return tuple((name, model) for name, model in models.items() if isinstance(model, str))

    def of(self, composition: Composition) -> Numbers:
        """Measures another composition of the piece, of which frames that are the same are not read again."""
        return Numbers(self.gauge.of(composition), self.usual, self.distrusted, self.models)

    def with_rows(self, composition: Composition, rows: Mapping[str, int]) -> Numbers:
        """Measures the composition with so many rows to write on in these frames, which changes no line of text."""
        other = self.of(composition)
        for name, number in rows.items():
            model = self.models.get(self.gauge.marks.marks[name])
            if isinstance(model, FrameModel):
                self.models[other.gauge.marks.marks[name]] = replace(model, rows=number)
        return other

    def __call__(self, sizes: Sizes) -> dict[str, TextHeight]:
        """The height of the text of every frame, and of its slots, at these sizes."""
        found = self._known(self.gauge.cache.heights, sizes.of_text, _height)
        return found | self.gauge(sizes, self._others(found))

    def sideways(self, sizes: Sizes) -> dict[str, Overrun]:
        """The frames whose text runs out sideways (an unbreakable word) of a column or a row in it."""
        found = self._known(self.gauge.cache.sideways, sizes.of_text, _overrun)
        wide = {name: one for name, one in found.items() if one.over > TOLERANCE.pt}
        return wide | self.gauge.sideways(sizes, self._others(found))

    def composed(self, sizes: Sizes) -> list[Composed]:
        """The paragraphs of more than one line, with the ends of their lines, at these sizes."""
        found = self._known(self.gauge.cache.composed, sizes.across, _composed)
        return [each for one in found.values() for each in one] + self.gauge.composed(sizes, self._others(found))

    def ends(self, sizes: Sizes) -> dict[str, float]:
        """Where the text of each frame ends below the top of its frame, in points, at the sizes that are drawn."""
        return {name: one.height for name, one in self._known(self.gauge.cache.heights, sizes, _height).items()}

    def texts(self, sizes: Sizes) -> dict[str, dict[int, Room]]:
        """The room of each text in a frame, by the number of its element, at the sizes that are drawn."""
        return self._known(self.gauge.cache.rooms, sizes, _rooms)

    def laid(self, sizes: Sizes, names: Collection[str]) -> dict[str, Laid]:
        """Those of these frames that need no layout, at these sizes; slots that they do not have are empty."""
        return {name: laid for name, (_, laid) in self._laid(sizes, names).items()}

    def shortened(self, name: str, sizes: Sizes, most: int) -> TextHeight | None:
        """The height of a frame with at most so many letters in each text; None if only a layout knows it."""
        sizes = replace(sizes.of_text, slot=dict.fromkeys(self.engine.slot_kinds, 0.0))
        model = self._models([name])[name] if name not in self.distrusted else ""
        if not isinstance(model, FrameModel):
            return None
        shorter = shortened_model(model, most)
        try:
            with quick_styles():
                return _height(name, shorter, shorter.at(sizes))
        except (Unmodelled, KeyError):
            return None

    def _laid(self, sizes: Sizes, names: Collection[str]) -> dict[str, tuple[FrameModel, Laid]]:
        sizes = replace(sizes, slot=dict.fromkeys(self.engine.slot_kinds, 0.0) | sizes.slot)
        found: dict[str, tuple[FrameModel, Laid]] = {}
        for name, model in self._models([name for name in names if name not in self.distrusted]).items():
            if isinstance(model, FrameModel):
                try:
                    with quick_styles():
                        laid = model.at(sizes)
                except Unmodelled:
                    continue
                # Without an end, only a layout says why there is none.
                if f"end-{name}" in model.anchors:
                    found[name] = model, laid
        return found

    def _known(
        self, known: dict[str, Calculated], sizes: Sizes, calculate: Callable[[str, FrameModel, Laid], Calculated]
    ) -> dict[str, Calculated]:
        """What is known or calculated of each frame at these sizes; frames that need a layout are left out."""
        names = [frame.name for frame in self.composition.frames if frame.name not in self.distrusted]
        slots = {name: sorted(sizes.own_slots.get(name, {}).items()) or "" for name in names}
        keys = {name: f"{key} {slots[name]}" for name, key in self.gauge.marks.of(names, sizes).items()}
        new = self._laid(sizes, [name for name in names if keys[name] not in known])
        known |= {keys[name]: calculate(name, model, laid) for name, (model, laid) in new.items()}
        return {name: known[key] for name, key in keys.items() if key in known}

    def _others(self, found: Collection[str]) -> list[PlacedFrame]:
        return [frame for frame in self.composition.frames if frame.name not in found]

    def _models(self, names: Collection[str]) -> dict[str, FrameModel | str]:
        """The model of each of these frames, or why it has none; those that are not known are laid out and read."""
        known, marks = self.models, self.gauge.marks.marks
        asked = [frame for frame in self.composition.frames if frame.name in names]
        if new := [frame for frame in asked if marks[frame.name] not in known]:
            known |= {marks[name]: model for name, model in self._read(new).items()}
        if new := [frame for frame in asked if marks[frame.name] not in known]:
            known |= {marks[name]: model for name, model in self._read_laid_out(new).items()}
        return {frame.name: known[marks[frame.name]] for frame in asked}

    def _read(self, new: Sequence[PlacedFrame]) -> dict[str, FrameModel]:
        """The models of those of these frames that need no layout to be read."""
        with self.gauge.box_tree(self.usual, new) as (engine, tree):
            return dict(read_tree(engine.root, tree, _elements(engine, new), self._without_slots(engine)))

    def _read_laid_out(self, new: Sequence[PlacedFrame]) -> dict[str, FrameModel | str]:
        engine, document = self.gauge.lay_out(self.usual, new)
        found: dict[str, FrameModel | str] = {frame.name: "no such box" for frame in new}
        with quick_styles():
            return found | dict(read_frames(engine.root, document, _elements(engine, new), self._without_slots(engine)))

    def _without_slots(self, engine: Engine) -> Sizes:
        return replace(self.usual, slot=dict.fromkeys(engine.slot_kinds, 0.0))


def _elements(engine: Engine, wanted: Sequence[PlacedFrame]) -> dict[Element, str]:
    names = {frame.name for frame in wanted}
    return {element: name for name, element in frames(engine.root) if name in names}


def disagreeing(
    document: Document,
    root: Element,
    composition: Composition,
    ends: Mapping[str, float],
    texts: Mapping[str, Mapping[int, Room]],
) -> frozenset[str]:
    """The frames whose text ends elsewhere on these pages than calculated, or has another column, or leaves it.

    The pages were laid out from the tree of `root`.
    """
    tops = {frame.name: (frame.page - 1, frame.box.top.pt) for frame in composition.frames}
    found: set[str] = set()
    for name, end in ends.items():
        page, top = tops[name]
        anchor = document.pages[page].anchors.get(f"end-{name}") if page < len(document.pages) else None
        if anchor is None or abs(anchor[1] * PT_PER_PX - top - end) > _AGREED:
            found.add(name)
    lines = lines_by_element(document) if texts else {}
    for name, frame in frames(root):
        elements = list(frame.iter()) if name in texts else []
        rooms = [(lines.get(elements[number], ()), room) for number, room in texts.get(name, {}).items()]
        if any(_leaves(line, room) for seen, room in rooms for line in seen):
            found.add(name)
    return frozenset(found)


def _leaves(line: TextLine, room: Room) -> bool:
    if abs(line.column - room.column) * PT_PER_PX > _AGREED:
        return True
    return (line.width - line.column) * PT_PER_PX > TOLERANCE.pt >= room.over * PT_PER_PX


def _rooms(name: str, model: FrameModel, frame: Laid) -> dict[int, Room]:
    """By element; one that is parted in several texts is left out, because their columns may differ."""
    rooms: dict[int, list[Room]] = {}
    for laid, _ in frame.walk():
        if laid.block.kind == "text" and laid.block.element >= 0:
            rooms.setdefault(model.numbered(laid.block.element), []).append(Room(laid.width, laid.over))
    return {number: found[0] for number, found in rooms.items() if len(found) == 1}


def _height(name: str, model: FrameModel, laid: Laid) -> TextHeight:
    tops = {one.block: top for one, top in laid.walk()}
    ends = {anchor: tops[block] * PT_PER_PX for anchor, block in model.anchors.items() if block in tops}
    slots: dict[str, float] = {}
    for anchor, end in ends.items():
        kind = anchor.removeprefix("stop-").removesuffix(f"-{name}")
        if anchor == f"stop-{kind}-{name}":
            slots[kind] = end - ends[f"slot-{kind}-{name}"]
    return TextHeight(ends[f"end-{name}"], slots)


def _overrun(name: str, model: FrameModel, frame: Laid) -> Overrun:
    wide = (Overrun(laid.over * PT_PER_PX, laid.width * PT_PER_PX) for laid, _ in frame.walk())
    return max(wide, key=lambda one: one.over)


_Held = tuple[tuple[int, str], ...]


def _composed(name: str, model: FrameModel, laid: Laid) -> tuple[Composed, ...]:
    return tuple(_paragraphs(name, model, laid))


def _paragraphs(name: str, model: FrameModel, laid: Laid) -> Iterator[Composed]:
    texts = list(_texts(laid, ()))
    counted: dict[int, int] = {}
    for one, _ in texts:
        counted[one.block.element] = counted.get(one.block.element, 0) + sum(one.lines)
    by_element: dict[int, list[tuple[Laid, _Held, dict[int, str]]]] = {}
    for one, held in texts:
        if ends := _ends(model, one):
            by_element.setdefault(one.block.element, []).append((one, held, ends))
    for element, group in by_element.items():
        signs: Sequence[tuple[list[Sign], dict[int, str]]] = [
            (model.words[one.block].lines.signs, ends) for one, _, ends in group
        ]
        first, held, _ = group[0]
        nodes = model.words[first.block].nodes
        edits = tuple(edits_of(nodes, signs, model.number_of))
        kept = tuple((model.numbered(number), style) for number, style in held)
        yield Composed(name, model.numbered(element), counted[element], first.width, edits, kept)


def _texts(laid: Laid, held: _Held) -> Iterator[tuple[Laid, _Held]]:
    """The texts of a block, with the elements around them whose widths come from what is in them."""
    if laid.block.kind == "text" and laid.block.element >= 0:
        yield laid, held
    for child in laid.children:
        kept = held
        if laid.block.kind == "row" and child.block.element >= 0:
            style = f"box-sizing: content-box; flex: none; width: {child.width:.4f}px"
            kept = (*held, (child.block.element, style))
        yield from _texts(child, kept)


def _ends(model: FrameModel, laid: Laid) -> dict[int, str]:
    words, text = model.words.get(laid.block), laid.block.text
    if words is None or text is None or sum(laid.lines) < 2 or not is_plain(words.lines):
        return {}
    if laid.over > TOO_WIDE:
        # The page would not follow: a line with a word that is too wide stays as the engine breaks it.
        return {}
    measure = text.measure(laid.width, laid.font)
    signs, lines = words.lines.signs, sum(laid.lines)
    whole = list(zip(text.parts, words.starts, strict=True))
    parted = parts_words(words.lines)
    ends = ends_of(signs, whole, measure, lines, parted=parted)
    if ends is None and parted:
        ends = ends_of(signs, list(measured_parts(words.lines, hyphens=True, short=True)), measure, lines)
    return ends or {}
