"""Places the labels of illustrations: each beside its point, in a column where one that wraps pushes the next down.

How tall a label is, and how tall its window, is known only after layout. So the pages are laid out once, and the result
is a composition with the drawings and the distances that follow from what was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from pressroom.compose import Composition, DrawnIllustration
from pressroom.compose.illustrations import Place, Point, named_point, placed_svg, showing_points
from pressroom.content.illustrations import Illustration, read_illustration
from pressroom.diagnostics import Diagnostic, Span, Subject, diagnostic
from pressroom.fingerprint import fingerprint
from pressroom.layout import Stylesheet
from pressroom.render.copyfit import Sizes
from pressroom.render.engine import Engine
from pressroom.render.page_boxes import PT_PER_PX, classes_of, placed_children
from pressroom.render.sections import FlowPlan, Window, shared_out
from pressroom.typesetting.blocks import Laid
from pressroom.units import Length

# Between two labels, between words and the line to them, and the least of a drawing above a point (pt).
_APART: Final = 2.0
_BEFORE_WORDS: Final = 5.0
_ABOVE: Final = 8.0
_HAIR: Final = 0.5


@dataclass(frozen=True, slots=True)
class PlacedLabels:
    """The style that places labels, the drawings with their lines by address, and findings of too many words.

    `lacking` is by how many points labels, or what they name, run out of a drawing that could be taller, by frame.
    """

    style: str
    drawings: dict[str, bytes]
    findings: tuple[Diagnostic, ...]
    lacking: dict[str, float]


@dataclass(frozen=True, slots=True)
class Words:
    """A label on a page: its height and that of its first line, in points."""

    height: float
    line: float


@dataclass(frozen=True, slots=True)
class _Laid:
    """An illustration on a page: its place, how far from its start the words begin, and the words.

    `spare` is how much taller its window is than the whole drawing, in points; `most` how tall the window may be where
    text flows, and 0 for a picture that is no window.
    """

    drawn: DrawnIllustration
    illustration: Illustration
    place: Place
    words_from: float
    words: tuple[Words, ...]
    spare: float = 0.0
    most: float = 0.0


# Frames as they are drawn, of those that are asked for: which of them need no layout.
Calculate = Callable[[Collection[str]], Mapping[str, Laid]]


def labels_placed(
    composition: Composition,
    engine: Engine,
    sizes: Sizes,
    known: dict[str, PlacedLabels] | None = None,
    calculate: Calculate = lambda names: {},
) -> PlacedLabels:
    """Each illustration as tall as its place at these sizes, and its labels beside their points.

    Frames with illustrations that are not `known` are laid out, if they can't be calculated. Where there are more words
    than room, a finding says so. Raises RenderError.
    """
    known = {} if known is None else known
    frames = {one.frame for one in composition.illustrations}
    if not frames:
        return PlacedLabels("", {}, (), {})
    page, own = composition.page, sizes
    if frames <= {part.frame for part in composition.parts}:
        page, own = composition.only(frames), sizes.of_frames(lambda name: name in frames)
    # Of all that a page says in its head, a clinic's name differs, and none of it is drawn.
    key = fingerprint(page.html.partition("</head>")[2], own.css(), *(sheet.text for sheet in page.stylesheets))
    if key not in known:
        calculated = calculate(frames)
        laid = list(_of_blocks(calculated, composition))
        if frames - calculated.keys():
            pages = engine.of_part(page).lay_out(own.css())
            others = _laid_out(pages, composition, flowing=False)
            laid += (one for one in others if one.drawn.frame not in calculated)
        known[key] = _placed(laid, composition, engine.source)
    return known[key]


def with_labels(composition: Composition, placed: PlacedLabels) -> Composition:
    """The composition with the labels of its illustrations in their places."""
    styles = (*composition.stylesheets, Stylesheet("", placed.style))
    return replace(composition, assets=composition.assets | placed.drawings, stylesheets=styles)


def growth_of(composition: Composition, document: Document) -> dict[str, float]:
    """By how many points each window of a flowing text may be taller than in this document, by its class."""
    found = _laid_out(document, composition, flowing=True) if composition.illustrations else ()
    return {laid.drawn.name: max(0.0, laid.most - laid.place.height) for laid in found}


def with_windows_grown(
    composition: Composition, document: Document, source: str, plan: FlowPlan
) -> tuple[Composition, tuple[Diagnostic, ...]]:
    """The composition of a flowing text with each window as tall as its page lets it be, and labels in their places.

    `document` is what it was laid out as, with its windows at their least height.
    """
    if not composition.illustrations:
        return composition, ()
    pages: dict[int, list[_Laid]] = {}
    for laid in _laid_out(document, composition, flowing=True):
        pages.setdefault(plan.pages.get(laid.drawn.name, 0), []).append(laid)
    grown = [laid for page, found in sorted(pages.items()) for laid in _grown(found, plan.rooms[page])]
    placed = _placed(grown, composition, source)
    return with_labels(composition, placed), placed.findings


def _placed(found: Iterable[_Laid], composition: Composition, source: str) -> PlacedLabels:
    drawings, rules, findings = dict[str, bytes](), list[str](), list[Diagnostic]()
    lacking: dict[str, float] = {}
    for one in found:
        laid = replace(one, place=showing_points(one.illustration, one.place, _ABOVE))
        place, illustration = laid.place, laid.illustration
        points = [named_point(label, illustration, place, _ABOVE) for label in illustration.labels]
        tops = stacked(_levels(laid, points), laid.words, (_words_from(laid), place.height))
        starts = [_start(laid, top + words.line / 2) for top, words in zip(tops, laid.words, strict=False)]
        svg = composition.assets[laid.drawn.source]
        drawings[laid.drawn.address] = placed_svg(svg, illustration, place, list(zip(points, starts, strict=False)))
        rules += _rules(laid, tops)
        over = _over(laid, tops)
        findings += _crowded(laid, over, source)
        low = max(over, _ABOVE - min((y for _, y in points), default=_ABOVE))
        if low > _HAIR >= laid.spare:
            lacking[laid.drawn.frame] = max(low, lacking.get(laid.drawn.frame, 0.0))
    return PlacedLabels("\n".join(rules), drawings, tuple(findings), lacking)


def _over(laid: _Laid, tops: Sequence[float]) -> float:
    """By how many points labels run out at the foot of their drawing."""
    return tops[-1] + laid.words[-1].height - laid.place.height if tops else 0.0


def _crowded(laid: _Laid, over: float, source: str) -> Iterator[Diagnostic]:
    if over > _HAIR:
        message = f"the labels of {laid.drawn.source} run {Length(over).mm:.1f} mm out of the drawing, at its foot"
        hint = "use shorter words for its labels, or fewer labels"
        subject = Subject("picture", laid.drawn.source)
        yield diagnostic("labels-crowded", Span(source), message, hint, subject)


def _levels(laid: _Laid, points: Sequence[Point]) -> list[float]:
    """How far below the top of its place each label's first line is best: as its author placed it beside its point."""
    scale, labels = laid.place.scale(laid.illustration), laid.illustration.labels
    return [point[1] + (label.y - label.points[-1][1]) * scale for label, point in zip(labels, points, strict=True)]


