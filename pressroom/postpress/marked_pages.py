"""Pictures of the pages of a file with places on them marked: where a page differs from the one that was signed."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pypdfium2
from PIL import Image, ImageDraw

from pressroom.drawing import Rectangle

_RED = (200, 0, 0)
_GRAY = (120, 120, 120)
_MARGIN = 2.0


def marked_pages(pdf: bytes, places: Mapping[int, Sequence[Rectangle]], dpi: int) -> dict[int, bytes]:
    """A PNG of each page (from 1) that has places, with a red frame around each; places are in points.

    Raises:
        pypdfium2.PdfiumError: the PDF can't be drawn.
    """
    pictures: dict[int, bytes] = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for number in sorted(places):
            if number <= len(document):
                page = document[number - 1]
                picture = page.render(scale=dpi / 72).to_pil().convert("RGB")
                pictures[number] = _marked(picture, page.get_height(), places[number], dpi)
    return pictures


def outlined_page(
    size: tuple[float, float], marks: Sequence[Rectangle], places: Sequence[Rectangle], dpi: int
) -> bytes:
    """A PNG of a page whose file is lost: the boxes of its marks in gray, with a red frame around each place."""
    picture = Image.new("RGB", (round(size[0] * dpi / 72), round(size[1] * dpi / 72)), (255, 255, 255))
    draw = ImageDraw.Draw(picture)
    for mark in marks:
        draw.rectangle(_pixels(mark, size[1], dpi, 0), outline=_GRAY)
    return _marked(picture, size[1], places, dpi)


def _marked(picture: Image.Image, height: float, places: Sequence[Rectangle], dpi: int) -> bytes:
    draw = ImageDraw.Draw(picture)
    for place in places:
        draw.rectangle(_pixels(place, height, dpi, _MARGIN), outline=_RED, width=max(2, dpi // 60))
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _pixels(box: Rectangle, height: float, dpi: int, margin: float) -> tuple[float, float, float, float]:
    """A box in pixels from the top left corner; the corners of a link's area may be written in any order."""
    scale = dpi / 72
    left, right = sorted(box[::2])
    bottom, top = sorted(box[1::2])
    return (
        (left - margin) * scale,
        (height - top - margin) * scale,
        (right + margin) * scale,
        (height - bottom + margin) * scale,
    )
