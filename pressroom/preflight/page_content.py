"""Renders a PDF: its pages as pictures, and every piece of text and bitmap on them, with sizes and colours."""

from __future__ import annotations

import ctypes
import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil, floor, hypot
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from pressroom.units import Length

_SCALE: Final = 2.0
_DEPTH: Final = 5
_INVISIBLE: Final = 3
# The most points looked at in a box, each way, and the share of them that a background must have.
_POINTS: Final = 30
_GROUND: Final = 0.05
# A letter's smoothed edges have at least so much of its ink. Rows of letters have gaps, except the headline of
# Devanagari: if more rows of a line have none, the background there has the ink's colour.
_INKED: Final = 0.25
_HEADLINE: Final = 0.25
_LINE: Final = 2.0
# Where red, green and blue are in a pixel, which is blue, green, red and an unused byte.
_SHIFTS: Final = (16, 8, 0) if sys.byteorder == "little" else (8, 16, 24)
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """A piece of text on a page (from 1): its size in points, its colour and that of the paper behind it.

    `middle` is the height of its middle, in points from the foot of the paper. It is `seen` if nothing covers it and
    its background nowhere has its own colour.
    """

    page: int
    size: float
    colour: Colour
    paper: Colour
    middle: float = 0.0
    seen: bool = True

    @property
    def contrast(self) -> float:
        """The contrast ratio, 1 to 21 (WCAG 2.2)."""
        light, dark = sorted((_luminance(self.colour), _luminance(self.paper)), reverse=True)
        return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True, slots=True)
class Picture:
    """A bitmap on a page (from 1); `dpi` is the lower of its two resolutions."""

    page: int
    dpi: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """All text and all bitmaps of a PDF, page by page."""

    runs: tuple[GlyphRun, ...]
    pictures: tuple[Picture, ...]

    def within(self, boxes: Sequence[tuple[float, float, float, float]], margin: float) -> PageContent:
        """The text at least `margin` points inside the top and bottom of each page's box."""
        heights = {page: (box[1] + margin, box[3] - margin) for page, box in enumerate(boxes, start=1)}
        inside = [run for run in self.runs if heights[run.page][0] <= run.middle <= heights[run.page][1]]
        return PageContent(tuple(inside), self.pictures)


def read_content(pdf: bytes) -> PageContent:
    """Look at every page. Raises pypdfium2.PdfiumError if the PDF can't be drawn."""
    runs: list[GlyphRun] = []
    pictures: list[Picture] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            view = _View.of(page)
            for thing in page.get_objects(max_depth=_DEPTH):
                if thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
                    runs += _runs(number, thing, view)
                elif thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                    pictures += _pictures(number, thing)
    return PageContent(tuple(runs), tuple(pictures))


