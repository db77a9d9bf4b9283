"""Renders one piece: composes it, fits its type, and writes its PDF. Also renders specimens and review sheets."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace

from pressroom.compose import (
    ComposeError,
    Composition,
    HtmlPage,
    Piece,
    Sample,
    compose,
    compose_specimen,
    drawings,
)
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.drawing import LeftOut
from pressroom.render.base_and_imprint import Joined, draw_apart
from pressroom.render.cache import RenderCache
from pressroom.render.composed_before import composed as composed_before
from pressroom.render.copyfit import Sizes
from pressroom.render.engine import Engine, RenderError
from pressroom.render.fitting import usual_sizes
from pressroom.render.frame_model import FrameModel
from pressroom.render.line_ends import lay_out_flowing
from pressroom.render.measure import Gauge
from pressroom.render.numbers import Disagreement, Numbers
from pressroom.render.overset import overset_in
from pressroom.render.places import left_out_of, places_of
from pressroom.render.set_piece import (
    Places,
    SetPiece,
    at_its_picture,
    findings_of,
    lay_out_flowed,
    lay_out_set,
    set_piece,
)
from pressroom.render.twin_setting import calculated, find_twin, remember_twin, set_as
from pressroom.render.twins import Twin
from pressroom.render.work import Work

_TEMPLATES = "pressroom/compose/templates"


@dataclass(frozen=True, slots=True)
class Proof:
    """A rendered piece: the PDF (None if nothing may be made of it), the sizes used, the findings.

    `left_out` is what no signature covers, where the pages have it. A file that was `joined` says from what. `work`
    says how it was measured. `frames` are those in which something is written. `beside` is where words that are too
    wide are beside their frame, on each page.
    """

    pdf: bytes | None
    diagnostics: tuple[Diagnostic, ...]
    sizes: Sizes | None = None
    left_out: LeftOut = field(default_factory=LeftOut)
    joined: Joined | None = None
    work: Work = field(default_factory=Work, compare=False)
    frames: frozenset[str] = frozenset()
    beside: Places = ()


def render_piece(piece: Piece, cache: RenderCache | None = None) -> Proof:
    """Compose, fit and write one piece. A pure function of its inputs and the fonts; `cache` only saves time.

    An overset piece is still written, in longer frames that are marked, on paper large enough for them; but not if
    there is another product that may take its place.
    """
    cache, before = cache or RenderCache(), Engine.layouts
    distrusted, models = frozenset[str](), dict[str, FrameModel | str]()
    try:
        if piece.layout.name not in cache.drawings:
            cache.drawings[piece.layout.name] = drawings(piece)
        drawn_before = cache.drawings[piece.layout.name]
        others_follow = cache.twins is not None
        composition = (
            composed_before(piece, drawn_before, cache.frames) if others_follow else compose(piece, drawn=drawn_before)
        )
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
        return Proof(None, tuple(at_its_picture(piece, problem) for problem in error.problems))


def _fitted(piece: Piece, unset: Composition, gauge: Numbers, cache: RenderCache) -> Proof:
    """The piece set as its twin, or with its type fitted. Raises Disagreement if a page is not as calculated."""
    if twin := find_twin(piece, unset, cache):
        with suppress(Disagreement):
            return _drawn(piece, unset, set_as(twin, unset, gauge, cache), cache, twin)
        cache = replace(cache, twins=None)
    return _drawn(piece, unset, set_piece(piece, unset, gauge, cache), cache)


def _drawn(piece: Piece, unset: Composition, found: SetPiece, cache: RenderCache, twin: Twin | None = None) -> Proof:
    """The piece as it is set; without a file if another product takes its place. Raises Disagreement.

    The pages of a product that gives way are laid out for the first of twins alone, as a check of what was calculated.
    """
    findings, sizes = tuple(findings_of(piece, found)), found.fitted.fitted.sizes
    gives_way = piece.instead is not None and bool(overset_in(findings))
    if gives_way and twin is not None:
        return Proof(None, findings, sizes)
    engine, composition, beside = found.engine, found.composition, Places()
    in_one = gives_way or bool(found.over.frames)
    joined = None if in_one else draw_apart(piece, composition, engine, found.drawn_in, cache)
    ends = joined.ends if joined is not None else {}
    if twin is not None and ends != twin.ends:
        raise Disagreement(frozenset())
    if joined is not None:
        drawn = joined.pdf, joined.shared.places.with_imprint(joined.places)
    else:
        pages, engine, beside = lay_out_set(piece, calculated(found) if twin else found, engine)
        if unprinted := engine.unprinted(pages, Span(piece.layout.path)):
            return Proof(None, tuple(unprinted))
        pdf = b"" if gives_way else engine.write(pages, piece.finish.edge if piece.finish else "")
        drawn = pdf, places_of(pages, piece.control.lines)
    if twin is None and (in_one or joined is not None):
        remember_twin(piece, unset, found, ends, cache)
    if gives_way:
        return Proof(None, findings, sizes)
    left_out = left_out_of(drawn[1], piece, composition)
    written = frozenset(frame.name for frame in composition.frames)
    return Proof(drawn[0], findings, sizes, left_out, joined, frames=written, beside=beside)


def _flowing(piece: Piece, unset: Composition, engine: Engine) -> Proof:
    """A piece whose text flows from page to page at its preferred size; only its width can be overset."""
    flowed = lay_out_flowed(piece, unset, engine)
    if unprinted := flowed.engine.unprinted(flowed.pages, Span(piece.layout.path)):
        return Proof(None, tuple(unprinted))
    pdf = flowed.engine.write(flowed.pages)
    places = places_of(flowed.pages, piece.control.lines)
    return Proof(pdf, flowed.findings, flowed.sizes, left_out_of(places, piece, flowed.composition))


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
    return engine.write(lay_out_flowing(engine, ""))
