"""Reads the lines of text of every element from laid-out pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes

# In the text of a line: a picture or a line to write on.
_OTHER: Final = " \ufffc "


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line: its text, and the width of that and of its column in CSS pixels."""

    text: str
    width: float
    column: float


def lines_by_element(document: Document) -> dict[Element, list[TextLine]]:
    """The lines of each element in order, on all pages, without text that a style adds."""
    found: dict[Element, list[TextLine]] = {}
    for page in document.pages:
        _gather(page._page_box, found)
    return found


def visible(sign: str) -> bool:
    """True for a visible character: not a space, and not one that only guides line breaks."""
    return not sign.isspace() and unicodedata.category(sign) != "Cf"


def signs(text: str) -> int:
    """The number of visible characters."""
    return sum(map(visible, text))


def _gather(box: boxes.Box, found: dict[Element, list[TextLine]]) -> None:
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)  # what is placed absolutely leaves a placeholder where it was written
        if isinstance(child, boxes.LineBox) and not _is_written_by_style(child):
            found.setdefault(child.element, []).append(_line(child, box.width))
        _gather(child, found)


def _is_written_by_style(box: boxes.Box) -> bool:
    return "::" in (box.element_tag or "::")


def _line(line: boxes.LineBox, column: float) -> TextLine:
    leaves = list(_leaves(line))
    edges = [edge for leaf in leaves for edge in (leaf.position_x, leaf.position_x + leaf.width) if leaf.width]
    text = "".join(leaf.text if isinstance(leaf, boxes.TextBox) else _OTHER for leaf in leaves)
    return TextLine(text, max(edges, default=0.0) - min(edges, default=0.0), column)


def _leaves(box: boxes.Box) -> Iterator[boxes.Box]:
    for child in box.children:
        if isinstance(child, boxes.Box) and _is_written_by_style(child):
            continue
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _leaves(child)
        elif isinstance(child, boxes.Box):  # else a placeholder
            yield child
