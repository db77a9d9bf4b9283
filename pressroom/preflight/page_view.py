"""A page drawn twice, with and without its text: what each letter is on, and whether anything of it shows."""

from __future__ import annotations

import ctypes
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from math import ceil, floor
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

SCALE: Final = 2.0
# Bytes: blue, green, red and one that is not used.
_PIXEL: Final = 4
_WHITE: Final = (255, 255, 255, 255)
# The share of a letter's ground that a colour must have to count as one that the letter is on.
_SHARE: Final = 0.25
# Where red, green and blue are in a pixel, which is blue, green, red and an unused byte.
_SHIFTS: Final = (16, 8, 0) if sys.byteorder == "little" else (8, 16, 24)
Colour = tuple[int, int, int]
# Left, bottom, right, top in points.
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels of a page, four bytes a pixel; positions are points from the foot of the paper."""

    pixels: bytearray
    stride: int
    width: int
    height: int
    left: float
    top: float

    @classmethod
    def of(cls, page: Any, part: Rectangle | None = None) -> Raster:  # noqa: ANN401  pypdfium2 publishes no types
        """Draw a page as it is now, or only a part of it, on the same grid of pixels."""
        left, bottom, right, top = page.get_bbox()
        box = part or (left, bottom, right, top)
        # Whole pixels from the top left, so that all pictures of a page have one grid.
        from_left, from_top = max(0, floor((box[0] - left) * SCALE)), max(0, floor((top - box[3]) * SCALE))
        crop = (from_left / SCALE, max(0.0, box[1] - bottom), max(0.0, right - box[2]), from_top / SCALE)
        made: list[bytearray] = []
        bitmap = page.render(scale=SCALE, prefer_bgrx=True, crop=crop, bitmap_maker=partial(_bitmap, made))
        return cls(made[0], bitmap.stride, bitmap.width, bitmap.height, left + crop[0], top - crop[3])

    def again(self, page: Any, box: Rectangle) -> Raster:  # noqa: ANN401
        """Draw the page as it is now in a box alone; around it these pixels stay."""
        pixels = bytearray(self.pixels)
        left, right = _within(floor((box[0] - self.left) * SCALE), ceil((box[2] - self.left) * SCALE), self.width)
        top, foot = self._heights(box, floor, ceil)
        if left < right and top < foot:
            buffer = (ctypes.c_ubyte * len(pixels)).from_buffer(pixels)
            bitmap = pypdfium2.PdfBitmap.new_native(
                self.width, self.height, pdfium.FPDFBitmap_BGRx, buffer=buffer, stride=self.stride
            )
            bitmap.fill_rect(_WHITE, left, top, right - left, foot - top)
            pdfium.FPDF_RenderPageBitmapWithMatrix(
                bitmap, page, self._matrix(page), pdfium.FS_RECTF(left, top, right, foot), pdfium.FPDF_ANNOT
            )
        return replace(self, pixels=pixels)

    def _matrix(self, page: Any) -> pdfium.FS_MATRIX:  # noqa: ANN401
        """The grid on which `of` drew: a page is as wide as whole pixels, and a part of it begins at one."""
        wide, high = page.get_size()
        left, _, _, top = page.get_bbox()
        across, down = round((self.left - left) * SCALE), round((top - self.top) * SCALE)
        return pdfium.FS_MATRIX(ceil(wide * SCALE) / wide, 0, 0, ceil(high * SCALE) / high, -across, -down)

    def rows(self, box: Rectangle, *, inside: bool = False) -> list[bytearray]:
        """The pixels that a box touches, row by row; only those that are wholly `inside` if asked for."""
        first, last = (ceil, floor) if inside else (floor, ceil)
        left, right = _within(first((box[0] - self.left) * SCALE), last((box[2] - self.left) * SCALE), self.width)
        start, end, stride, pixels = left * _PIXEL, right * _PIXEL, self.stride, self.pixels
        head, foot = self._heights(box, first, last)
        return [pixels[row * stride + start : row * stride + end] for row in range(head, foot)]

    def heights(self, box: Rectangle) -> range:
        """The numbers of the rows that a box touches."""
        return range(*self._heights(box, floor, ceil))

    def _heights(self, box: Rectangle, first: Callable[[float], int], last: Callable[[float], int]) -> tuple[int, int]:
        return _within(first((self.top - box[3]) * SCALE), last((self.top - box[1]) * SCALE), self.height)

    def changed_rows(self, other: Raster) -> frozenset[int]:
        """The numbers of the rows that are not the same in another picture of the same page."""
        starts = enumerate(range(0, self.height * self.stride, self.stride))
        ends = self.stride
        return frozenset(row for row, at in starts if self.pixels[at : at + ends] != other.pixels[at : at + ends])


def around(boxes: Sequence[Rectangle], reach: float = 0.0) -> Rectangle:
    """The box around boxes, larger by `reach` on each side."""
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return left - reach, bottom - reach, right + reach, top + reach


def _bitmap(made: list[bytearray], width: int, height: int, format: int, **kwargs: Any) -> Any:  # noqa: ANN401
    """A bitmap that PDFium draws in bytes of Python, which needs no copy of them."""
    made.append(bytearray(width * height * _PIXEL))
    buffer = (ctypes.c_ubyte * len(made[0])).from_buffer(made[0])
    return pypdfium2.PdfBitmap.new_native(width, height, format, buffer=buffer, **kwargs)


def numbers(row: bytearray) -> list[int]:
    """A row's pixels, each as one number."""
    return memoryview(row).cast("I").tolist()


