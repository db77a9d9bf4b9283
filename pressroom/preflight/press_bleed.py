"""Looks at the edges of a press file's pages: what touches the trim must run over it, as far as its bleed.

No cutter cuts on the line. What ends on it leaves a white edge on one sheet, and is cut away on the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pypdfium2

from pressroom.preflight.facts import Box
from pressroom.preflight.page_view import SCALE, Raster, Rectangle, numbers
from pressroom.units import Length, mm

# What is so near to the trim touches it. A proof's marks are further inside.
_NEAR: Final = mm(0.75)
# How much of the bleed may be white at its outer end: a pixel and the rounding of boxes.
_END: Final = mm(0.35)
# The share of its length at the trim that something must still have at the end of its bleed.
_SHARE: Final = 0.9
# What is as narrow as its bleed may be a line that runs aslant: it is looked for beside its place too.
_ASLANT: Final = mm(3)
_WHITE: Final = 0xFFFFFF


def cut_short(
    pdf: bytes, trims: Sequence[Box], bleeds: Sequence[Box], marks: Sequence[tuple[int, Rectangle]] = ()
) -> Iterator[str]:
    """What touches a trim and does not run over it: its page, its edge and where, in words.

    `marks` are boxes with their page (from 0) that no press prints. Raises pypdfium2.PdfiumError.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        for number, (page, trim, bleed) in enumerate(zip(document, trims, bleeds, strict=True)):
            picture = Raster.of(page)
            unprinted = [box for at, box in marks if at == number]
            for edge, inner, outer in _strips(trim, bleed):
                at_trim = _inked(picture, inner, unprinted)
                if found := list(_ending(at_trim, _inked(picture, outer, unprinted))):
                    start, end = (Length(at / SCALE).mm for at in (found[0][0], found[-1][1]))
                    side = "foot" if edge in {"left", "right"} else "left edge"
                    yield f"page {number + 1}: at the {edge} of the trim, {start:.0f} to {end:.0f} mm from its {side}"


def _strips(trim: Box, bleed: Box) -> Iterator[tuple[str, Rectangle, Rectangle]]:
    """Each edge: the strip just inside the trim, and the one at the end of the bleed beside it."""
    near, end, pixel = _NEAR.pt, _END.pt, 1 / SCALE
    left, foot, right, head = trim
    yield "left", (left, foot, left + near, head), (bleed[0] + end - pixel, foot, bleed[0] + end, head)
    yield "right", (right - near, foot, right, head), (bleed[2] - end, foot, bleed[2] - end + pixel, head)
    yield "foot", (left, foot, right, foot + near), (left, bleed[1] + end - pixel, right, bleed[1] + end)
    yield "head", (left, head - near, right, head), (left, bleed[3] - end, right, bleed[3] - end + pixel)


def _inked(picture: Raster, strip: Rectangle, unprinted: Sequence[Rectangle]) -> list[bool]:
    """For each pixel along a strip, from its foot or its left: whether there is ink across it."""
    upright = strip[3] - strip[1] > strip[2] - strip[0]
    rows = [numbers(row) for row in picture.rows(strip)]
    across = rows[::-1] if upright else list(zip(*rows, strict=True))
    inked = [any(pixel & _WHITE != _WHITE for pixel in pixels) for pixels in across]
    for box in unprinted:
        if box[0] < strip[2] and strip[0] < box[2] and box[1] < strip[3] and strip[1] < box[3]:
            low, high = (box[1] - strip[1], box[3] - strip[1]) if upright else (box[0] - strip[0], box[2] - strip[0])
            start, end = max(0, int(low * SCALE) - 1), min(len(inked), int(high * SCALE) + 2)
            inked[start:end] = [False] * max(0, end - start)
    return inked


def _ending(at_trim: Sequence[bool], at_end: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The runs of ink at the trim that are not there at the end of the bleed."""
    aslant = round(_ASLANT.pt * SCALE)
    for start, end in _runs(at_trim):
        there = sum(at_end[start:end]) >= _SHARE * (end - start) - 2
        beside = end - start <= aslant and any(at_end[max(0, start - aslant) : end + aslant])
        if not (there or beside):
            yield start, end


def _runs(inked: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for at, ink in enumerate((*inked, False)):
        if ink and start is None:
            start = at
        elif not ink and start is not None:
            yield start, at
            start = None
