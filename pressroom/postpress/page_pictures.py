"""Takes pictures of a file's pages to be looked at on a screen, quickly: they are compressed a little."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pypdfium2

from pressroom.fingerprint import content_hash

_QUICK: Final = 1


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a PNG, its size in pixels, and in points; `drawn` is a hash of its pixels."""

    png: bytes = field(repr=False)
    pixels: tuple[int, int]
    width: float
    height: float
    drawn: str


def page_pictures(pdf: bytes, dpi: int, known: dict[str, bytes]) -> Iterator[PagePicture]:
    """A picture of each page; `known` are PNGs by the hash of their pixels. Raises pypdfium2.PdfiumError."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=dpi / 72, rev_byteorder=True).to_pil()
            drawn = content_hash(repr(picture.size).encode() + picture.tobytes())
            png = known.get(drawn)
            if png is None:
                out = io.BytesIO()
                picture.save(out, "PNG", compress_level=_QUICK)
                png = out.getvalue()
            yield PagePicture(png, picture.size, page.get_width(), page.get_height(), drawn)
