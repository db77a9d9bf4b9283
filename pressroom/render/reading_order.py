"""Finds words that a style moves before words which the document has before them, or out of their line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from pressroom.render.page_boxes import is_written_by_style, placed_children

# CSS pixels: less is rounding.
_NEAR: Final = 1.5
# How far a block may reach into the one before it, in heights of a line: lines are set tighter than their letters.
_CLOSE: Final = 0.4
# What holds patients' words; a proof's marks have their own order.
_TEXT: Final = frozenset({"frame", "flow"})


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one element on a page: their place in CSS pixels from the page's top left, and what they say."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    line: float
    text: str

    def joined(self, other: _Block) -> _Block:
        """The place of both; what follows on another page counts where it begins."""
        if other.page != self.page:
            return self
        left, top = min(self.left, other.left), min(self.top, other.top)
        right, bottom = max(self.right, other.right), max(self.bottom, other.bottom)
        return _Block(self.page, left, top, right, bottom, self.line, self.text + other.text)

    def follows(self, before: _Block, *, rtl: bool) -> bool:
        """True if a reader comes here after `before`: below it, or beside it in the direction of the frame."""
        if self.page != before.page:
            return self.page > before.page
        beside = self.right <= before.left + _NEAR if rtl else self.left >= before.right - _NEAR
        return beside or self.top >= before.bottom - _CLOSE * min(self.line, before.line) - _NEAR


def out_of_order(document: Document, root: Element) -> list[str]:
    """What the blocks say that are not where a reader comes to them, and the words moved in their line."""
    blocks: list[tuple[Element, _Block]] = []
    moved: list[str] = []
    for number, page in enumerate(document.pages):
        for element, block in _blocks(page._page_box, number, moved):
            # A number on a line of its own divides its paragraph: the words before and after it are two blocks.
            if blocks and blocks[-1][0] is element:
                blocks[-1] = (element, blocks[-1][1].joined(block))
            else:
                blocks.append((element, block))
    return moved + [text for frame in _frames(root) for text in _wrong(frame, blocks)]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The elements of a frame by their place in the document, their ancestors in it, and its direction."""

    places: dict[Element, int]
    ancestors: dict[Element, frozenset[Element]]
    rtl: bool


def _frames(root: Element) -> Iterator[_Frame]:
    for sheet in root.iter("section"):
        for part in (part for part in sheet if _TEXT & {*(part.get("class") or "").split()}):
            ancestors: dict[Element, frozenset[Element]] = {part: frozenset()}
            for element in part.iter():
                ancestors |= dict.fromkeys(element, ancestors[element] | {element})
            places = {element: place for place, element in enumerate(part.iter())}
            yield _Frame(places, ancestors, (part.get("dir") or sheet.get("dir")) == "rtl")


def _wrong(frame: _Frame, blocks: Sequence[tuple[Element, _Block]]) -> Iterator[str]:
    """The texts of a frame's blocks that don't follow the one before, on the page or in the document."""
    for (before, above), (element, block) in pairwise(pair for pair in blocks if pair[0] in frame.places):
        earlier = frame.places[element] < frame.places[before] and element not in frame.ancestors[before]
        if earlier or not block.follows(above, rtl=frame.rtl):
            yield block.text


def _blocks(box: boxes.Box, page: int, moved: list[str]) -> Iterator[tuple[Element, _Block]]:
    for child in placed_children(box):
        if is_written_by_style(child):
            continue
        if isinstance(child, boxes.LineBox):
            text = "".join(_words(child, moved))
            if any(map(str.isalnum, text)):
                left, top = box.content_box_x(), child.position_y
                place = (left, top, left + box.width, top + child.height)
                yield child.element, _Block(page, *place, line=child.height, text=text)
        yield from _blocks(child, page, moved)


def _words(box: boxes.Box, moved: list[str]) -> Iterator[str]:
    """The text of a line; what a style shifts sideways out of its place is added to `moved`."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.TextBox):
            yield child.text
        elif isinstance(child, boxes.InlineBox):
            texts = list(_words(child, moved))
            if _is_shifted(child) and any(map(str.isalnum, "".join(texts))):
                moved.append("".join(texts))
            yield from texts


def _is_shifted(box: boxes.Box) -> bool:
    sides = (box.style[side] for side in ("left", "right")) if box.style["position"] == "relative" else ()
    shifted = any(side != "auto" and side.value for side in sides)
    return shifted or min(box.margin_left, box.margin_right) < -_NEAR