def _words_from(laid: _Laid) -> float:
    """How far below the top of the place words may begin."""
    illustration = laid.illustration
    if illustration.words_from is None:
        return 0.0
    return max(0.0, laid.place.point(illustration, (illustration.left, illustration.words_from))[1])


def stacked(levels: Sequence[float], words: Sequence[Words], column: tuple[float, float]) -> list[float]:
    """The top of each label in the column from one height to another, in points.

    Each is at its level, but below the one before it, and above the foot as far as all fit.
    """
    top, foot = column
    tops: list[float] = []
    for level, label in zip(levels, words, strict=False):
        tops.append(max(level - label.line / 2, _below(tops, words, top)))
    for at in range(len(tops) - 1, -1, -1):
        tops[at] = min(tops[at], foot - words[at].height)
        foot = tops[at] - _APART
    # More words than room: they run out at the foot, where it is seen.
    for at in range(len(tops)):
        tops[at] = max(tops[at], _below(tops[:at], words, top))
    return tops


def _below(tops: Sequence[float], words: Sequence[Words], top: float) -> float:
    """Where the next label begins at the earliest."""
    return tops[-1] + words[len(tops) - 1].height + _APART if tops else top


def _start(laid: _Laid, level: float) -> tuple[float, float]:
    along = laid.words_from - _BEFORE_WORDS * max(1.0, laid.place.scale(laid.illustration))
    return (laid.place.width - along if laid.place.mirrored else along), level


def _rules(laid: _Laid, tops: Sequence[float]) -> Iterator[str]:
    place, here = laid.place, f".illustrated.{laid.drawn.name}"
    yield f"{here} .shown, {here} .names {{ height: {place.height:.3f}pt }}"
    if laid.spare > _HAIR:
        yield f"{here} {{ padding-top: {laid.spare:.3f}pt }}"
    yield f"{here} .image {{ width: {place.width:.3f}pt; height: {place.height:.3f}pt }}"
    foot = 0.0
    for number, (top, words) in enumerate(zip(tops, laid.words, strict=False), start=1):
        yield f"{here} .names > .name-{number} {{ margin-top: {top - foot:.3f}pt }}"
        foot = top + words.height


