"""Reads the frames of a page that is not laid out: its boxes have their styles and texts already, but no lines.

Only lines whose height can't be known are laid out, each by itself: those that hold more than text, or type of
another size or font that may be taller than the rest. What is read so is compared with the pages that are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, combinations, islice
from math import inf, nan
from typing import Any, Final
from xml.etree.ElementTree import Element

import weasyprint.document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import iter_line_boxes
from weasyprint.layout.preferred import max_content_width, min_content_width
from weasyprint.text.line_break import strut

from pressroom.render.copyfit import Sizes
from pressroom.render.frame_model import SAME, Builder, FrameModel, Words, frame_boxes
from pressroom.render.page_boxes import is_written_by_style
from pressroom.render.paragraphs import Block as Lines
from pressroom.render.paragraphs import Reader, Unread
from pressroom.render.restyled import Styles
from pressroom.render.shaping import extents
from pressroom.typesetting.blocks import Block, Text, Unmodelled
from pressroom.typesetting.stacks import Setter

_lay_out = weasyprint.document.layout_document
# No text is wider (CSS pixels).
_WIDE: Final = 100_000.0
# By how much a line may be taller and count as even (CSS pixels).
_EVEN: Final = 0.005
_SIDES: Final = tuple(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right"))
_BORDERS: Final = ("border_left_width", "border_right_width")
# Fonts in one text whose combinations are looked at.
_FEW: Final = 4


@dataclass(frozen=True, slots=True)
class BoxTree:
    """The boxes of a page before it is laid out, and WeasyPrint's context for a layout."""

    root: boxes.Box
    context: Any


@contextmanager
def without_layout() -> Iterator[list[BoxTree]]:
    """Inside this context a page is not laid out: its boxes are put into the list."""
    found: list[BoxTree] = []

    def keep(_html: Any, root: boxes.Box, context: Any) -> list[Any]:  # noqa: ANN401  WeasyPrint publishes no types
        found.append(BoxTree(root, context))
        return []

    weasyprint.document.layout_document = keep
    try:
        yield found
    finally:
        weasyprint.document.layout_document = _lay_out


def read_tree(
    root: Element, tree: BoxTree, names: Mapping[Element, str], sizes: Sizes
) -> Iterator[tuple[str, FrameModel]]:
    """The model of each of these frames that can be read, by its name, with styles computed at these sizes."""
    reader, styles = Reader(root), Styles()
    # What WeasyPrint asks of the page that a line is on: that it is the first, and has no end.
    tree.context.current_page = 1
    tree.context.page_bottom = inf
    tree.context.create_block_formatting_context()
    for box in frame_boxes(tree.root, names):
        builder = _TreeBuilder(reader, styles, tree.context, list(box.element.iter()))
        try:
            yield names[box.element], builder.model(box, names[box.element], sizes)
        except (Unmodelled, Unread):
            continue


@dataclass(slots=True)
class _Read:
    """A text of a box that was read, its line before it is laid out, and if lines of it may be taller than others."""

    text: Text
    words: Words | None
    line: boxes.LineBox
    is_uneven: bool
    block: Block | None = None


