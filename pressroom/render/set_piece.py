"""Sets a piece: finds its sizes, the ends of its lines, its labels and what runs over, and lays its pages out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from weasyprint import Document

from pressroom.catalog.model import Key
from pressroom.compose import FLOW, ROWS, Composition, Piece, Spill, compose, with_rows, without_by_hand
from pressroom.content import pictures_of
from pressroom.content.model import ALTERNATIVE
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH
from pressroom.layout import CARD, stretched
from pressroom.render.base_and_imprint import Setting
from pressroom.render.cache import RenderCache
from pressroom.render.copyfit import Fitted, Sizes
from pressroom.render.engine import Engine
from pressroom.render.fitting import FittedPiece, smallest_sizes, usual_sizes, window_findings
from pressroom.render.illustrations import PlacedLabels, growth_of, with_labels, with_windows_grown
from pressroom.render.label_room import fit_with_labels
from pressroom.render.line_ends import lay_out_flowing
from pressroom.render.measure import overhang_of, widest
from pressroom.render.numbers import Numbers
from pressroom.render.overset import (
    Overset,
    full_sides,
    overset_findings,
    pictures_in,
    too_wide_finding,
    untranslated_finding,
)
from pressroom.render.sections import ONE_PAGE, flow_plan, row_height
from pressroom.render.too_long import letters_to_cut
from pressroom.units import ZERO, Length, mm

_EDGE: Final = mm(4)
# Of each page, rectangles on it.
Places = tuple[tuple[tuple[float, float, float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class SetPiece:
    """A piece as it is set: its frames with their sizes, labels, the ends of its lines, and what runs over.

    `composition` has the labels of illustrations in their places.
    """

    fitted: FittedPiece
    labels: PlacedLabels
    drawn_in: Setting
    over: Overset
    composition: Composition

    @property
    def engine(self) -> Engine:
        """An engine for the composition."""
        engine = self.fitted.gauge.engine
        return Engine(self.composition.page, engine.source) if self.composition.illustrations else engine


def set_piece(piece: Piece, unset: Composition, gauge: Numbers, cache: RenderCache) -> SetPiece:
    """The piece with its type fitted. Raises RenderError."""
    fitted, labels = fit_with_labels(piece, unset, gauge, cache)
    gauge, sizes = fitted.gauge, fitted.fitted.sizes
    drawn_in = Setting(sizes, gauge.composed(sizes), gauge.ends(sizes), gauge.texts(sizes))
    return as_set(fitted, labels, drawn_in, _overset(piece, gauge, fitted.fitted, fitted.sideways))


def as_set(fitted: FittedPiece, labels: PlacedLabels, drawn_in: Setting, over: Overset) -> SetPiece:
    """The piece as it was fitted."""
    composition = fitted.composition
    if composition.illustrations:
        composition = with_labels(composition, labels)
    return SetPiece(fitted, labels, drawn_in, over, composition)


def lay_out_set(
    piece: Piece, found: SetPiece, engine: Engine, numbers: Mapping[Key, int] | None = None
) -> tuple[Document, Engine, Places]:
    """The pages of a piece, and their engine; where text runs over, the pages are larger and their frames marked.

    Of each page also where words that are too wide are beside their frame: left, bottom, right and top, in points
    from its foot. `engine` has the composition; `numbers` as in `compose`. Raises Disagreement and RenderError.
    """
    placed, drawn_in = found.composition, found.drawn_in
    beside: Places = ()
    if found.over.frames:
        over = found.over
        longer = stretched(piece.layout, dict.fromkeys(over.sideways, ZERO) | over.down)
        spill = _spill(piece, found.composition, over)
        placed = found.fitted.as_fitted(compose(replace(piece, layout=longer), over.frames, spill, numbers=numbers))
        if placed.illustrations:
            placed = with_labels(placed, found.labels)
        engine = Engine(placed.page, piece.document.path)
        beside = _beside(piece, placed, over, longer.height, spill.left)
        # A frame that is composed again may have other elements.
        drawn_in = replace(drawn_in, texts=drawn_in.of(over.frames, others=True).texts)
    return drawn_in.lay_out(placed, engine), engine, beside


def _beside(piece: Piece, placed: Composition, over: Overset, height: Length, left: Length) -> Places:
    pages: list[list[tuple[float, float, float, float]]] = [[] for _ in piece.layout.pages]
    for frame in placed.frames:
        if frame.name in over.sideways:
            box, beyond = frame.box, over.sideways[frame.name] + _EDGE
            is_rtl = piece.voice(frame.voice).language.direction == "rtl"
            start = left + (box.left - beyond if is_rtl else box.left + box.width)
            top = height - box.top
            pages[frame.page - 1].append((start.pt, (top - box.height).pt, (start + beyond).pt, top.pt))
    return tuple(map(tuple, pages))


def findings_of(piece: Piece, found: SetPiece) -> Iterator[Diagnostic]:
    """What is wrong with how a piece is set: text and labels that run over, windows without room, full sides."""
    frames, fitted, over = found.composition.frames, found.fitted, found.over
    yield from (f for frame in frames for f in overset_findings(piece, frame, over, fitted.fitted.sizes))
    yield from (at_its_picture(piece, finding) for finding in found.labels.findings)
    yield from untranslated_finding(piece, frames, over)
    yield from window_findings(piece, fitted)
    # An overset text has a finding already, and is fuller than too full.
    if not over.frames and piece.language.tag == ENGLISH and piece.layout.type_class == CARD:
        yield from full_sides(piece.layout, frames, fitted.gauge(smallest_sizes(piece, found.composition)))


def at_its_picture(piece: Piece, problem: Diagnostic) -> Diagnostic:
    """The finding at the line that names its picture, if it is about one of the document's or the clinic's logo."""
    if problem.subject is None or problem.subject.kind != "picture":
        return problem
    blocks = (block for panel in piece.document.panels for block in pictures_of(panel.blocks))
    named = next((block.span for block in blocks if block.source == problem.subject.name), piece.logo_span)
    return replace(problem, span=named)


def _overset(piece: Piece, numbers: Numbers, fitted: Fitted, sideways: dict[str, Length]) -> Overset:
    down = {name: Length(pt) for name, pt in fitted.overset.items()}
    if piece.instead is not None:
        # Another product may hold the text. How much must go is counted where none does.
        return Overset(down, sideways)
    long = [frame for frame in numbers.composition.frames if frame.name in down and frame.messages]
    letters = {f.name: letters_to_cut(piece, f, fitted.sizes, down[f.name].pt, numbers) for f in long}
    pictured = [f for f in long if any(message.role == ALTERNATIVE for message in f.messages)]
    pictures = {frame.name: pictures_in(piece, frame, fitted.sizes) for frame in pictured}
    return Overset(down, sideways, letters, pictures)


def _spill(piece: Piece, composition: Composition, over: Overset) -> Spill:
    """More paper for what runs out sideways, with an edge beyond it."""
    left = right = ZERO
    for frame in composition.frames:
        box = frame.box
        if frame.name in over.sideways:
            beyond = over.sideways[frame.name]
            if piece.voice(frame.voice).language.direction == "rtl":
                left = max(left, beyond - box.left + _EDGE)
            else:
                right = max(right, box.left + box.width + beyond - piece.layout.width + _EDGE)
    return Spill(max(left, ZERO), max(right, ZERO))


@dataclass(frozen=True, slots=True)
class Flowed:
    """The pages of a text that flows from page to page, with their engine, composition and sizes, and findings."""

    pages: Document
    engine: Engine
    composition: Composition
    sizes: Sizes
    findings: tuple[Diagnostic, ...]


def lay_out_flowed(piece: Piece, composition: Composition, engine: Engine) -> Flowed:
    """The pages of a piece whose text flows; only its width can be overset. Raises RenderError."""
    sizes, layout = usual_sizes(piece, composition), piece.layout
    has_rows = any(ROWS in part.html for part in composition.parts)
    if has_rows:
        composition = with_rows(composition, {FLOW: 1})
        engine = Engine(composition.page, engine.source)
    whole = engine.lay_out(sizes.css() + ONE_PAGE % layout.width.css())
    height = (layout.height - layout.safe * 2).pt
    plan = flow_plan(engine.root, whole, growth_of(composition, whole), height, row_height(whole))
    placed, crowded = with_windows_grown(composition, whole, engine.source, plan)
    if has_rows:
        placed = without_by_hand(with_rows(placed, {FLOW: plan.rows}), {FLOW: plan.by_hand})
    if placed is not composition:
        composition, engine = placed, Engine(placed.page, engine.source)
    css = sizes.css() + plan.style
    pages = lay_out_flowing(engine, css)
    wide = widest(pages, piece.layout, overhang_of(piece.language, max(sizes.body.values())))
    findings = [at_its_picture(piece, finding) for finding in crowded]
    if wide > ZERO:
        findings.append(too_wide_finding(piece, wide))
    return Flowed(pages, engine, composition, sizes, tuple(findings))
