"""Finds letters of a page that are covered, cut, on each other or turned, by where they are and what is drawn after."""

from __future__ import annotations

import ctypes
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, Final, Literal

import pypdfium2.raw as pdfium

from pressroom.preflight.letters import Letters, Placed, Position
from pressroom.preflight.page_view import PageView, Raster, Rectangle, hidden, numbers

# What paints other things than letters.
_PAINTS: Final = frozenset({pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING})
Fault = Literal["covered", "cut", "overlapping", "turned"]
# Points: less is rounding.
_NEAR: Final = 0.3
# Lines that reach into each other by more, in em of the smaller, are looked at letter by letter.
_CLOSE: Final = 0.2
# Pixels of ink that two letters may share: smoothed edges.
_SHARED: Final = 6
# The share of its ink that a letter may have in common with another: tails of Burmese touch the line below, Arabic
# letters of one line join. Nastaliq is written in pieces of few letters, and its dots and tails lie on the line below.
_CROSSED: Final = 0.3
_JOINED: Final = 0.45
_ANY: Final = 1.0
# The same of several letters together.
_SEVERAL: Final = 3
_TOUCHING: Final = 0.12
# A piece of text goes on from the last one if it is no further away or lower, in em.
_GOES_ON: Final = 0.9
_REACH: Final = 0.4
_FEW: Final = 3
# How far letters may lean (an oblique face that the font lacks), and be narrower or wider than drawn.
_LEAN: Final = 0.35
_STRETCH: Final = 0.2


@dataclass(frozen=True, slots=True)
class TextFault:
    """A piece of text on a page (from 1) that is not seen as it was set.

    `middle` is its height above the foot of the paper, `across` its distance from the left, in points.
    """

    page: int
    kind: Fault
    text: str
    middle: float
    across: float


@dataclass(frozen=True, slots=True)
class _Text:
    """A piece of text, when it is painted, and where."""

    thing: Any
    order: int
    place: Position


def text_faults(number: int, page: Any, placed: Sequence[Placed], view: PageView, letters: Letters) -> list[TextFault]:  # noqa: ANN401
    """What is wrong with the text among a page's objects, which are in painting order."""
    texts = [
        _Text(thing, order, place)
        for order, (thing, place) in enumerate(placed)
        if thing.type == pdfium.FPDF_PAGEOBJ_TEXT and place.box[2] > place.box[0] and place.box[3] > place.box[1]
    ]
    paper: Rectangle = page.get_bbox()
    found: list[tuple[_Text, Fault]] = []
    found += [(text, "turned") for text in texts if _is_turned(text.place)]
    found += [(text, "cut") for text in texts if _is_cut(text, paper)]
    found += [(text, "covered") for text in _covered(page, placed, texts, view, letters)]
    found += [(text, "overlapping") for text in _overlapping(page, texts, view, letters)]
    return [
        TextFault(number, kind, letters.text(text.thing), (bottom + top) / 2, (left + right) / 2)
        for text, kind in found
        for left, bottom, right, top in (text.place.box,)
    ]


def _is_turned(place: Position) -> bool:
    """True if letters are not upright, or mirrored, squeezed or stretched."""
    a, b, c, d = place.matrix
    upright = a > 0 and d > 0 and abs(b) <= 0.01 * a and abs(c) <= _LEAN * d
    return not upright or abs(a / d - 1) > _STRETCH


def _is_cut(text: _Text, paper: Rectangle) -> bool:
    """True if the paper's edge or a clip takes some of it away."""
    return any(not _contains(limit, text.place.box) for limit in (paper, *_clips(text.thing)))


def _contains(outer: Rectangle, inner: Rectangle) -> bool:
    starts = outer[0] - _NEAR <= inner[0] and outer[1] - _NEAR <= inner[1]
    return starts and inner[2] <= outer[2] + _NEAR and inner[3] <= outer[3] + _NEAR


