"""The page: a `Piece` goes in, HTML with its styles, pictures and frames comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pressroom.compose.address import address_line
from pressroom.compose.art import ArtError, draw
from pressroom.compose.code import CODE, code_svg
from pressroom.compose.geometry import PRESS_MARGIN, Drawing, Spill, geometry_css, page_language, placed
from pressroom.compose.piece import Piece
from pressroom.compose.template import TemplateFault, render_template
from pressroom.compose.template_context import TemplateContext
from pressroom.content import Message, Panel
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout import MIDDLE, Box, Stylesheet, place_panels
from pressroom.units import ZERO

__all__ = ["ComposeError", "Composition", "PlacedFrame", "Spill", "compose"]


class ComposeError(Exception):
    """The piece can't be composed; carries every reason."""

    def __init__(self, problems: list[Diagnostic]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class PlacedFrame:
    """A frame where it stands on its page, its panel of the document, its voice, and the messages set in it.

    `middle` where they stand in the middle of it.
    """

    name: str
    page: int
    box: Box
    group: str
    panel: str
    voice: str
    messages: tuple[Message, ...]
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Composition:
    """A piece ready to be laid out; `assets` are its pictures by address, nothing else may be fetched."""

    html: str
    stylesheets: tuple[Stylesheet, ...]
    assets: dict[str, bytes]
    frames: tuple[PlacedFrame, ...]


def compose(
    piece: Piece,
    overset: Mapping[str, str] | None = None,
    spill: Spill | None = None,
    drawn: Mapping[str, str] | None = None,
) -> Composition:
    """Compose a piece.

    `overset` maps the frames whose text does not fit to what their marked edge says, and `spill` is the room
    that this text needs beyond the trim; both are a proof's. `drawn` are the drawings, if the same piece for another
    clinic has them already.

    Raises:
        ComposeError: panels and passages do not match, a drawing is not there, or a template is wrong.
    """
    panels, problems = place_panels(piece.document, piece.layout)
    if problems:
        raise ComposeError(problems)
    scribe = TemplateContext(piece)
    gathered = {passage.name: panels.get(passage.name, ()) for passage in piece.layout.passages}
    passages = {name: found[0] if found else None for name, found in gathered.items()}
    art = drawings(piece) if drawn is None else drawn
    html = render_html(piece, scribe, passages=passages, gathered=gathered, overset=dict(overset or {}), art=art)
    if unset := scribe.unset():
        raise ComposeError(unset)
    pages = {page: Drawing(_address(page), piece.bleed) for page in art}
    sheet = geometry_css(piece.layout, piece.speech, piece.brand, pages, _paper(piece, spill))
    styles = (engine_style(), *piece.layout.stylesheets, Stylesheet("(positions)", sheet))
    pictures = {_address(page): svg.encode() for page, svg in art.items()}
    if piece.address:
        pictures[CODE] = code_svg(piece.address)
    return Composition(html, styles, {**piece.images, **pictures}, tuple(_frames(piece, scribe, panels)))


def _frames(piece: Piece, scribe: TemplateContext, panels: Mapping[str, tuple[Panel, ...]]) -> Iterator[PlacedFrame]:
    """The frames that something was written in."""
    layout = piece.layout
    for frame in layout.frames:
        if frame.name in scribe.written:
            yield PlacedFrame(
                name=frame.name,
                page=layout.page_number(frame.page),
                box=placed(frame.box, frame.page, layout, piece.speech),
                group=frame.fit,
                panel=panels[frame.passage][0].name if frame.passage in panels else frame.name,
                voice=frame.language,
                messages=tuple(scribe.written[frame.name]),
                middle=frame.align == MIDDLE,
            )


def _paper(piece: Piece, spill: Spill | None) -> Spill:
    if piece.bleed > ZERO:
        return Spill(PRESS_MARGIN, PRESS_MARGIN, PRESS_MARGIN, PRESS_MARGIN)
    return spill or Spill()


def _address(page: str) -> str:
    return f"art/{page}.svg"


def drawings(piece: Piece) -> dict[str, str]:
    """The SVG of each page that has a drawing, mirrored where the page is read from the right.

    Raises:
        ComposeError: there is no such drawing.
    """
    name, layout = piece.document.front.art, piece.layout
    if not name:
        return {}
    try:
        return {
            page: draw(name, layout, view, piece.brand, bleed=piece.bleed, mirror=_mirrored(piece, page))
            for page, view in layout.views.items()
        }
    except ArtError as error:
        span = Span(piece.document.path, piece.document.front.lines.get("art", 1))
        raise ComposeError([diagnostic("art", span, str(error), "see docs/reference/layouts.md")]) from None


def _mirrored(piece: Piece, page: str) -> bool:
    return page_language(piece.layout, page, piece.speech).direction == "rtl"


def render_html(piece: Piece, scribe: TemplateContext, **context: object) -> str:
    """The layout's template with what every template may use.

    Raises:
        ComposeError: a template is wrong.
    """
    names: dict[str, object] = {
        "open_page": scribe.open_page,
        "frame_language": scribe.frame_language,
        "begin": scribe.begin,
        "end": scribe.end,
        "say": scribe.say,
        "plain": scribe.plain,
        "word": scribe.word,
        "own_word": scribe.own_word,
        "english_of": scribe.english,
        "picture": scribe.picture,
        "address_line": address_line,
        "document": piece.document,
        "clinic": piece.clinic,
        "notice": piece.clinic.notice(piece.language.tag),
        "places": piece.places,
        "logo": piece.logo,
        "control": piece.control,
        "language": piece.language,
        "english": piece.speech("en"),
        "layout": piece.layout,
        "address": piece.address,
        "code": CODE,
        "proof": piece.marking == "proof",
    }
    try:
        return render_template(piece.layout, names, context)
    except TemplateFault as fault:
        hint = "correct the template; nothing is made with it"
        raise ComposeError([diagnostic("template", fault.span, str(fault), hint)]) from fault


@cache
def engine_style() -> Stylesheet:
    """The style that every layout stands on."""
    path = Path(__file__).with_name("templates") / "press.css"
    return Stylesheet("pressroom/compose/templates/press.css", path.read_text(encoding="utf-8"))
