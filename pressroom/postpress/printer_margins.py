"""Measures a file that was corrected for a printer: what leaves the paper, or comes too near to its edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from pressroom.preflight.letters import box_of
from pressroom.preflight.page_view import Rectangle
from pressroom.units import Length

# Points: less is rounding.
_NEAR: Final = 0.3
# The share of a layout's safe distance that a correction must leave between words and the paper's edge.
_LEFT: Final = 0.5
_EDGES: Final = ("left", "lower", "right", "upper")
_DEPTH: Final = 5


@dataclass(frozen=True, slots=True)
class Beyond:
    """What a correction moves too far: the page (from 1), the paper's edge, by how much, and if that is off the paper.

    `words` is True for text, False for lines and pictures.
    """

    page: int
    edge: str
    by: Length
    words: bool
    off: bool

    def __str__(self) -> str:
        what = "words" if self.words else "a line or a picture"
        where = "over" if self.off else "too near to"
        return f"page {self.page}: {what} would be {self.by.mm:.1f} mm {where} the {self.edge} edge of the paper"


def moved_too_far(before: bytes, after: bytes, safe: Length, *, words_only: bool = False) -> Beyond | None:
    """The worst of what a correction moves off the paper or out of its safe area; None if all stays.

    Things that reach the edge before they are moved are left out: they bleed. Words keep half of the distance `safe`
    from the edge, where they had it before. `words_only` leaves out lines and pictures, for the marks of a proof.
    """
    with pypdfium2.PdfDocument(before) as old, pypdfium2.PdfDocument(after) as new:
        found = [
            beyond
            for number, (page, moved) in enumerate(zip(old, new, strict=True), start=1)
            for beyond in _beyond(number, page, moved, safe * _LEFT, words_only=words_only)
        ]
    return max(found, key=lambda beyond: (beyond.off, beyond.by), default=None)


def _beyond(number: int, page: Any, moved: Any, keeps: Length, *, words_only: bool) -> Iterator[Beyond]:  # noqa: ANN401
    paper: Rectangle = page.get_bbox()
    for old, new in zip(page.get_objects(max_depth=_DEPTH), moved.get_objects(max_depth=_DEPTH), strict=True):
        words = old.type == pdfium.FPDF_PAGEOBJ_TEXT
        if old.type == pdfium.FPDF_PAGEOBJ_FORM or (words_only and not words):
            continue
        was, now = _distances(box_of(old), paper), _distances(box_of(new), paper)
        if min(was) <= _NEAR:
            continue
        for edge, old_distance, distance in zip(_EDGES, was, now, strict=True):
            if distance < -_NEAR:
                yield Beyond(number, edge, Length(-distance), words, off=True)
            elif words and distance < keeps.pt - _NEAR and distance < old_distance - _NEAR:
                yield Beyond(number, edge, Length(keeps.pt - distance), words, off=False)


def _distances(box: Rectangle, paper: Rectangle) -> tuple[float, float, float, float]:
    """How far a box is inside the paper on each side, in the order of the edges."""
    return box[0] - paper[0], box[1] - paper[1], paper[2] - box[2], paper[3] - box[3]