@dataclass(frozen=True, slots=True)
class _View:
    """A rendered page, to look up the colour around a piece of text; positions in points."""

    # One number a pixel: blue, green, red and an unused byte.
    pixels: memoryview
    stride: int
    width: int
    height: int
    left: float
    top: float

    @classmethod
    def of(cls, page: Any) -> _View:  # noqa: ANN401  pypdfium2 publishes no types
        bitmap = page.render(scale=_SCALE, prefer_bgrx=True)
        left, _, _, top = page.get_bbox()
        pixels = memoryview(bytes(bitmap.buffer)).cast("I")
        return cls(pixels, bitmap.stride // pixels.itemsize, bitmap.width, bitmap.height, left, top)

    def ground(self, box: tuple[float, float, float, float], ink: Colour) -> tuple[Colour, bool] | None:
        """The background of the text in a box, and if all of the text is visible on it; None outside the page."""
        # A full stop fills its box: its background is around it.
        left, bottom, right, top = box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1
        across = _steps((left - self.left) * _SCALE, (right - self.left) * _SCALE, self.width)
        down = _steps((self.top - top) * _SCALE, (self.top - bottom) * _SCALE, self.height)
        starts = [row * self.stride for row in down]
        # As numbers, row by row: a brochure has a hundred thousand such points.
        rows = [self.pixels[at + across.start : at + across.stop : across.step].tolist() for at in starts]
        if not across or not rows:
            return None
        points = Counter(chain.from_iterable(rows))
        colours: Counter[Colour] = Counter()
        for pixel, count in points.items():
            colours[_colour(pixel)] += count
        colour = _commonest(colours, ink)
        inked = frozenset(pixel for pixel in points if _leans(_colour(pixel), ink, colour))
        # Just above and below the letters is only background.
        edge = ceil(_SCALE / max(1, down.step))
        letters = rows[edge:-edge] or rows
        return colour, _is_visible(letters, inked, line=right - left > _LINE * (top - bottom))


def _commonest(seen: Counter[Colour], ink: Colour) -> Colour:
    """The most common colour other than the ink's many shades; the ink's own if there is hardly another."""
    others = Counter(
        {
            colour: count
            for colour, count in seen.items()
            if max(abs(a - b) for a, b in zip(colour, ink, strict=True)) > 2
        }
    )
    return others.most_common(1)[0][0] if others.total() > _GROUND * seen.total() else ink


def _leans(colour: Colour, ink: Colour, ground: Colour) -> bool:
    """True for the ink, and for the shades of its smoothed edges on the background."""
    across = [i - g for i, g in zip(ink, ground, strict=True)]
    share = sum((c - g) * step for c, g, step in zip(colour, ground, across, strict=True))
    return share >= _INKED * sum(step * step for step in across) > 0


def _is_visible(rows: Sequence[Sequence[int]], inked: frozenset[int], *, line: bool) -> bool:
    """False if there is no ink, or if too many rows of a line of letters are nothing but ink."""
    if all(inked.isdisjoint(row) for row in rows):
        return False
    return not line or sum(inked.issuperset(row) for row in rows) <= _HEADLINE * len(rows)


def _colour(pixel: int) -> Colour:
    red, green, blue = _SHIFTS
    return pixel >> red & 255, pixel >> green & 255, pixel >> blue & 255


def _on_page(thing: Any) -> tuple[float, float, float, float]:  # noqa: ANN401
    """Its box on the page: PDFium gives it in the space of the form that holds it (a card on a sheet)."""
    box: tuple[float, float, float, float] = thing.get_bounds()
    form = thing.container
    while form is not None:
        box = form.get_matrix().on_rect(*box)
        form = form.container
    return box


def _runs(number: int, thing: Any, view: _View) -> Iterator[GlyphRun]:  # noqa: ANN401
    box = _on_page(thing)
    drawn = box[2] > box[0] and box[3] > box[1]
    if not drawn or pdfium.FPDFTextObj_GetTextRenderMode(thing.raw) == _INVISIBLE:
        return
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(thing.raw, red, green, blue, alpha):
        return
    ink = (red.value, green.value, blue.value)
    ground = view.ground(box, ink)
    if ground is None:
        return
    paper, visible = ground
    matrix = thing.get_matrix()
    size = thing.get_font_size() * hypot(matrix.c, matrix.d)
    share = alpha.value / 255
    mixed = [round(i * share + p * (1 - share)) for i, p in zip(ink, paper, strict=True)]
    colour = (mixed[0], mixed[1], mixed[2])
    yield GlyphRun(number, round(size, 2), colour, paper, (box[1] + box[3]) / 2, visible)


def _pictures(number: int, thing: Any) -> Iterator[Picture]:  # noqa: ANN401
    left, bottom, right, top = _on_page(thing)
    if right > left and top > bottom:
        wide, high = thing.get_px_size()
        yield Picture(number, round(min(wide / (right - left), high / (top - bottom)) * 72, 1))


def _steps(start: float, end: float, size: int) -> range:
    """Pixels from start to end, within the page, at most about `_POINTS` of them."""
    first, last = max(0, floor(start)), min(size - 1, ceil(end))
    return range(first, last + 1, max(1, (last - first) // _POINTS))


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def page_images(pdf: bytes, dpi: int, *, optimize: bool) -> Iterator[tuple[bytes, Length]]:
    """Each page as a PNG, and its width on paper; `optimize` if pictures are kept. Raises pypdfium2.PdfiumError."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            out = io.BytesIO()
            picture = page.render(scale=dpi / 72).to_pil()
            picture.save(out, "PNG", optimize=optimize, compress_level=1)
            yield out.getvalue(), Length(page.get_width())
