"""What an eye meets: a PDF goes in; every piece of text with its size and colours, and every picture, come out."""

from __future__ import annotations

import ctypes
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil, floor, hypot
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

_SCALE: Final = 2.0
_DEPTH: Final = 5
_INVISIBLE: Final = 3
# A box is looked at in so many points each way at most; its ground must be so much of it to be one.
_POINTS: Final = 30
_GROUND: Final = 0.05
# A letter's smoothed edges have at least so much of its ink. A row without a gap is no row of letters, but for the
# headline of Devanagari: where more of a line are, the ground there is of the ink's colour.
_INKED: Final = 0.25
_HEADLINE: Final = 0.25
_LINE: Final = 2.0

# Where red, green and blue are in a pixel, which is blue, green, red and a byte that says nothing.
_SHIFTS: Final = (16, 8, 0) if sys.byteorder == "little" else (8, 16, 24)

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """A piece of text on a page (from 1): its size in points, its colour and that of what it stands on.

    `middle` is how high its middle stands, in points from the foot of the paper. It is `seen` where nothing covers
    it and its ground is nowhere of its own colour.
    """

    page: int
    size: float
    colour: Colour
    paper: Colour
    middle: float = 0.0
    seen: bool = True

    @property
    def contrast(self) -> float:
        """How much lighter the lighter of the two is, 1 to 21 (WCAG 2.2, contrast ratio)."""
        light, dark = sorted((_luminance(self.colour), _luminance(self.paper)), reverse=True)
        return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True, slots=True)
class Picture:
    """A bitmap on a page (from 1), by the fewest dots it has to an inch of paper."""

    page: int
    dpi: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """All text and all bitmaps of a PDF, page by page."""

    runs: tuple[GlyphRun, ...]
    pictures: tuple[Picture, ...]

    def within(self, boxes: Sequence[tuple[float, float, float, float]], margin: float) -> PageContent:
        """What stands so far inside the head and the foot of each page's box."""
        inside = [run for run in self.runs if _inside(run.middle, boxes[run.page - 1], margin)]
        return PageContent(tuple(inside), self.pictures)


def _inside(middle: float, box: tuple[float, float, float, float], margin: float) -> bool:
    return box[1] + margin <= middle <= box[3] - margin


def look(pdf: bytes) -> PageContent:
    """Look at every page.

    Raises:
        pypdfium2.PdfiumError: this is not a PDF that can be drawn.
    """
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
    """A page drawn, so that the colour around a piece of text can be looked up; positions in points."""

    # One number a pixel: blue, green, red and a byte that says nothing.
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

    def ground(self, box: tuple[float, float, float, float], ink: Colour) -> _Ground | None:
        """What the text in a box stands on; None outside the page."""
        # A full stop fills its box: the ground is around it.
        left, bottom, right, top = box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1
        across = _steps((left - self.left) * _SCALE, (right - self.left) * _SCALE, self.width)
        down = _steps((self.top - top) * _SCALE, (self.top - bottom) * _SCALE, self.height)
        starts = [row * self.stride for row in down]
        # As numbers, row by row: a brochure has a hundred thousand such points.
        rows = [self.pixels[at + across.start : at + across.stop : across.step].tolist() for at in starts]
        if not across or not rows:
            return None
        points = Counter(chain.from_iterable(rows))
        colour = _commonest(_colours(points), ink)
        inked = frozenset(pixel for pixel in points if _leans(_colour(pixel), ink, colour))
        # What is just above and below the letters is their ground, and none of their rows.
        edge = ceil(_SCALE / max(1, down.step))
        letters = rows[edge:-edge] or rows
        return _Ground(colour, _tells(letters, inked, line=right - left > _LINE * (top - bottom)))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a piece of text stands on: its colour, and whether all of the text is seen on it."""

    colour: Colour
    tells: bool


def _commonest(seen: Counter[Colour], ink: Colour) -> Colour:
    """The commonest colour that is not the ink's; the ink's own where there is hardly another.

    Letters' smoothed edges are of many shades, the ground is of one.
    """
    others = Counter({colour: count for colour, count in seen.items() if not _same(colour, ink)})
    told = others.total() > _GROUND * seen.total()
    return others.most_common(1)[0][0] if told else ink


def _leans(colour: Colour, ink: Colour, ground: Colour) -> bool:
    """True of the ink, and of what its smoothed edges make of the ground."""
    across = [i - g for i, g in zip(ink, ground, strict=True)]
    share = sum((c - g) * step for c, g, step in zip(colour, ground, across, strict=True))
    return share >= _INKED * sum(step * step for step in across) > 0


def _tells(rows: Sequence[Sequence[int]], inked: frozenset[int], *, line: bool) -> bool:
    """False where no ink is seen, or too many rows of a line of letters are nothing but ink."""
    if all(inked.isdisjoint(row) for row in rows):
        return False
    return not line or sum(inked.issuperset(row) for row in rows) <= _HEADLINE * len(rows)


def _colours(points: Counter[int]) -> Counter[Colour]:
    """The colours of pixels, and how often each is there."""
    seen: Counter[Colour] = Counter()
    for pixel, count in points.items():
        seen[_colour(pixel)] += count
    return seen


def _colour(pixel: int) -> Colour:
    red, green, blue = _SHIFTS
    return pixel >> red & 255, pixel >> green & 255, pixel >> blue & 255


def _on_page(thing: Any) -> tuple[float, float, float, float]:  # noqa: ANN401
    """Where it stands on the page: bounds are told in the space of the form that holds it (a card on a sheet)."""
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
    paper = ground.colour
    matrix = thing.get_matrix()
    size = thing.get_font_size() * hypot(matrix.c, matrix.d)
    share = alpha.value / 255
    mixed = [round(i * share + p * (1 - share)) for i, p in zip(ink, paper, strict=True)]
    colour = (mixed[0], mixed[1], mixed[2])
    yield GlyphRun(number, round(size, 2), colour, paper, (box[1] + box[3]) / 2, ground.tells)


def _pictures(number: int, thing: Any) -> Iterator[Picture]:  # noqa: ANN401
    left, bottom, right, top = _on_page(thing)
    if right > left and top > bottom:
        wide, high = thing.get_px_size()
        yield Picture(number, round(min(wide / (right - left), high / (top - bottom)) * 72, 1))


def _steps(start: float, end: float, size: int) -> range:
    """Pixels from start to end, within the page, at most about `_POINTS` of them."""
    first, last = max(0, floor(start)), min(size - 1, ceil(end))
    return range(first, last + 1, max(1, (last - first) // _POINTS))


def _same(one: Colour, other: Colour) -> bool:
    return abs(one[0] - other[0]) <= 2 and abs(one[1] - other[1]) <= 2 and abs(one[2] - other[2]) <= 2


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
