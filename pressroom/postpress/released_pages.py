"""Draws the pages of a released file as small pictures, to hold a paper beside them."""

from __future__ import annotations

import io
from typing import Final

import pypdfium2
from PIL import Image

# Pixels: small print can be read, and a page has some 30 kB.
_WIDTH: Final = 900
_COLOURS: Final = 64
PAGES: Final = 16


def released_pages(pdf: bytes) -> tuple[bytes, ...]:
    """A PNG of each page, of the first sixteen. Raises pypdfium2.PdfiumError if the file can't be drawn."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(_picture(document[number]) for number in range(min(PAGES, len(document))))


def _picture(page: pypdfium2.PdfPage) -> bytes:
    # Drawn twice as large and made smaller: small letters would be thin.
    large = page.render(scale=2 * _WIDTH / page.get_width()).to_pil().convert("RGB")
    small = large.resize((large.width // 2, large.height // 2), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
