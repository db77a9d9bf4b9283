"""The page: a `Piece` goes in, HTML with its styles, pictures and frames comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pressroom.compose.art import ArtError, draw
from pressroom.compose.geometry import Spill, geometry_css, placed
from pressroom.compose.piece import Piece
from pressroom.compose.placing import place_panels
from pressroom.compose.scribe import Scribe
from pressroom.compose.template import TemplateFault, render_template
from pressroom.compose.text import TextSetter
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import find_language
from pressroom.layout import Box, Stylesheet

__all__ = ["ComposeError", "Composition", "PlacedFrame", "Spill", "compose"]


class ComposeError(Exception):
    """The piece can't be composed; carries every reason."""

    def __init__(self, problems: list[Diagnostic]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class PlacedFrame:
    """A frame where it stands on its page, the document's panel it belongs to, and the messages set in it."""

    name: str
    page: int
    box: Box
    group: str
    panel: str
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """A piece ready to be laid out; `assets` are its pictures by address, nothing else may be fetched."""

    html: str
    stylesheets: tuple[Stylesheet, ...]
    assets: dict[str, bytes]
    frames: tuple[PlacedFrame, ...]


def compose(piece: Piece, overset: Mapping[str, str] | None = None, spill: Spill | None = None) -> Composition:
    """Compose a piece.

    `overset` maps the frames whose text does not fit to what their marked edge says, and `spill` is the room
    that this text needs beyond the trim; both are a proof's.

    Raises:
        ComposeError: panels and passages do not match, a drawing is not there, or a template is wrong.
    """
    panels, problems = place_panels(piece.document, piece.layout)
    if problems:
        raise ComposeError(problems)
    marks = piece.marking == "proof"
    language, values = piece.language, piece.placeholders
    scribe = Scribe(
        piece,
        TextSetter(language, piece.translation, values, marks),
        TextSetter(language, piece.said, values, marks=False),
    )
    passages = {passage.name: panels.get(passage.name) for passage in piece.layout.passages}
    html = render_html(piece, scribe, passages=passages, overset=dict(overset or {}))
    if unset := scribe.unset():
        raise ComposeError(unset)
    art = _drawings(piece)
    sheet = geometry_css(piece.layout, language, piece.brand, {page: _address(page) for page in art}, spill or Spill())
    frames = tuple(
        PlacedFrame(
            name=frame.name,
            page=piece.layout.page_number(frame.page),
            box=placed(frame.box, piece.layout, language),
            group=frame.fit,
            panel=panels[frame.passage].name if frame.passage in panels else frame.name,
            messages=tuple(scribe.written[frame.name]),
        )
        for frame in piece.layout.frames
        if frame.name in scribe.written
    )
    styles = (_engine_style(), *piece.layout.stylesheets, Stylesheet("(positions)", sheet))
    pictures = {_address(page): svg.encode() for page, svg in art.items()}
    return Composition(html, styles, {**piece.images, **pictures}, frames)


def _address(page: str) -> str:
    return f"art/{page}.svg"


def _drawings(piece: Piece) -> dict[str, str]:
    name = piece.document.front.art
    if not name:
        return {}
    mirror = piece.language.direction == "rtl"
    try:
        drawn = {p.name: draw(name, piece.layout, p.name, piece.brand, mirror=mirror) for p in piece.layout.pages}
    except ArtError as error:
        span = Span(piece.document.path, piece.document.front.lines.get("art", 1))
        raise ComposeError([diagnostic("art", span, str(error), "see docs/reference/layouts.md")]) from None
    return {page: svg for page, svg in drawn.items() if svg is not None}


def render_html(piece: Piece, scribe: Scribe, **context: object) -> str:
    """The layout's template with what every template may use.

    Raises:
        ComposeError: a template is wrong.
    """
    names: dict[str, object] = {
        "begin": scribe.begin,
        "end": scribe.end,
        "say": scribe.say,
        "plain": scribe.plain,
        "word": scribe.word,
        "own_word": scribe.own_word,
        "plain": scribe.plain,
        "picture": scribe.picture,
        "document": piece.document,
        "clinic": piece.clinic,
        "places": piece.places,
        "control": piece.control,
        "language": piece.language,
        "english": find_language("en"),
        "layout": piece.layout,
        "proof": piece.marking == "proof",
    }
    try:
        return render_template(piece.layout, names, context)
    except TemplateFault as fault:
        hint = "correct the template; nothing is made with it"
        raise ComposeError([diagnostic("template", fault.span, str(fault), hint)]) from fault


@cache
def _engine_style() -> Stylesheet:
    path = Path(__file__).with_name("templates") / "press.css"
    return Stylesheet("pressroom/compose/templates/press.css", path.read_text(encoding="utf-8"))