def _clips(thing: Any) -> Iterator[Rectangle]:  # noqa: ANN401  pypdfium2 publishes no types
    """The box of each path that an object is clipped to, on its page; those of the forms around it too."""
    while thing is not None:
        clip = pdfium.FPDFPageObj_GetClipPath(thing.raw)
        for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
            points = list(_points(clip, path))
            if points:
                xs, ys = zip(*points, strict=True)
                yield _outside(thing, (min(xs), min(ys), max(xs), max(ys)))
        thing = thing.container


def _points(clip: Any, path: int) -> Iterator[tuple[float, float]]:  # noqa: ANN401
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(0, pdfium.FPDFClipPath_CountPathSegments(clip, path))):
        if pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, index), x, y):
            yield x.value, y.value


def _outside(thing: Any, box: Rectangle) -> Rectangle:  # noqa: ANN401
    form = thing.container
    while form is not None:
        box = form.get_matrix().on_rect(*box)
        form = form.container
    return box


def _meets(one: Rectangle, other: Rectangle, by: float = _NEAR) -> bool:
    # Most are far apart: the first difference says so.
    return (
        one[2] - other[0] > _NEAR
        and other[2] - one[0] > _NEAR
        and one[3] - other[1] > by
        and other[3] - one[1] > by
        and min(one[2] - one[0], other[2] - other[0]) > _NEAR
        and min(one[3] - one[1], other[3] - other[1]) > by
    )


def _covered(
    page: Any,  # noqa: ANN401
    placed: Sequence[Placed],
    texts: Sequence[_Text],
    view: PageView,
    letters: Letters,
) -> Iterator[_Text]:
    """Text with ink that something painted later changes."""
    later: dict[int, Any] = {}
    below: list[_Text] = []
    painted = [(order, thing, place.box) for order, (thing, place) in enumerate(placed) if thing.type in _PAINTS]
    orders = [order for order, _, _ in painted]
    for text in texts:
        left, bottom, right, top = text.place.box
        over = [
            (order, thing)
            for order, thing, box in painted[bisect(orders, text.order) :]
            # Most are far apart, and need no call.
            if box[0] < right and left < box[2] and box[1] < top and bottom < box[3]
            if _meets(box, text.place.box)
        ]
        later.update(over)
        below += [text] if over else []
    places = [(text, box) for text in below for box in letters.boxes(text.thing) or [text.place.box]]
    if not places:
        return
    parts = [part for part in view.parts if any(_meets(part, text.place.box) for text in below)]
    with hidden(later.values()):
        bare = Raster.of(page, parts)
        near = [(text, box) for text, box in places if view.shown.differs(bare, box)]
        if not near:
            return
        with hidden(text.thing for text in texts):
            ground = Raster.of(page, parts)
    found = {id(text) for text, box in near if _is_changed(box, view.shown, bare, ground)}
    yield from (text for text in below if id(text) in found)


def _is_changed(box: Rectangle, shown: Raster, bare: Raster, ground: Raster) -> bool:
    """True if ink of the bare page looks otherwise on the page that is shown."""
    rows = zip(shown.rows(box), bare.rows(box), ground.rows(box), strict=True)
    return any(
        seen != ink != paper
        for row in rows
        if row[0] != row[1]
        for seen, ink, paper in zip(*map(numbers, row), strict=True)
    )


def _overlapping(page: Any, texts: Sequence[_Text], view: PageView, letters: Letters) -> Iterator[_Text]:  # noqa: ANN401
    """Text whose letters have ink where those of another line have theirs."""
    for some, others in combinations(_stretches(texts, letters), 2):
        by = _CLOSE * min(some.size, others.size)
        if not _meets(some.box, others.box, by):
            continue
        for one, other in product(some.texts, others.texts):
            if _meets(one.place.box, other.place.box, by) and _is_on(page, one, other, by, texts, view, letters):
                yield other


