"""What is laid out where text flows: its blocks, which of them begin a page, and what room each page has left.

The text is first laid out on one page that is as tall as all of it. All measures are in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from math import inf
from typing import Final
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from pressroom.render.page_boxes import PT_PER_PX, classes_of, placed_children
from pressroom.typesetting import FlowBlock, page_starts

# The style of a page that no text fills.
ONE_PAGE: Final = "@page { size: %s 1000000pt }"
# What rounding may add to a page; one that is overfull by less would lose its last block to the next.
_ROUNDING: Final = 0.5
_MOST_ROWS: Final = 12
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What it costs to begin a page with a block, where an empty page costs 12 (`typesetting/pages.py`).
_SECTION_THAT_FITS: Final = 3.0
_WITHOUT_TITLE: Final = 3.0
_WINDOW: Final = 4.0
_BOXES: Final = 0.2
_NEXT_BOX: Final = 1.2
_TEXT: Final = 0.8
_ALONE: Final = 1.2


@dataclass(frozen=True, slots=True)
class Window:
    """A window on a page: how tall it is, and may be."""

    height: float
    most: float


@dataclass(frozen=True, slots=True)
class FlowPlan:
    """How a text is shared out over pages.

    `style` says which blocks begin a page. `rooms` is what each page has left, `pages` the page of an illustration by
    its class. There are so many `rows` to write on, and the last `by_hand` elements for the reader's hand have no room.
    """

    style: str = ""
    rooms: tuple[float, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    rows: int = 0
    by_hand: int = 0


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of the text: its element and its section's, its classes, and where it is."""

    element: Element
    section: Element
    names: frozenset[str]
    top: float
    foot: float


def flow_plan(
    root: Element, document: Document, growth: Mapping[str, float], height: float, row: float = 0.0
) -> FlowPlan:
    """Where pages of this height begin in a text that is laid out on one, from the tree of `root`.

    `growth` is by how much an illustration may be taller, by its class; `row` how high a row to write on is.
    """
    found = [block for page in document.pages for block in _blocks(page._page_box)]
    if not found:
        return FlowPlan()
    height -= _ROUNDING
    hand = [block for block in found if "by-hand" in block.names]
    blocks = list(_moved_up(found))
    grows = [sum(growth.get(name, 0.0) for name in block.names) for block in blocks]
    placed = [
        FlowBlock(block.top, block.foot, cut, grow)
        for block, cut, grow in zip(blocks, _cuts(blocks, height), grows, strict=True)
    ]
    starts = page_starts(placed, height)
    pages = list(pairwise((0, *starts, len(blocks))))
    rooms = [max(0.0, height - (blocks[end - 1].foot - blocks[start].top)) for start, end in pages]
    drawn = {name: page for page, (start, end) in enumerate(pages) for b in blocks[start:end] for name in b.names}
    rows, left_out, rooms[-1] = _by_hand(hand, found, rooms[-1], row)
    return FlowPlan(_style(root, [blocks[start].element for start in starts]), tuple(rooms), drawn, rows, left_out)


def _blocks(box: boxes.Box) -> Iterator[_Block]:
    for child in placed_children(box):
        if "flow" in classes_of(child):
            for part in (part for part in placed_children(child) if part.border_height()):
                yield from _of_part(part)
        elif child.element is not None and not isinstance(child, boxes.MarginBox):
            yield from _blocks(child)


def _of_part(part: boxes.Box) -> Iterator[_Block]:
    """The blocks of a section, which lists are parted into; anything else is one block."""
    inside = [part]
    if "passage" in classes_of(part):
        inside = [
            block
            for child in placed_children(part)
            for block in (placed_children(child) if child.element_tag in ("ol", "ul") else [child])
        ]
    for block in inside:
        top, foot = block.border_box_y(), block.border_box_y() + block.border_height()
        if block is inside[0]:
            top = part.border_box_y()
        yield _Block(block.element, part.element, classes_of(block), top * PT_PER_PX, foot * PT_PER_PX)


