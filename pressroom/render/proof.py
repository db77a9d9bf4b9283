"""Renders one piece: composes it, fits its type, and writes its PDF. Also renders specimens and review sheets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from pressroom.compose import (
    ComposeError,
    Composition,
    HtmlPage,
    Piece,
    Sample,
    Spill,
    compose,
    compose_specimen,
    drawings,
)
from pressroom.content import pictures_of
from pressroom.content.model import ALTERNATIVE
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.drawing import LeftOut
from pressroom.language import ENGLISH
from pressroom.layout import CARD, Stylesheet, stretched
from pressroom.render.base_and_imprint import Joined, Setting, draw_apart
from pressroom.render.cache import RenderCache
from pressroom.render.composed_before import composed as composed_before
from pressroom.render.copyfit import Fitted, Sizes
from pressroom.render.engine import Engine, RenderError
from pressroom.render.fitting import smallest_sizes, usual_sizes, window_findings
from pressroom.render.frame_model import FrameModel
from pressroom.render.illustrations import with_labels, with_windows_grown
from pressroom.render.label_room import fit_with_labels, labels_of
from pressroom.render.line_ends import lay_out_flowing
from pressroom.render.measure import Gauge, overhang_of, widest
from pressroom.render.numbers import Disagreement, Numbers
from pressroom.render.overset import (
    Overset,
    full_sides,
    letters_to_cut,
    overset_findings,
    pictures_in,
    too_wide_finding,
    untranslated_finding,
)
from pressroom.render.places import left_out_of, places_of
from pressroom.render.sections import loosened
from pressroom.render.twin_setting import find_twin, remember_twin, set_as
from pressroom.render.visible_text import hidden_or_added
from pressroom.units import ZERO, Length, mm

_EDGE: Final = mm(4)
# How far leading goes from the preferred (0) to the smallest (1), tried in turn.
_TIGHTENED: Final = (0.0, 0.5, 1.0)
_TEMPLATES = "pressroom/compose/templates"


@dataclass(frozen=True, slots=True)
class Work:
    """How many layouts a piece took.

    `disagreed` are frames that a page has shown to be of another height than calculated, `unread` those that could only
    be measured in a layout, each with the reason.
    """

    layouts: int = 0
    disagreed: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """A rendered piece: the PDF (None if nothing may be made of it), the sizes used, the findings.

    `left_out` is what no signature covers, where the pages have it. A file that was `joined` says from what. `work`
    says how it was measured.
    """

    pdf: bytes | None
    diagnostics: tuple[Diagnostic, ...]
    sizes: Sizes | None = None
    left_out: LeftOut = field(default_factory=LeftOut)
    joined: Joined | None = None
    work: Work = field(default_factory=Work, compare=False)


def render_piece(piece: Piece, cache: RenderCache | None = None) -> Proof:
    """Compose, fit and write one piece. A pure function of its inputs and the fonts; `cache` only saves time.

    An overset piece is still written, in longer frames that are marked, on paper large enough for them.
    """
    cache, before = cache or RenderCache(), Engine.layouts
    distrusted, models = frozenset[str](), dict[str, FrameModel | str]()
    try:
        if piece.layout.name not in cache.drawings:
            cache.drawings[piece.layout.name] = drawings(piece)
        drawn_before = cache.drawings[piece.layout.name]
        others_follow = cache.twins is not None
        composition = composed_before(piece, drawn_before) if others_follow else compose(piece, drawn=drawn_before)
        engine = Engine(composition.page, piece.document.path)
        if piece.layout.flows:
            proof = _flowing(piece, composition, engine)
            return replace(proof, work=Work(Engine.layouts - before))
        gauge = Gauge(engine, piece.layout, composition, piece.language, cache)
        while True:
            try:
                numbers = Numbers(gauge, usual_sizes(piece, composition).of_text, distrusted, models)
                proof = _fitted(piece, composition, numbers, cache)
                return replace(proof, work=Work(Engine.layouts - before, tuple(sorted(distrusted)), numbers.unread))
            except Disagreement as found:
                # Each is measured in the layout from now on, so this ends.
                distrusted |= found.frames
    except (ComposeError, RenderError) as error:
        return Proof(None, tuple(_at_its_picture(piece, problem) for problem in error.problems))


def _fitted(piece: Piece, unset: Composition, gauge: Numbers, cache: RenderCache) -> Proof:
    """The piece set as its twin, or with its type fitted. Raises Disagreement if a page is not as calculated."""
    if twin := find_twin(piece, unset, cache):
        setting = set_as(twin, unset, gauge)
        labels = labels_of(setting, cache)
        drawn_in = Setting(twin.fitted.sizes, twin.composed)
    else:
        setting, labels = fit_with_labels(piece, unset, gauge, cache)
        sizes = setting.fitted.sizes
        drawn_in = Setting(sizes, setting.gauge.composed(sizes), setting.gauge.ends(sizes))
    composition, engine, fitted = setting.composition, setting.gauge.engine, setting.fitted
    over = _overset(piece, composition, fitted, setting.sideways)
    if composition.illustrations:
        composition = with_labels(composition, labels)
        engine = Engine(composition.page, engine.source)
    joined = None if over.frames else draw_apart(piece, composition, engine, drawn_in, cache)
    if twin is not None and (joined is None or joined.ends != twin.ends):
        return _fitted(piece, unset, gauge, replace(cache, twins=None))
    if joined is not None:
        remember_twin(piece, unset, setting, drawn_in.composed, joined, cache)
        drawn = joined.pdf, joined.shared.places.with_imprint(joined.places)
    else:
        placed = composition
        if over.frames:
            longer = stretched(piece.layout, dict.fromkeys(over.sideways, ZERO) | over.down)
            placed = compose(replace(piece, layout=longer), over.frames, _spill(piece, composition, over))
            placed = setting.as_fitted(placed)
            if placed.illustrations:
                placed = with_labels(placed, labels)
            engine = Engine(placed.page, piece.document.path)
        pages = drawn_in.lay_out(placed, engine)
        if unprinted := hidden_or_added(pages, engine.root, Span(piece.layout.path)):
            return Proof(None, tuple(unprinted))
        pdf = engine.write(pages, piece.finish.edge if piece.finish else "")
        drawn = pdf, places_of(pages, piece.control.lines)
    findings = [f for frame in composition.frames for f in overset_findings(piece, frame, over, fitted.sizes)]
    findings += [_at_its_picture(piece, finding) for finding in labels.findings]
    findings += untranslated_finding(piece, composition.frames, over)
    findings += window_findings(piece, setting)
    # An overset text has a finding already, and is fuller than too full.
    if not over.frames and piece.language.tag == ENGLISH and piece.layout.type_class == CARD:
        findings += full_sides(piece.layout, composition.frames, setting.gauge(smallest_sizes(piece, composition)))
    return Proof(drawn[0], tuple(findings), fitted.sizes, left_out_of(drawn[1], piece, composition), joined)


def _at_its_picture(piece: Piece, problem: Diagnostic) -> Diagnostic:
    """The finding at the line that names its picture, if it is about one of the document's or the clinic's logo."""
    if problem.subject is None or problem.subject.kind != "picture":
        return problem
    blocks = (block for panel in piece.document.panels for block in pictures_of(panel.blocks))
    named = next((block.span for block in blocks if block.source == problem.subject.name), piece.logo_span)
    return replace(problem, span=named)


def _overset(piece: Piece, composition: Composition, fitted: Fitted, sideways: dict[str, Length]) -> Overset:
    down = {name: Length(pt) for name, pt in fitted.overset.items()}
    long = [frame for frame in composition.frames if frame.name in down and frame.messages]
    letters = {f.name: letters_to_cut(piece, f, fitted.sizes, down[f.name].pt) for f in long}
    pictured = [f for f in long if any(message.role == ALTERNATIVE for message in f.messages)]
    pictures = {frame.name: pictures_in(piece, frame, fitted.sizes) for frame in pictured}
    return Overset(down, sideways, letters, pictures)


def _flowing(piece: Piece, composition: Composition, engine: Engine) -> Proof:
    """A piece whose text flows from page to page at its preferred size; only its width can be overset."""
    sizes = usual_sizes(piece, composition)
    pages = engine.lay_out(sizes.css())
    if loose := loosened(pages):
        composition = replace(composition, stylesheets=(*composition.stylesheets, Stylesheet("", loose)))
        engine = Engine(composition.page, engine.source)
        pages = engine.lay_out(sizes.css())
    placed, crowded = with_windows_grown(composition, pages, engine.source)
    if placed is not composition:
        composition, engine = placed, Engine(placed.page, engine.source)
        pages = engine.lay_out(sizes.css())
    pages = lay_out_flowing(engine, sizes.css(), pages)
    if unprinted := hidden_or_added(pages, engine.root, Span(piece.layout.path)):
        return Proof(None, tuple(unprinted))
    pdf = engine.write(pages)
    wide = widest(pages, piece.layout, overhang_of(piece.language, max(sizes.body.values())))
    findings = [_at_its_picture(piece, finding) for finding in crowded]
    if wide > ZERO:
        findings.append(too_wide_finding(piece, wide))
    places = places_of(pages, piece.control.lines)
    return Proof(pdf, tuple(findings), sizes, left_out_of(places, piece, composition))


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


def render_specimen(sample: Sample) -> tuple[bytes | None, list[Diagnostic]]:
    """The PDF of a specimen, and its findings: a letter that no font has, or a second page."""
    source = f"{_TEMPLATES}/specimen.html"
    try:
        engine = Engine(compose_specimen(sample), source)
        document = lay_out_flowing(engine, "")
        pdf = engine.write(document)
    except RenderError as error:
        return None, list(error.problems)
    if len(document.pages) != 1:
        message = f"the specimen of {sample.language.tag} takes {len(document.pages)} pages"
        return pdf, [diagnostic("specimen-long", Span(source), message, "show fewer letters in letters.toml")]
    return pdf, []


def render_paper(page: HtmlPage, template: str) -> bytes:
    """A paper for staff (a review sheet, an audit) as a tagged PDF. Raises RenderError if WeasyPrint logs a problem."""
    engine = Engine(page, f"{_TEMPLATES}/{template}")
    return engine.write(engine.lay_out(""))
