"""A page drawn twice, with and without its text: what each letter is on, and whether anything of it shows."""

from __future__ import annotations

import ctypes
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from math import ceil, floor, inf
from operator import itemgetter
from typing import Any, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

SCALE: Final = 2.0
# What is drawn around text, in points: smoothed edges.
_MARGIN: Final = 3.0
# A part of a page takes as long to draw as so much of its height does.
_APART: Final = 24.0
# Bytes: blue, green, red and one that is not used.
_PIXEL: Final = 4
# The share of a letter's ground that a colour must have to count as one that the letter is on.
_SHARE: Final = 0.25
# Where red, green and blue are in a pixel, which is blue, green, red and an unused byte.
_SHIFTS: Final = (16, 8, 0) if sys.byteorder == "little" else (8, 16, 24)
Colour = tuple[int, int, int]
# Left, bottom, right, top in points.
Rectangle = tuple[float, float, float, float]


class _Tile(NamedTuple):
    """A part of a page that is drawn, in pixels from the left and the top of the page."""

    pixels: bytearray
    left: int
    right: int
    head: int
    foot: int


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels of a page, four bytes a pixel; positions are points from the foot of the paper.

    Where it was not drawn all bytes are zero.
    """

    tiles: Sequence[_Tile]
    width: int
    height: int
    left: float
    top: float

    @classmethod
    def of(cls, page: Any, boxes: Sequence[Rectangle] | None = None) -> Raster:  # noqa: ANN401  pypdfium2 publishes no types
        """Draw a page as it is now, or only these boxes of it, on the same grid of pixels.

        Pictures are the same to the last bit if their boxes are: a smoothed edge is a shade darker in another box.
        Raises PdfiumError.
        """
        wide, high = page.get_size()
        if not wide or not high:
            raise pypdfium2.PdfiumError("a page has no area")
        left, _, _, top = paper = page.get_bbox()
        tiles = list[_Tile]()
        made = cls(tiles, ceil(wide * SCALE), ceil(high * SCALE), left, top)
        for box in [paper] if boxes is None else boxes:
            across, down = made._columns(box, floor, ceil), made._heights(box, floor, ceil)
            if across[0] < across[1] and down[0] < down[1]:
                tiles.append(made._drawn(page, *across, *down))
        return made

    def _drawn(self, page: Any, left: int, right: int, head: int, foot: int) -> _Tile:  # noqa: ANN401
        crop = (left, self.height - foot, self.width - right, head)
        made: list[bytearray] = []
        page.render(
            scale=SCALE,
            prefer_bgrx=True,
            crop=tuple(pixels / SCALE for pixels in crop),
            bitmap_maker=partial(_bitmap, made),
        )
        return _Tile(made[0], left, right, head, foot)

    def rows(self, box: Rectangle, *, inside: bool = False) -> list[bytearray]:
        """The pixels that a box touches, row by row; only those that are wholly `inside` if asked for."""
        pixels, starts, length = self._rows(box, ceil, floor) if inside else self._rows(box, floor, ceil)
        return [pixels[at : at + length] for at in starts]

    def differs(self, other: Raster, box: Rectangle) -> bool:
        """True if a box looks otherwise in another picture of the same page."""
        pixels, starts, length = self._rows(box, floor, ceil)
        others, theirs, _ = other._rows(box, floor, ceil)
        pairs = zip(starts, theirs, strict=True)
        return any(pixels[at : at + length] != others[there : there + length] for at, there in pairs)

    def _rows(
        self, box: Rectangle, first: Callable[[float], int], last: Callable[[float], int]
    ) -> tuple[bytearray, Sequence[int], int]:
        """Pixels, where the rows of a box begin among them, and the length of one."""
        (left, right), (head, foot) = self._columns(box, first, last), self._heights(box, first, last)
        length, count = max(0, right - left) * _PIXEL, max(0, foot - head)
        for tile in self.tiles:
            if tile.left <= left and right <= tile.right and tile.head <= head and foot <= tile.foot:
                stride = (tile.right - tile.left) * _PIXEL
                start = (head - tile.head) * stride + (left - tile.left) * _PIXEL
                return tile.pixels, range(start, start + count * stride, stride), length
        return bytearray(length), [0] * count, length

    def _columns(self, box: Rectangle, first: Callable[[float], int], last: Callable[[float], int]) -> tuple[int, int]:
        return _within(first((box[0] - self.left) * SCALE), last((box[2] - self.left) * SCALE), self.width)

    def _heights(self, box: Rectangle, first: Callable[[float], int], last: Callable[[float], int]) -> tuple[int, int]:
        return _within(first((self.top - box[3]) * SCALE), last((self.top - box[1]) * SCALE), self.height)


def around(boxes: Sequence[Rectangle], reach: float = 0.0) -> Rectangle:
    """The box around boxes, larger by `reach` on each side."""
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return left - reach, bottom - reach, right + reach, top + reach


def columns(boxes: Sequence[Rectangle]) -> list[Rectangle]:
    """The boxes around boxes of text that are near: what is drawn between two columns of text is in none."""
    across = _apart(boxes, 0, 2 * _MARGIN + 1)
    return [around(part, _MARGIN) for column in across for part in _apart(column, 1, _APART)]


def _apart(boxes: Sequence[Rectangle], axis: int, gap: float) -> list[list[Rectangle]]:
    """Boxes in groups with such a gap between them, from the left (0) or from the foot (1)."""
    found: list[list[Rectangle]] = []
    end = -inf
    for box in sorted(boxes, key=itemgetter(axis)):
        if box[axis] > end + gap:
            found.append([])
        found[-1].append(box)
        end = max(end, box[axis + 2])
    return found


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
    """A page as it is `shown`, and its `ground`, the same without text: both where text is (`parts`)."""

    shown: Raster
    ground: Raster
    parts: Sequence[Rectangle]

    @classmethod
    def of(cls, page: Any, texts: Sequence[Any], places: Sequence[Rectangle]) -> PageView:  # noqa: ANN401
        """Draw a page with and without these pieces of text, at all places of text."""
        parts = columns(places)
        shown = Raster.of(page, parts)
        with hidden(texts):
            return cls(shown, Raster.of(page, parts), parts)

    def grounds(self, box: Rectangle) -> tuple[list[Colour], bool]:
        """The colours behind a box, the commonest first; none outside of the page. True if no edge runs through it."""
        inner = self.ground.rows(box, inside=True)
        plain, rows = is_plain(inner), inner or self.ground.rows(box)
        if not rows or not len(rows[0]):
            return [], plain
        if plain if rows is inner else is_plain(rows):
            return [_colour(numbers(rows[0][:_PIXEL])[0])], plain
        seen = Counter(chain.from_iterable(map(numbers, rows)))
        common = [pixel for pixel, count in seen.most_common(4) if count >= _SHARE * seen.total()]
        return [_colour(pixel) for pixel in common or [seen.most_common(1)[0][0]]], plain

    def is_plain(self, box: Rectangle) -> bool:
        """True if the ground of a box is of one colour: no line and no edge runs through it."""
        return is_plain(self.ground.rows(box, inside=True))

    def shows(self, box: Rectangle) -> bool:
        """True if a box looks otherwise with its text than without."""
        return self.shown.differs(self.ground, box)


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