def _is_on(
    page: Any,  # noqa: ANN401
    one: _Text,
    other: _Text,
    by: float,
    texts: Sequence[_Text],
    view: PageView,
    letters: Letters,
) -> bool:
    same = _same_line(one, other)
    pairs = [
        (a, b)
        for a in letters.boxes(one.thing)
        for b in letters.boxes(other.thing)
        if _meets(a, b, by) and not (same and _beside(a, b))
    ]
    few = max(len(letters.boxes(text.thing)) for text in (one, other)) <= _FEW
    most = _ANY if few else _JOINED if same else _CROSSED
    return bool(pairs) and _lie_on_each_other(pairs, _inks(page, one, other, texts), view.ground, most)


@dataclass(slots=True)
class _Stretch:
    """Pieces of text that go on from each other in one line: Nastaliq is written letter by letter, each lower."""

    texts: list[_Text]
    box: Rectangle
    size: float

    def goes_on(self, text: _Text, letters: Letters) -> bool:
        """True if this piece goes on where the last one ends; only a few letters may reach back over that end."""
        last, place = self.texts[-1].place, text.place
        gap = max(last.box[0], place.box[0]) - min(last.box[2], place.box[2])
        near = max(abs(last.baseline - place.baseline), gap) < _GOES_ON * self.size
        if not near or abs(last.size - place.size) >= _NEAR:
            return False
        # To read a page's letters takes as long as to draw the page, and most lines do not reach back.
        return gap > -_REACH * self.size or max(len(letters.boxes(o.thing)) for o in (self.texts[-1], text)) <= _FEW

    def add(self, text: _Text) -> None:
        """Take in another piece."""
        a, b = self.box, text.place.box
        self.texts.append(text)
        self.box = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))


def _stretches(texts: Sequence[_Text], letters: Letters) -> list[_Stretch]:
    stretches: list[_Stretch] = []
    for text in texts:
        if stretches and stretches[-1].goes_on(text, letters):
            stretches[-1].add(text)
        else:
            stretches.append(_Stretch([text], text.place.box, text.place.size))
    return stretches


def _inks(page: Any, one: _Text, other: _Text, texts: Sequence[_Text]) -> tuple[Raster, Raster]:  # noqa: ANN401
    """The part of a page that two pieces of text are on, with each of them alone."""
    a, b = one.place.box, other.place.box
    part = min(a[0], b[0]) - 2, min(a[1], b[1]) - 2, max(a[2], b[2]) + 2, max(a[3], b[3]) + 2
    drawn = []
    for text in (one, other):
        with hidden(rest.thing for rest in texts if rest is not text):
            drawn.append(Raster.of(page, [part]))
    return drawn[0], drawn[1]


def _beside(one: Rectangle, other: Rectangle) -> bool:
    """True if two letters of a line overlap by less than half of the narrower."""
    shared = min(one[2], other[2]) - max(one[0], other[0])
    return shared < min(one[2] - one[0], other[2] - other[0]) / 2


def _same_line(one: _Text, other: _Text) -> bool:
    return abs(one.place.baseline - other.place.baseline) < _CLOSE * min(one.place.size, other.place.size)


def _lie_on_each_other(
    pairs: Sequence[tuple[Rectangle, Rectangle]], inks: tuple[Raster, Raster], ground: Raster, most: float
) -> bool:
    """True if more than `most` of a letter's ink, or a good part of several letters', is on others."""
    one, other = inks
    ink = [
        (_shared(_both(a, b), one, other, ground), min(_shared(a, one, one, ground), _shared(b, other, other, ground)))
        for a, b in pairs
    ]
    if any(shared > max(_SHARED, most * own) for shared, own in ink):
        return True
    meeting = [(shared, own) for shared, own in ink if shared > _SHARED]
    several = len(meeting) >= _SEVERAL
    return several and sum(shared for shared, _ in meeting) > _TOUCHING * sum(own for _, own in meeting)


def _both(one: Rectangle, other: Rectangle) -> Rectangle:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _shared(box: Rectangle, one: Raster, other: Raster, ground: Raster) -> int:
    """The number of pixels in a box that both have ink in."""
    rows = zip(one.rows(box), other.rows(box), ground.rows(box), strict=True)
    return sum(a != none and b != none for row in rows for a, b, none in zip(*map(numbers, row), strict=True))
