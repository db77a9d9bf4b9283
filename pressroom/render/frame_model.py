"""Reads the frames of a laid-out document as trees of blocks, which have a height at every size without a layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import nan
from typing import Any, Final
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from pressroom.render.copyfit import Sizes
from pressroom.render.line_breaks import has_hyphens, measured_parts
from pressroom.render.page_boxes import classes_of, is_written_by_style, placed_children
from pressroom.render.paragraphs import Block as Lines
from pressroom.render.paragraphs import Nodes, Reader, Unread, blocks
from pressroom.render.restyled import Styles
from pressroom.render.shaping import shape
from pressroom.typesetting.blocks import Block, Laid, Text, Unmodelled
from pressroom.typesetting.stacks import Setter

# CSS pixels by which a block may be elsewhere than in the layout that was read.
SAME: Final = 0.05
_ROWS: Final = "lines-to-write"
_ALIGNED: Final = {"center": "center", "end": "end", "flex-end": "end"}


@dataclass(frozen=True, slots=True, eq=False)
class FrameModel:
    """A frame as blocks. `words` are the texts that were read, with the lines that they were read from."""

    block: Block
    styles: Styles
    words: dict[Block, Words]
    anchors: dict[str, Block]
    numbers: dict[Element, int]
    # The elements for rows to write on, and how many rows were written into each since the frame was read.
    for_rows: tuple[int, ...] = ()
    rows: int = 0

    def at(self, sizes: Sizes) -> Laid:
        """The frame at these sizes. Raises Unmodelled."""
        return Setter(self.styles.at(sizes)).frame(self.block)

    def numbered(self, element: int) -> int:
        """The number that an element has now that rows are written in."""
        return element + self.rows * sum(number < element for number in self.for_rows)

    def number_of(self, element: Element) -> int:
        """An element's number in the frame."""
        return self.numbered(self.numbers[element])


@dataclass(frozen=True, slots=True)
class Words:
    """A text that was read: its signs, where each of its parts starts in them, and the tree that it is in."""

    lines: Lines
    starts: tuple[int, ...]
    nodes: Nodes


def read_frames(
    root: Element, document: Document, names: Mapping[Element, str], sizes: Sizes
) -> Iterator[tuple[str, FrameModel | str]]:
    """The model of each of these frames, by its name, in a document laid out at these sizes; or why it has none."""
    reader, styles = Reader(root), Styles()
    lines = {id(one.box): one for one in blocks(document)}
    for page in document.pages:
        for box in frame_boxes(page._page_box, names):
            builder = Builder(reader, styles, lines, list(box.element.iter()))
            try:
                yield names[box.element], builder.model(box, names[box.element], sizes)
            except (Unmodelled, Unread) as why:
                yield names[box.element], str(why) or type(why).__name__


def frame_boxes(box: boxes.Box, names: Mapping[Element, str]) -> Iterator[boxes.Box]:
    """The boxes of these frames."""
    for child in placed_children(box):
        if child.element in names and isinstance(child, boxes.BlockBox) and not is_written_by_style(child):
            yield child
        else:
            yield from frame_boxes(child, names)


