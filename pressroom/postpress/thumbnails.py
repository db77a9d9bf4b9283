"""Draws small pictures of a file's first pages, so that people recognise a paper before they print it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

import pypdfium2
from PIL import Image

# Pixels: twice as many as a page for staff shows, for screens that have two dots in each.
_WIDTH: Final = 440
_TALLEST: Final = 560
_COLOURS: Final = 32
# The front and the back.
PAGES: Final = 2


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A picture of a page: a PNG, and its width and height in pixels."""

    png: bytes
    width: int
    height: int


def thumbnails(pdf: bytes, pages: int = PAGES) -> tuple[Thumbnail, ...]:
    """Pictures of the first pages of a PDF; none if it can't be drawn."""
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return tuple(_thumbnail(document[number]) for number in range(min(pages, len(document))))
    except pypdfium2.PdfiumError:
        return ()


def _thumbnail(page: pypdfium2.PdfPage) -> Thumbnail:
    width, height = page.get_size()
    scale = min(_WIDTH / width, _TALLEST / height)
    # Drawn twice as large and made smaller: pdfium's own small letters are thin.
    large = page.render(scale=2 * scale).to_pil().convert("RGB")
    small = large.resize((round(width * scale), round(height * scale)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return Thumbnail(out.getvalue(), *small.size)
