"""Renders a PDF: its pages as pictures, and every piece of text and bitmap on them, with sizes and colours."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from pressroom.layout.colours import contrast
from pressroom.preflight.letters import Letters, Placed, box_of, placed
from pressroom.preflight.page_view import Colour, PageView, Rectangle, around, columns
from pressroom.preflight.placement import TextFault, text_faults
from pressroom.units import Length

_DEPTH: Final = 5
# How far letters may reach out of their frame, in points.
_REACH: Final = 12.0
_INVISIBLE: Final = 3
_TEXT: Final = pdfium.FPDF_PAGEOBJ_TEXT
_FORM: Final = pdfium.FPDF_PAGEOBJ_FORM
# Less is no difference to the eye: the letters have the colour of their ground.
_SEEN: Final = 1.2
# An underline may touch a letter so far above its baseline, and a rule its tip from there on, in em.
_UNDERLINE: Final = 0.06
_TIP: Final = 0.62
# The share of letters that a line of any program may hide: more of it is not there.
_MISSED: Final = 0.2


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """A piece of text on a page (from 1): its size in points, its colour and that of the paper behind it.

    `middle` is the height of its middle above the foot of the paper, `across` its distance from the left, in points.
    It is `seen` if nothing covers it and its background nowhere has its own colour. It is `crossed` if a line or an
    edge runs through it. Where its background has several colours, each letter is a run; it is `hidden` if a good
    part of its piece is not seen.
    """

    page: int
    size: float
    colour: Colour
    paper: Colour
    middle: float = 0.0
    seen: bool = True
    crossed: bool = False
    across: float = 0.0
    hidden: bool = False

    @property
    def contrast(self) -> float:
        """The contrast ratio, 1 to 21 (WCAG 2.2)."""
        return contrast_of(self.colour, self.paper)


@dataclass(frozen=True, slots=True)
class Picture:
    """A bitmap on a page (from 1): the lower of its two resolutions, its size in pixels, and on paper in points."""

    page: int
    dpi: float
    pixels: tuple[int, int] = (0, 0)
    size: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PageContent:
    """All text and all bitmaps of a PDF, page by page, and the text that is not seen as it was set."""

    runs: tuple[GlyphRun, ...]
    pictures: tuple[Picture, ...]
    faults: tuple[TextFault, ...] = ()

    def in_parts(self, parts: Sequence[Sequence[Rectangle]]) -> PageContent:
        """The text whose middle is in these parts of each page, and all pictures."""

        def is_in(run: GlyphRun | TextFault) -> bool:
            return _is_in(run, parts)

        return PageContent(tuple(filter(is_in, self.runs)), self.pictures, tuple(filter(is_in, self.faults)))

    def without(self, parts: Sequence[Sequence[Rectangle]]) -> PageContent:
        """All but the runs whose middle is in these parts of each page, if there are any."""
        if not any(parts):
            return self
        return replace(self, runs=tuple(run for run in self.runs if not _is_in(run, parts)))

    def within(self, boxes: Sequence[tuple[float, float, float, float]], margin: float) -> PageContent:
        """The text at least `margin` points inside the top and bottom of each page's box."""
        heights = {page: (box[1] + margin, box[3] - margin) for page, box in enumerate(boxes, start=1)}
        inside = [run for run in self.runs if heights[run.page][0] <= run.middle <= heights[run.page][1]]
        return PageContent(tuple(inside), self.pictures)


def _is_in(run: GlyphRun | TextFault, parts: Sequence[Sequence[Rectangle]]) -> bool:
    boxes = parts[run.page - 1]
    return any(box[0] <= run.across <= box[2] and box[1] <= run.middle <= box[3] for box in boxes)


def read_content(pdf: bytes) -> PageContent:
    """Look at every page. Raises pypdfium2.PdfiumError if the PDF can't be drawn."""
    with pypdfium2.PdfDocument(pdf) as document:
        return _together(
            _seen(number, page, [placed(thing, box_of(thing)) for thing in page.get_objects(max_depth=_DEPTH)])
            for number, page in enumerate(document, start=1)
        )


def read_parts(pdf: bytes, parts: Sequence[Sequence[Rectangle]]) -> PageContent:
    """Look at these parts of each page alone. Raises PdfiumError."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = _together(
            _seen_in(number, document[number - 1], boxes) for number, boxes in enumerate(parts, start=1) if boxes
        )
    return found.in_parts(parts)


def _seen_in(number: int, page: Any, boxes: Sequence[Rectangle]) -> PageContent:  # noqa: ANN401
    """What is seen in these boxes: pictures, and the text with all that is near it."""
    whole = list(_boxed(page))
    own = _things(page, whole, boxes)
    near = [around([part], _REACH) for part in columns([one.place.box for one in own if one.thing.type == _TEXT])]
    pictures = [one for one in own if one.thing.type == pdfium.FPDF_PAGEOBJ_IMAGE]
    apart = [one for one in pictures if not any(_meets(one.place.box, part) for part in near)]
    return _seen(number, page, [*apart, *_things(page, whole, near)])


def _boxed(page: Any) -> Iterator[tuple[Any, Rectangle]]:  # noqa: ANN401
    """What a page has, forms unopened, each with its box: most of a page is far from what is looked at."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        raw = pdfium.FPDFPage_GetObject(page, at)
        if not pdfium.FPDFPageObj_GetBounds(raw, left, bottom, right, top):
            raise pypdfium2.PdfiumError("an object of a page has no bounds")
        yield raw, (left.value, bottom.value, right.value, top.value)