class Builder:
    """Builds the blocks of one frame from boxes that are laid out."""

    def __init__(self, reader: Reader, styles: Styles, lines: dict[int, Lines], elements: list[Element]) -> None:
        self.reader, self.styles, self.lines = reader, styles, lines
        self.numbers = {element: number for number, element in enumerate(elements)}
        self.words: dict[Block, Words] = {}
        self.anchors: dict[str, Block] = {}

    def model(self, box: boxes.Box, name: str, sizes: Sizes) -> FrameModel:
        """The model of a frame that was laid out at these sizes. Raises Unmodelled and Unread."""
        self.top = box.border_box_y()
        model = self.framed(self.block(box), name)
        seen = Setter(self.styles.at(sizes), as_seen=True).frame(model.block)
        if problem := _differs(seen, 0.0):
            raise Unmodelled(problem)
        return model

    def framed(self, block: Block, name: str) -> FrameModel:
        """The model of a frame whose outermost block this is."""
        self.styles.frames[block.style] = name
        rows = tuple(
            number for element, number in self.numbers.items() if _ROWS in (element.get("class") or "").split()
        )
        return FrameModel(block, self.styles, self.words, self.anchors, self.numbers, rows)

    def seen(self, box: boxes.Box) -> tuple[float, float, float]:
        """Where a block was seen: its top in the frame, height and width."""
        return nan if _is_moved(box) else box.border_box_y() - self.top, box.border_height(), box.width

    def block(self, box: boxes.Box, *, is_item: bool = False, align: str = "stretch") -> Block:
        """The block of a box. Raises Unmodelled and Unread."""
        is_own = not is_written_by_style(box) and box.element is not None
        aside = box.is_absolutely_positioned()
        if box.is_floated() or box.is_table_wrapper:
            raise Unmodelled("what floats" if box.is_floated() else "a table")
        common: dict[str, Any] = {
            "style": self.styles.number(box.style),
            "element": self.numbers.get(box.element, -1) if is_own else -1,
            "closed": is_item or box.establishes_formatting_context(),
            "aside": aside,
            "align": align,
            "names": classes_of(box) if is_own else frozenset(),
            "seen": self.seen(box),
        }
        block = self._of_kind(box, common)
        if is_own and (anchor := box.element.get("id")):
            self.anchors[anchor] = block
        return block

    def _of_kind(self, box: boxes.Box, common: dict[str, Any]) -> Block:
        if isinstance(box, boxes.ReplacedBox):
            ratio = box.replacement.get_intrinsic_size(box.style["image_resolution"], box.style["font_size"])[2]
            return Block("picture", ratio=ratio or 0.0, **common)
        if isinstance(box, boxes.FlexBox):
            children = [self._item(child, box) for child in placed_children(box)]
            wraps = box.style["flex_wrap"] == "wrap"
            return Block("row", children=tuple(children), wraps=wraps, **common)
        if not isinstance(box, boxes.BlockBox | boxes.BlockContainerBox):
            raise Unmodelled(f"a {type(box).__name__}")
        lines = [child for child in box.children if isinstance(child, boxes.LineBox)]
        if not lines:
            children = [self.block(child) for child in placed_children(box)]
            return Block("stack", children=tuple(children), **common)
        if any(isinstance(child, boxes.InlineBlockBox) and not is_written_by_style(child) for child in _inline(lines)):
            return self._boxes(box, lines, common)
        asides = tuple(self.block(child) for line in lines for child in _asides(line))
        text, words = self.text(box, lines)
        block = Block("text", text=text, children=asides, **common)
        self.made(block, lines)
        if words:
            self.words[block] = words
        return block

    def _boxes(self, box: boxes.Box, lines: list[boxes.LineBox], common: dict[str, Any]) -> Block:
        """Boxes with text in them, in lines: one after another, each line as tall as its tallest."""
        inside = list(_inline(lines))
        texts = [child for child in inside if not isinstance(child, boxes.InlineBlockBox)]
        children = [child for child in inside if isinstance(child, boxes.InlineBlockBox)]
        is_text = any(child.text.strip() for child in texts)
        if is_text or any(child.style["vertical_align"] != "top" for child in children):
            raise Unmodelled("a box in a line of text")
        spaces = [shape(" ", child.style).advances[0] for child in texts]
        apart = max(spaces, default=0.0) / box.style["font_size"]
        blocks = tuple(self.block(child, is_item=True) for child in children)
        return Block("boxes", children=blocks, apart=apart, **common)

    def _item(self, box: boxes.Box, around: boxes.Box) -> Block:
        align = box.style["align_self"]
        if "auto" in align or "normal" in align:
            align = around.style["align_items"]
        if around.style["flex_wrap"] == "wrap-reverse" or not around.style["flex_direction"] == "row":
            raise Unmodelled("a row that turns round")
        return self.block(box, is_item=True, align=next((_ALIGNED[one] for one in align if one in _ALIGNED), "stretch"))

    def text(self, box: boxes.Box, lines: list[boxes.LineBox]) -> tuple[Text, Words | None]:
        """The text of a block in these lines. Raises Unread."""
        heights = self.heights(box, lines)
        read = self.lines.get(id(box))
        if read is None:
            return Text((), box.style["font_size"], **heights), None
        text, words = self.measured(box, read, len(lines))
        space = self.reader.space_behind(read)
        is_wider = abs(box.width - text.width - space) < SAME
        return replace(text, width=text.width + space if is_wider else text.width, **heights), words

    def made(self, block: Block, lines: list[boxes.LineBox]) -> None:
        """A text in these lines became this block."""

    def heights(self, box: boxes.Box, lines: list[boxes.LineBox]) -> dict[str, Any]:
        """How many lines a text was seen to take, and how tall they are beyond their lead."""
        lead, size = box.style["line_height"], box.style["font_size"]
        lead = lead * size if isinstance(lead, int | float) else getattr(lead, "value", 0.0)
        boxed = [line for line in lines if line.height > lead + SAME and _has_box(line)]
        taller = sum(line.height - lead for line in lines if line not in boxed)
        above = sum(line.baseline for line in boxed)
        by_box = (len(boxed), above, sum(line.height for line in boxed) - above)
        return {"seen": len(lines), "taller": taller, "boxed": by_box}

    def measured(self, box: boxes.Box, read: Lines, lines: int) -> tuple[Text, Words]:
        """A text that is as wide as its signs. Raises Unread."""
        self.reader.read(read)
        parts = list(measured_parts(read, hyphens=False))
        plain = tuple(part for part, _ in parts)
        parted = tuple(part for part, _ in measured_parts(read, hyphens=True)) if has_hyphens(read) else ()
        text = Text(
            plain,
            box.style["font_size"],
            lines,
            widest=max((part.widest for part in parted or plain), default=0.0),
            width=max((part.width for part in plain), default=0.0),
            parted=parted,
            zone=box.style["hyphenate_limit_zone"].value / 100,
            anywhere=box.style["overflow_wrap"] != "normal",
        )
        return text, Words(read, tuple(start for _, start in parts), self.reader.nodes)


