"""Finds the pictures on laid-out pages, and says how much smaller one must be for its text to fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from pressroom.render.page_boxes import PT_PER_PX, classes_of, placed_children
from pressroom.units import Length

# Shares of a column that an author would write, and the least that still shows something.
_STEP: Final = 5
_LEAST: Final = 20


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture on a page: its address, and its printed width and height."""

    source: str
    width: Length
    height: Length


def placed_pictures(document: Document) -> tuple[PlacedPicture, ...]:
    """The document's pictures on all pages, in reading order; no icon, logo or code."""
    return tuple(picture for page in document.pages for picture in _pictures(page._page_box))


def _pictures(box: boxes.Box) -> Iterator[PlacedPicture]:
    if isinstance(box, boxes.ReplacedBox) and "image" in classes_of(box):
        size = (Length(side * PT_PER_PX) for side in (box.width, box.height))
        yield PlacedPicture(box.element.get("src", ""), *size)
    for child in placed_children(box):
        yield from _pictures(child)


def smaller_picture(pictures: Sequence[PlacedPicture], column: Length, over: Length) -> str:
    """The next move where text with pictures runs over: which picture is how tall, and the width at which all fits.

    A picture in a window has no height of its own, and is none to make smaller.
    """
    pictures = [picture for picture in pictures if picture.height.pt > 0]
    if not pictures:
        return ""
    tallest = max(pictures, key=lambda picture: picture.height)
    says = f"the picture {tallest.source} is {tallest.height.mm:.0f} mm tall"
    share = tallest.width.pt / column.pt * (1 - ceil(over.mm + 1) / tallest.height.mm) * 100
    width = int(share // _STEP * _STEP)
    if width < _LEAST:
        return f"{says}; take it out, or put it where there is more room"
    return f"{says}; write {{width={width}%}} behind it"