class _TreeBuilder(Builder):
    """Builds the blocks of one frame from boxes that are not laid out."""

    def __init__(self, reader: Reader, styles: Styles, context: Any, elements: list[Element]) -> None:  # noqa: ANN401
        super().__init__(reader, styles, {}, elements)
        self.context = context
        self.read: dict[int, _Read] = {}
        self.widths: dict[int, float] = {}

    def model(self, box: boxes.Box, name: str, sizes: Sizes) -> FrameModel:
        """The model of a frame. Raises Unmodelled and Unread."""
        block = self.block(box)
        self.styles.frames[block.style] = name
        # Asks for all lengths that are needed later: what is wrong with one is said now.
        laid = Setter(self.styles.at(sizes), as_seen=True).frame(block)
        if any(one.is_uneven for one in self.read.values()):
            # Widths depend on no height, so lines can be laid out that are as long as they will be.
            widths = {one.block: one.width for one, _ in laid.walk()}
            self.widths = {at: widths[one.block] for at, one in self.read.items() if one.block in widths}
            self.words, self.anchors = {}, {}
            block = self.block(box)
        return self.framed(block, name)

    def seen(self, box: boxes.Box) -> tuple[float, float, float]:
        """Where a block was seen: nowhere."""
        return nan, nan, nan

    def text(self, box: boxes.Box, lines: list[boxes.LineBox]) -> tuple[Text, Words | None]:
        """The text of a block."""
        (line,) = lines
        known = self.read.get(id(line))
        if known is None:
            known = self.read[id(line)] = self._read(box, line)
        elif known.is_uneven:
            laid = self._lines(line, box, self.widths[id(line)])
            return replace(known.text, **self.heights(box, laid)), known.words
        return known.text, known.words

    def made(self, block: Block, lines: list[boxes.LineBox]) -> None:
        """Remember which block a line became."""
        self.read[id(lines[0])].block = block

    def _read(self, box: boxes.Box, line: boxes.LineBox) -> _Read:
        # The first is the line itself.
        is_simple = all(map(_is_simple, islice(line.descendants(), 1, None)))
        if is_written_by_style(line) or box.element is None:
            return _Read(Text((), box.style["font_size"], 1), None, line, is_uneven=True)
        lines = [line] if is_simple else self._lines(line, box, _WIDE)
        own = Lines(line.element, nan, box.style, lines, box=box)
        text, words = self.measured(box, own, 1)
        if space := self.reader.space_behind(own):
            # Where a box is as wide as its text, WeasyPrint counts such a space behind a single word.
            most = max(width(self.context, box, outer=False) for width in (max_content_width, min_content_width))
            text = replace(text, width=text.width + space if abs(most - text.width - space) < SAME else text.width)
        return _Read(text, words, line, is_uneven=not (is_simple and _is_even(line)))

    def _lines(self, line: boxes.LineBox, around: boxes.Box, width: float) -> list[boxes.LineBox]:
        """The lines of a text in a block that is so wide."""
        around, line = around.copy(), line.copy()
        around.width, around.height = width, "auto"
        around.position_x = around.position_y = line.position_x = line.position_y = 0
        for name in _SIDES + _BORDERS:
            setattr(around, name, 0)
        found = iter_line_boxes(self.context, line, 0, -inf, None, around, [], [], None, None)
        return [one for one, _ in found]


def _is_simple(box: boxes.Box) -> bool:
    """True of text, and of an element in it that takes no room of its own."""
    if is_written_by_style(box) or not box.is_in_normal_flow():
        return bool(box.element_tag == "br::before")
    if isinstance(box, boxes.TextBox):
        return True
    style = box.style
    return (
        isinstance(box, boxes.InlineBox)
        and not any(style[side] for side in _BORDERS)
        and not any(getattr(style[side], "value", 1) for side in _SIDES)
    )


def _is_even(line: boxes.LineBox) -> bool:
    """True if no line of a text can be taller than another."""
    height, baseline = strut(line.style)
    texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox) and box.text.strip()]
    if not texts or any(box.style["vertical_align"] != "baseline" for box in line.descendants()):
        return False
    for box in line.descendants():
        tall, own = strut(box.style)
        above = [own]
        if isinstance(box, boxes.TextBox):
            faces = extents(box.text, box.style)
            if len(faces) > _FEW:
                return False
            above += [(tall + one - other) / 2 for one, other in map(_together, _some(faces))]
        if max(above) > baseline + _EVEN or tall - min(above) > height - baseline + _EVEN:
            return False
    return True


def _some(faces: list[tuple[float, float]]) -> Iterator[tuple[tuple[float, float], ...]]:
    """What may be on a line of the fonts of a text."""
    return chain.from_iterable(combinations(faces, number) for number in range(1, len(faces) + 1))


def _together(faces: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    return max(above for above, _ in faces), max(below for _, below in faces)