def _things(page: Any, boxed: Iterable[tuple[Any, Rectangle]], near: Sequence[Rectangle]) -> list[Placed]:  # noqa: ANN401
    """The objects that meet one of these boxes, also in forms, in their painting order."""
    found: list[Placed] = []
    for raw, box in boxed:
        if not any(_meets(box, one) for one in near):
            continue
        thing = pypdfium2.PdfObject(raw, page=page, pdf=page.pdf)
        inner = page.get_objects(max_depth=_DEPTH, form=thing, level=1) if thing.type == _FORM else ()
        others = ((other, box_of(other)) for other in inner)
        found += [placed(thing, box), *(placed(*one) for one in others if any(_meets(one[1], part) for part in near))]
    return found


def _seen(number: int, page: Any, placed: Sequence[Placed]) -> PageContent:  # noqa: ANN401
    """What is seen of these objects of a page, in their painting order."""
    texts = [one for one in placed if one.thing.type == _TEXT]
    drawn, letters = [one for one in texts if _is_drawn(one)], Letters(page)
    view = PageView.of(page, [text.thing for text in drawn], [text.place.box for text in texts])
    runs = [run for text in drawn for run in _runs(number, text, view, letters)]
    faults = text_faults(number, page, placed, view, letters)
    images = (one for one in placed if one.thing.type == pdfium.FPDF_PAGEOBJ_IMAGE)
    pictures = [picture for one in images for picture in _pictures(number, one)]
    return PageContent(tuple(runs), tuple(pictures), tuple(faults))


def _together(seen: Iterable[PageContent]) -> PageContent:
    found = list(seen)
    return PageContent(
        tuple(run for one in found for run in one.runs),
        tuple(picture for one in found for picture in one.pictures),
        tuple(fault for one in found for fault in one.faults),
    )


def _meets(box: Rectangle, other: Rectangle) -> bool:
    return box[0] <= other[2] and other[0] <= box[2] and box[1] <= other[3] and other[1] <= box[3]


def _is_drawn(text: Placed) -> bool:
    left, bottom, right, top = text.place.box
    visible = pdfium.FPDFTextObj_GetTextRenderMode(text.thing.raw) != _INVISIBLE
    return bool(right > left and top > bottom and visible)


def _runs(number: int, text: Placed, view: PageView, letters: Letters) -> Iterator[GlyphRun]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    thing, place = text
    if not pdfium.FPDFPageObj_GetFillColor(thing.raw, red, green, blue, alpha):
        return
    ink, share = (red.value, green.value, blue.value), alpha.value / 255
    behind, whole = view.grounds(place.box)
    found: list[GlyphRun] = []
    lost = 0
    for box in [place.box] if whole else letters.boxes(thing) or [place.box]:
        grounds = behind if box is place.box else view.grounds(box)[0]
        if not grounds:
            continue
        colours = [(_mixed(ink, paper, share), paper) for paper in grounds]
        colour, paper = colours[0]
        shows = view.shows(box)
        seen = shows and all(contrast_of(*pair) >= _SEEN for pair in colours)
        lost += not shows or contrast_of(colour, paper) < _SEEN
        crossed = not whole and not view.is_plain(_body_of(box, place.baseline, place.size))
        across, middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        found.append(GlyphRun(number, round(place.size, 2), colour, paper, middle, seen, crossed, across))
    hidden = lost > _MISSED * len(found)
    yield from (replace(run, hidden=True) if hidden and not run.seen else run for run in found)


def _mixed(ink: Colour, paper: Colour, share: float) -> Colour:
    if share == 1.0:
        return ink
    red, green, blue = (round(i * share + p * (1 - share)) for i, p in zip(ink, paper, strict=True))
    return red, green, blue


def _body_of(box: Rectangle, baseline: float, size: float) -> Rectangle:
    """The body of a letter: a line below it underlines, and one that touches its tip does not strike it."""
    foot, head = baseline + _UNDERLINE * size, baseline + _TIP * size
    foot = max(box[1], foot)
    return box[0], foot, box[2], max(foot, min(box[3], head))


@lru_cache(maxsize=1000)
def contrast_of(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    return contrast(*((red / 255, green / 255, blue / 255) for red, green, blue in (one, other)))


def _pictures(number: int, image: Placed) -> Iterator[Picture]:
    left, bottom, right, top = image.place.box
    if right > left and top > bottom:
        wide, high = image.thing.get_px_size()
        dpi = round(min(wide / (right - left), high / (top - bottom)) * 72, 1)
        yield Picture(number, dpi, (wide, high), (right - left, top - bottom))


def page_images(pdf: bytes, dpi: int, *, optimize: bool) -> Iterator[tuple[bytes, Length]]:
    """Each page as a PNG, and its width on paper; `optimize` if pictures are kept. Raises pypdfium2.PdfiumError."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            out = io.BytesIO()
            picture = page.render(scale=dpi / 72).to_pil()
            picture.save(out, "PNG", optimize=optimize, compress_level=1)
            yield out.getvalue(), Length(page.get_width())