def _of_blocks(frames: Mapping[str, Laid], composition: Composition) -> Iterator[_Laid]:
    """The illustrations of frames that were laid out by numbers."""
    for one in (drawn for drawn in composition.illustrations if drawn.frame in frames):
        illustration = read_illustration(composition.assets[one.source])
        for laid, top in frames[one.frame].walk():
            if illustration is not None and {"illustrated", one.name} <= laid.block.names:
                yield _of_block(laid, top, one, illustration)


def _of_block(box: Laid, top: float, drawn: DrawnIllustration, illustration: Illustration) -> _Laid:
    inside = list(box.walk(top))
    row, shown = (next(one for one in inside if name in one[0].block.names) for name in ("drawing", "shown"))
    mirrored, is_window = drawn.direction == "rtl", "window" in box.block.names
    height = row[0].height - row[0].own.above - row[0].own.below
    if is_window:
        height = top + box.height - box.own.below - row[1] - row[0].own.above - row[0].own.below
    width, height, drawing = (side * PT_PER_PX for side in (row[0].width, height, shown[0].width))
    names = [number for number, one in enumerate(row[0].children) if "names" in one.block.names]
    words_from = _before(row[0], names[0], mirrored=mirrored) * PT_PER_PX if names else width
    whole = illustration.height * drawing / illustration.width
    place = Place(width, min(height, whole), drawing, mirrored)
    words = tuple(
        Words((one.height - one.own.above - one.own.below) * PT_PER_PX, (one.own.lead or one.height) * PT_PER_PX)
        for one, _ in inside
        if "name" in one.block.names
    )
    return _Laid(drawn, illustration, place, words_from, words, height - place.height if is_window else 0.0)


def _before(row: Laid, number: int, *, mirrored: bool) -> float:
    """How far from its start the content of an item of a row begins, in CSS pixels."""
    before = sum(one.width + one.own.sides + row.own.gap for one in row.children[:number])
    own = row.children[number].own
    return before + (own.sides - own.left if mirrored else own.left)


def _laid_out(document: Document, composition: Composition, *, flowing: bool) -> Iterator[_Laid]:
    drawn = {one.name: one for one in composition.illustrations}
    for page in document.pages:
        for box in _with_class(page._page_box, "illustrated"):
            for name in classes_of(box) & drawn.keys():
                illustration = read_illustration(composition.assets[drawn[name].source])
                # Labels that are longer than a page go on after it, in a box without the drawing.
                if illustration is not None and any(_with_class(box, "shown")):
                    yield _measured(box, drawn[name], illustration, flowing=flowing)


def _grown(found: Sequence[_Laid], room: float) -> Iterator[_Laid]:
    """The illustrations of a page; those that are windows take the room that is left."""
    windows = [laid for laid in found if laid.most]
    heights = shared_out(room, [Window(laid.place.height, laid.most) for laid in windows])
    for laid, height in zip(windows, heights, strict=True):
        yield replace(laid, place=replace(laid.place, height=height))
    yield from (laid for laid in found if not laid.most)


def _measured(box: boxes.Box, drawn: DrawnIllustration, illustration: Illustration, *, flowing: bool) -> _Laid:
    row, shown = (next(_with_class(box, name)) for name in ("drawing", "shown"))
    mirrored = drawn.direction == "rtl"
    height, is_window = row.height, "window" in classes_of(box)
    if is_window and not flowing:
        height = box.content_box_y() + box.height - row.content_box_y() - row.border_bottom_width
    width, height, drawing = (side * PT_PER_PX for side in (row.width, height, shown.width))
    columns = [_start_of(column, mirrored=mirrored) for column in _with_class(box, "names")]
    words_from = abs(columns[0] - _start_of(row, mirrored=mirrored)) * PT_PER_PX if columns else width
    whole = illustration.height * drawing / illustration.width
    place = Place(width, min(height, whole), drawing, mirrored)
    words = tuple(map(_words, _with_class(box, "name")))
    if is_window and flowing:
        return _Laid(drawn, illustration, place, words_from, words, most=min(whole, shown.max_height * PT_PER_PX))
    return _Laid(drawn, illustration, place, words_from, words, height - place.height if is_window else 0.0)


def _start_of(box: boxes.Box, *, mirrored: bool) -> float:
    """Where the content of a box begins, in CSS pixels."""
    return float(box.content_box_x() + (box.width if mirrored else 0))


def _words(name: boxes.Box) -> Words:
    line = next((child for child in name.children if isinstance(child, boxes.LineBox)), None)
    return Words(name.height * PT_PER_PX, (line.height if line is not None else name.height) * PT_PER_PX)


def _with_class(box: boxes.Box, name: str) -> Iterator[boxes.Box]:
    """The outermost boxes of this class in a box."""
    for child in placed_children(box):
        if name in classes_of(child) and isinstance(child, boxes.BlockLevelBox):
            yield child
        else:
            yield from _with_class(child, name)