def _moved_up(found: Sequence[_Block]) -> Iterator[_Block]:
    """The blocks as if nothing for the reader's hand were between them."""
    up, foot = 0.0, 0.0
    for block in found:
        if "by-hand" in block.names:
            up, foot = up + block.foot - foot, block.foot
        else:
            yield _Block(block.element, block.section, block.names, block.top - up, block.foot - up)
            foot = block.foot


def _by_hand(hand: Sequence[_Block], found: Sequence[_Block], room: float, row: float) -> tuple[int, int, float]:
    """How many rows to write on there are, what is left out for want of room, and the room that is left."""
    for number, block in enumerate(hand):
        before = found[found.index(block) - 1] if block is not found[0] else block
        taken = block.foot - before.foot
        if taken > room:
            return 0, len(hand) - number, room
        room -= taken
    more = min(_MOST_ROWS - 1, int(room / row)) if hand and row else 0
    return (1 + more if hand else 0), 0, room - more * row


def _cuts(blocks: Sequence[_Block], height: float) -> Iterator[float]:
    """What it costs to begin a page with each block."""
    fits: dict[Element, float] = {}
    for section, inside in groupby(blocks, key=lambda block: block.section):
        first, *others = inside
        tallest = (others or [first])[-1].foot - first.top
        fits[section] = _SECTION_THAT_FITS if tallest <= height else 0.0
    for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        if before is None or "last" in block.names or before.element.tag in _HEADINGS:
            yield inf
        elif before.section is not block.section:
            yield 0.0 if "passage" in (before.section.get("class") or "").split() else _WITHOUT_TITLE
        else:
            yield _cut(before, block, after) + (0.0 if _begins_boxes(before, block) else fits[block.section])


def _begins_boxes(before: _Block, block: _Block) -> bool:
    return "notice-box" in block.names and "notice-box" not in before.names


def _cut(before: _Block, block: _Block, after: _Block | None) -> float:
    """What it costs to begin a page with this block of a section."""
    if "notice-box" in block.names:
        return _BOXES if _begins_boxes(before, block) else _NEXT_BOX
    if "illustrated" in block.names:
        return _WINDOW
    if block.element.tag in _HEADINGS:
        return _TEXT / 2
    # The first of a list, or its last, is not alone on a page, nor is the end of a text.
    is_first = block.element.tag == "li" != before.element.tag
    is_last = after is None or after.section is not block.section
    return _TEXT + (_ALONE if is_first or is_last else 0.0)


def row_height(document: Document) -> float:
    """The height of the first row to write on; 0 if there is none."""
    rows = (box for page in document.pages for box in page._page_box.descendants() if "row-to-write" in classes_of(box))
    return next((float(box.border_height()) * PT_PER_PX for box in rows), 0.0)


def _style(root: Element, begins: Sequence[Element]) -> str:
    """The style by which these elements begin a page, and sections go on where it says."""
    parents = {child: parent for parent in root.iter() for child in parent}
    rules = [".passage { break-inside: auto }"]
    rules += [f"{_path(element, parents)} {{ break-before: page; margin-top: 0 }}" for element in begins]
    return "\n".join(rules)


def _path(element: Element, parents: Mapping[Element, Element]) -> str:
    """A selector of this element alone: by its place in what it is in, from the text that flows on."""
    steps: list[str] = []
    while "flow" not in (element.get("class") or "").split():
        parent = parents[element]
        steps.insert(0, f":nth-child({list(parent).index(element) + 1})")
        element = parent
    return " > ".join([".flow", *steps])


def shared_out(room: float, windows: Sequence[Window]) -> list[float]:
    """The height of each window of a page with this room left: they grow alike, each as far as it may."""
    heights = [window.height for window in windows]
    wishes = sorted(range(len(windows)), key=lambda at: windows[at].most - windows[at].height)
    for count, at in enumerate(wishes):
        grows = max(0.0, min(windows[at].most - windows[at].height, room / (len(windows) - count)))
        heights[at] += grows
        room -= grows
    return heights