def _inline(lines: Iterable[boxes.Box]) -> Iterator[boxes.Box]:
    """The texts of lines, and boxes in them that have lines of their own."""
    for line in lines:
        for child in line.children:
            if isinstance(child, boxes.TextBox) or (
                isinstance(child, boxes.InlineBlockBox)
                and any(isinstance(one, boxes.LineBox) for one in child.descendants())
            ):
                yield child
            elif isinstance(child, boxes.InlineBox):
                yield from _inline([child])


def _has_box(line: boxes.Box) -> bool:
    """True of a line with a picture in it, or a line to write on."""
    return any(
        isinstance(child, boxes.AtomicInlineLevelBox) or (isinstance(child, boxes.InlineBox) and _has_box(child))
        for child in line.children
        if isinstance(child, boxes.Box) and not is_written_by_style(child)
    )


def _is_moved(box: boxes.Box) -> bool:
    """True of what is painted elsewhere than it takes its room."""
    return box.style["position"] == "relative" and any(box.style[side] != "auto" for side in ("top", "bottom"))


def _asides(box: boxes.Box) -> Iterator[boxes.Box]:
    """What is placed absolutely in a line."""
    for child in getattr(box, "children", ()):
        placed = getattr(child, "_box", child)
        if placed.is_absolutely_positioned():
            yield placed
        elif isinstance(placed, boxes.InlineBox):
            yield from _asides(placed)


def _differs(laid: Laid, top: float) -> str:
    """Where a block is, if not where it was seen; placed blocks aside."""
    block = laid.block
    here = (top, laid.height, laid.width)
    if any(abs(one - other) > SAME for one, other in zip(here, block.seen, strict=True)):
        return f"{block.kind} {block.names or block.element} is at {here}, not {block.seen}"
    for child in laid.children:
        if not child.block.aside and (problem := _differs(child, top + child.top)):
            return problem
    return ""
