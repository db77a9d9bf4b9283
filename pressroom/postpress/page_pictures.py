"""Takes pictures of a file's pages to be looked at on a screen, quickly: they are compressed a little."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pypdfium2

_QUICK: Final = 1


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a PNG, its size in pixels, and in points."""

    png: bytes = field(repr=False)
    pixels: tuple[int, int]
    width: float
    height: float


def page_pictures(pdf: bytes, dpi: int) -> Iterator[PagePicture]:
    """A picture of each page. Raises pypdfium2.PdfiumError."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=dpi / 72).to_pil()
            out = io.BytesIO()
            picture.save(out, "PNG", compress_level=_QUICK)
            yield PagePicture(out.getvalue(), picture.size, page.get_width(), page.get_height())