def _within(start: int, end: int, size: int) -> tuple[int, int]:
    return max(0, min(start, size)), max(0, min(end, size))


@dataclass(frozen=True, slots=True)
class PageView:
    """A page, or a `part` of it, as it is `shown`, and its `ground`: the same without text."""

    shown: Raster
    ground: Raster
    part: Rectangle | None = None

    @classmethod
    def of(cls, page: Any, texts: Sequence[Any], part: Rectangle | None = None) -> PageView:  # noqa: ANN401
        """Draw a page, or a part of it, with and without these pieces of text."""
        shown = Raster.of(page, part)
        with hidden(texts):
            return cls(shown, Raster.of(page, part), part)

    def grounds(self, box: Rectangle) -> list[Colour]:
        """The colours behind a box, the commonest first; none outside of the page."""
        rows = self.ground.rows(box, inside=True) or self.ground.rows(box)
        if not rows or not len(rows[0]):
            return []
        if is_plain(rows):
            return [_colour(numbers(rows[0][:_PIXEL])[0])]
        seen = Counter(chain.from_iterable(map(numbers, rows)))
        common = [pixel for pixel, count in seen.most_common(4) if count >= _SHARE * seen.total()]
        return [_colour(pixel) for pixel in common or [seen.most_common(1)[0][0]]]

    def is_plain(self, box: Rectangle) -> bool:
        """True if the ground of a box is of one colour: no line and no edge runs through it."""
        return is_plain(self.ground.rows(box, inside=True))

    def shows(self, box: Rectangle) -> bool:
        """True if a box looks otherwise with its text than without."""
        pairs = zip(self.shown.rows(box), self.ground.rows(box), strict=True)
        return any(shown != ground for shown, ground in pairs)


def is_plain(rows: Sequence[bytearray]) -> bool:
    """True if all pixels are equal."""
    if not rows or not len(rows[0]):
        return True
    plain = rows[0][:_PIXEL] * (len(rows[0]) // _PIXEL)
    return all(row == plain for row in rows)


@contextmanager
def hidden(things: Iterable[Any]) -> Iterator[None]:
    """Leave out these objects of a page while it is drawn."""
    left_out = list(things)
    for thing in left_out:
        pdfium.FPDFPageObj_SetIsActive(thing.raw, False)
    try:
        yield
    finally:
        for thing in left_out:
            pdfium.FPDFPageObj_SetIsActive(thing.raw, True)


def _colour(pixel: int) -> Colour:
    red, green, blue = _SHIFTS
    return pixel >> red & 255, pixel >> green & 255, pixel >> blue & 255
