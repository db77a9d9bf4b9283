"""Finds where the words of each message are on laid-out pages: a rectangle for each line of text.

A page that is composed for a live view has marks around the words of messages (`TokenStore.filled`). They are comments,
which are taken out of the tree before it is laid out: so the pages are those of a page without marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from pressroom.render.page_boxes import (
    PT_PER_PX,
    Rectangle,
    classes_of,
    is_written_by_style,
    line_extent,
    placed_children,
    signs,
)

_SAY: Final = "say "
_ALT: Final = "alt "
_SAID: Final = "said"
# What a page with marks has.
MARKED: Final = f"<!--{_SAY}"
_FLOW: Final = "flow"


@dataclass(slots=True)
class Spoken:
    """The mark of each element's own text: marks with a number of visible characters each, in order.

    An element with no text of its own, such as a picture, has the mark of the words that it is in, or is read as.
    """

    texts: dict[Element, list[tuple[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """The words with one mark in one frame of a page; `rows` are in points from the page's top left, one a line.

    `left` is how much of the last line's column is free, in points.
    """

    page: int
    frame: str
    mark: str
    rows: tuple[Rectangle, ...]
    left: float


def take_marks(root: Element) -> Spoken:
    """The marks of a tree, which are taken out of it: it is then as it would be without them."""
    spoken = Spoken()
    _take(root, "", spoken)
    return spoken


def _take(element: Element, mark: str, spoken: Spoken) -> str:
    """Go through an element and return the mark that what follows it has."""
    alternative, kept = "", list[Element]()
    texts = spoken.texts[element] = [(mark, signs(element.text or ""))]
    for child in element:
        if not callable(child.tag):
            if alternative:
                mark, alternative, before = alternative, "", mark
                _take(child, mark, spoken)
                mark = before
            else:
                mark = _take(child, mark, spoken)
            kept.append(child)
        else:
            said = child.text or ""
            if said.startswith(_SAY):
                mark = said.removeprefix(_SAY)
            elif said == _SAID:
                mark = ""
            elif said.startswith(_ALT):
                alternative = said.removeprefix(_ALT)
            _join(element, kept, child)
        texts.append((mark, signs(child.tail or "")))
    element[:] = kept
    return mark


def _join(element: Element, before: list[Element], comment: Element) -> None:
    """Give the text after a comment to what is before it."""
    tail = comment.tail or ""
    if tail and before:
        before[-1].tail = (before[-1].tail or "") + tail
    elif tail:
        element.text = (element.text or "") + tail


def places_of_words(document: Document, spoken: Spoken) -> list[Place]:
    """Where the words of these pages are: for each mark in each frame of a page one place, in the order of the page."""
    reader = _Reader(spoken)
    found: list[Place] = []
    for number, page in enumerate(document.pages, start=1):
        lines: dict[tuple[str, str], dict[int, _Leaf]] = {}
        for leaf in reader.leaves(page._page_box, "", None):
            rows = lines.setdefault((leaf.frame, leaf.mark), {})
            before = rows.get(leaf.line, leaf)
            rows[leaf.line] = replace(leaf, place=_around(before.place, leaf.place))
        for (frame, mark), rows in lines.items():
            *_, last = rows.values()
            found.append(Place(number, frame, mark, tuple(row.place for row in rows.values()), last.left))
    return found


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A text or a picture: its frame and mark, its place, what tells its line from others, and what that has left."""

    frame: str
    mark: str
    place: Rectangle
    line: int
    left: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, and how much of its column is free, in points."""

    box: Any
    left: float


@dataclass(slots=True)
class _Reader:
    """Reads boxes in order, and counts how much of each element's text was read."""

    spoken: Spoken
    read: dict[Element, int] = field(default_factory=dict)

    def leaves(self, box: boxes.Box, frame: str, line: _Line | None) -> Iterator[_Leaf]:
        """The leaves in a box that have a mark."""
        for child in placed_children(box):
            if is_written_by_style(child) and not isinstance(child, boxes.ParentBox):
                continue
            classes = classes_of(child)
            here = _frame_named(classes) if "frame" in classes else _FLOW if _FLOW in classes else frame
            if isinstance(child, boxes.TextBox | boxes.ReplacedBox):
                yield from self._leaf(child, here, line or _Line(child, 0.0))
            elif isinstance(child, boxes.LineBox):
                left = max(0.0, box.width - line_extent(child)) * PT_PER_PX
                yield from self.leaves(child, here, _Line(child, left))
            else:
                yield from self.leaves(child, here, line)

    def _leaf(self, box: Any, frame: str, line: _Line) -> Iterator[_Leaf]:  # noqa: ANN401  WeasyPrint has no types
        mark = self._mark(box)
        if mark and box.width:
            yield _Leaf(frame, mark, _place(box), id(line.box), line.left)

    def _mark(self, box: Any) -> str:  # noqa: ANN401
        texts = self.spoken.texts.get(box.element, [])
        if isinstance(box, boxes.ReplacedBox) or len({mark for mark, _ in texts}) == 1:
            return texts[0][0] if texts else ""
        # Several messages in one element: they are told apart by how much was read of its text.
        before = self.read.get(box.element, 0)
        count = signs(box.text)
        self.read[box.element] = before + count
        middle, end = before + count / 2, 0
        for mark, length in texts:
            end += length
            if middle < end:
                return mark
        return texts[-1][0] if texts and count else ""


def _frame_named(classes: frozenset[str]) -> str:
    return next(name.removeprefix("frame-") for name in classes if name.startswith("frame-"))


def _place(box: Any) -> Rectangle:  # noqa: ANN401
    """The box without the room that leading gives it, and what its letters paint beyond it; in points."""
    left, top = box.position_x + box.margin_left, box.position_y + box.margin_top
    place = left, top, left + box.width, top + box.height
    if isinstance(box, boxes.TextBox):
        place = _around(place, _ink(box, left))
    return place[0] * PT_PER_PX, place[1] * PT_PER_PX, place[2] * PT_PER_PX, place[3] * PT_PER_PX


def _ink(box: Any, left: float) -> Rectangle:  # noqa: ANN401
    """Where a text paints, in CSS pixels: marks of many scripts are above or below the box of their line."""
    layout = box.pango_layout
    # As WeasyPrint does to draw it.
    layout.reactivate(box.style)
    ink = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(layout.get_first_line()[0], ink, ffi.NULL)
    layout.deactivate()
    right, foot = ink.x + ink.width, ink.y + ink.height
    base = box.position_y + box.baseline
    return (
        left + ink.x * FROM_UNITS,
        base + ink.y * FROM_UNITS,
        left + right * FROM_UNITS,
        base + foot * FROM_UNITS,
    )


def _around(one: Rectangle, other: Rectangle) -> Rectangle:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
