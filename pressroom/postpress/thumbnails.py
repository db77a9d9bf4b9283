"""Draws small pictures of a file's first pages, so that people recognise a paper before they print it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import chain
from typing import Final

import pypdfium2
from PIL import Image

# Pixels: twice as many as a page for staff shows, for screens that have two dots in each.
_WIDTH: Final = 440
_TALLEST: Final = 560
_COLOURS: Final = 32
_WHITE: Final = (255, 255, 255)
_ALMOST_WHITE: Final = 246
# The highest level takes six times as long, for one hundredth less.
_COMPRESSED: Final = 6
# The front and the back.
_PAGES: Final = 2


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A picture of a page: a PNG, and its width and height in pixels."""

    png: bytes
    width: int
    height: int


def thumbnails(pdf: bytes) -> tuple[Thumbnail, ...]:
    """Pictures of the first pages of a PDF; none if it can't be drawn."""
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return tuple(_thumbnail(document[number]) for number in range(min(_PAGES, len(document))))
    except pypdfium2.PdfiumError:
        return ()


def _thumbnail(page: pypdfium2.PdfPage) -> Thumbnail:
    width, height = page.get_size()
    scale = min(_WIDTH / width, _TALLEST / height)
    # Drawn twice as large and made smaller: pdfium's own small letters are thin.
    small = page.render(scale=2 * scale).to_pil().convert("RGB").reduce(2)
    out = io.BytesIO()
    small.quantize(palette=_palette(small), dither=Image.Dither.NONE).save(out, "PNG", compress_level=_COMPRESSED)
    return Thumbnail(out.getvalue(), *small.size)


def _palette(picture: Image.Image) -> Image.Image:
    """White, and the colours of a quarter of the dots: all that fill a place. Looking at all dots takes most time."""
    sample = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.NEAREST)
    found = sample.quantize(_COLOURS - 1).getpalette() or []
    colours = [found[at : at + 3] for at in range(0, 3 * (_COLOURS - 1), 3)]
    # Pillow takes a colour for another one that is only a little darker, and paper is to be white.
    others = (colour for colour in colours if colour and min(colour) < _ALMOST_WHITE)
    palette = Image.new("P", (1, 1))
    palette.putpalette([*_WHITE, *chain.from_iterable(others)])
    return palette
