"""Reads laid-out pages: every element's lines of text, the places of boxes, and what is painted around frames."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes

# A CSS pixel is 1/96 inch, a point 1/72.
PT_PER_PX: Final = 0.75
# In the text of a line: a picture or a line to write on.
_OTHER: Final = " \ufffc "
# Left, top, right, bottom in CSS pixels from the page's top left.
Rectangle = tuple[float, float, float, float]
# What a sheet holds besides frames; drawn once, in the base.
_SHAPES: Final = frozenset({"art", "area", "proof"})


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line: its text, and the width of that and of its column in CSS pixels.

    A table is as wide as its longest words: `over` is by how much it is wider than its `place`.
    """

    text: str
    width: float
    column: float
    over: float = 0.0
    place: float = 0.0


def lines_by_element(document: Document) -> dict[Element, list[TextLine]]:
    """The lines of each element in order, on all pages, without text that a style adds."""
    lines: dict[Element, list[TextLine]] = {}
    for page in document.pages:
        _gather(page._page_box, lines)
    return lines


def line_edges(document: Document) -> Iterator[tuple[float, float]]:
    """The left and right edge of each line of all pages, in points from the page's left, without what a style adds."""
    for page in document.pages:
        yield from _edges(page._page_box)


def _edges(box: boxes.Box) -> Iterator[tuple[float, float]]:
    if isinstance(box, boxes.LineBox) and not is_written_by_style(box):
        leaves = [leaf for leaf in _leaves(box) if leaf.width]
        if leaves:
            left = min(leaf.position_x for leaf in leaves)
            yield left * PT_PER_PX, max(leaf.position_x + leaf.width for leaf in leaves) * PT_PER_PX
    for child in placed_children(box):
        yield from _edges(child)


def visible(sign: str) -> bool:
    """True for a visible character: not a space, and not one that only guides line breaks."""
    return not sign.isspace() and unicodedata.category(sign) != "Cf"


def signs(text: str) -> int:
    """The number of visible characters."""
    return sum(map(visible, text))


def _gather(box: boxes.Box, lines: dict[Element, list[TextLine]], table: tuple[float, float] = (0.0, 0.0)) -> None:
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)  # what is placed absolutely leaves a placeholder where it was written
        if isinstance(child, boxes.LineBox) and not is_written_by_style(child):
            lines.setdefault(child.element, []).append(_line(child, box.width, table))
        is_table = isinstance(child, boxes.BlockBox) and child.is_table_wrapper
        _gather(child, lines, (max(0.0, child.margin_width() - box.width), box.width) if is_table else table)


def is_written_by_style(box: boxes.Box) -> bool:
    """True for what a style adds before or after an element, or around one."""
    return "::" in (box.element_tag or "::")


def _line(line: boxes.LineBox, column: float, table: tuple[float, float]) -> TextLine:
    return TextLine(leaves_text(line), line_extent(line), column, *table)


def line_extent(line: boxes.LineBox) -> float:
    """The width of what is in a line, in CSS pixels."""
    leaves = _leaves(line)
    edges = [edge for leaf in leaves for edge in (leaf.position_x, leaf.position_x + leaf.width) if leaf.width]
    return max(edges, default=0.0) - min(edges, default=0.0)


def leaves_text(line: boxes.LineBox) -> str:
    """The text of a line, without what a style adds."""
    return "".join(leaf.text if isinstance(leaf, boxes.TextBox) else _OTHER for leaf in _leaves(line))


def _leaves(box: boxes.Box) -> Iterator[boxes.Box]:
    for child in box.children:
        if isinstance(child, boxes.Box) and is_written_by_style(child):
            continue
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _leaves(child)
        elif isinstance(child, boxes.Box):  # else a placeholder
            yield child


def paints_around(document: Document) -> bool:
    """True where pages paint or write outside frames, shapes and marks: joined, it would lie over what is below."""
    return any(_colours(page._page_box.canvas_background) or _shows(page._page_box) for page in document.pages)


def _shows(box: boxes.Box) -> bool:
    if isinstance(box, boxes.TextBox):
        return bool(box.text.strip())
    return _paints(box) or any(
        _shows(child) for child in placed_children(box) if not (classes_of(child) & {"frame", *_SHAPES})
    )


def _paints(box: boxes.Box) -> bool:
    """True where the box itself paints, whatever is in it."""
    borders = (getattr(box, f"border_{side}_width", 0) for side in ("top", "right", "bottom", "left"))
    return isinstance(box, boxes.ReplacedBox) or _colours(getattr(box, "background", None)) or any(borders)


def _colours(background: Any) -> bool:  # noqa: ANN401  WeasyPrint publishes no type
    """False of none, and of one that is clear, as every page has."""
    return background is not None and (background.color.alpha > 0 or any(one.image for one in background.layers))


def classes_of(box: boxes.Box) -> frozenset[str]:
    """The classes of a box's element."""
    return frozenset((box.element.get("class") or "").split()) if box.element is not None else frozenset()


def place_of(box: boxes.Box) -> Rectangle:
    """A box with its borders."""
    left, top = box.border_box_x(), box.border_box_y()
    return left, top, left + box.border_width(), top + box.border_height()


def placed_children(box: boxes.Box) -> Iterator[boxes.Box]:
    """What is in a box, what is placed in it absolutely as well."""
    return (getattr(child, "_box", child) for child in getattr(box, "children", ()))
