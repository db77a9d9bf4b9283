"""Previews: a finished PDF goes in, one PNG a page comes out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

import pypdfium2

_DPI: Final = 150


def previews(pdf: bytes) -> Iterator[bytes]:
    """Every page at 150 dpi. Compressed lightly: they are looked at, not kept."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            picture = document[number].render(scale=_DPI / 72).to_pil()
            out = io.BytesIO()
            picture.save(out, format="PNG", compress_level=1)
            yield out.getvalue()
