"""Composes a piece for paper: its frames are written and placed, and its styles, pictures and drawings gathered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from markupsafe import Markup

from pressroom.compose.art import ArtError, draw
from pressroom.compose.code import CODE, code_svg
from pressroom.compose.composition import Composition, Head, Part, PlacedFrame, Sheet
from pressroom.compose.draft_marks import draft_marks
from pressroom.compose.frame_writer import FrameWriter, WrittenFrame
from pressroom.compose.geometry import PRESS_MARGIN, Drawing, Spill, geometry_css, page_language, placed
from pressroom.compose.piece import Piece
from pressroom.compose.template import TemplateFault, page_text
from pressroom.content import Panel
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout import MIDDLE, Frame, Page, Stylesheet, place_panels
from pressroom.units import ZERO

Placing = Mapping[str, tuple[Panel, ...]]
_END = Markup('{}\n<div class="end" id="end-{}"></div>')


class ComposeError(Exception):
    """The piece can't be composed; carries every reason."""

    def __init__(self, problems: Sequence[Diagnostic]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = list(problems)


def compose(
    piece: Piece,
    overset: Mapping[str, str] | None = None,
    spill: Spill | None = None,
    drawn: Mapping[str, str] | None = None,
) -> Composition:
    """Compose a piece.

    `overset` maps the frames whose text does not fit to what their marked edge says, and `spill` is the paper that
    this text needs beyond the trim; a proof alone has them. `drawn` are the drawings, if the same piece for another
    clinic has them already.

    Raises:
        ComposeError: panels and passages do not match, a drawing is not there, or a template is wrong.
    """
    layout = piece.layout
    writer = FrameWriter(piece)
    panels, frames = write_frames(piece, writer)
    art = drawings(piece) if drawn is None else drawn
    sheets = tuple(_sheet(piece, writer, page, frames, overset or {}, page.name in art) for page in layout.pages)
    pages = {page: Drawing(_address(page), piece.bleed) for page in art}
    positions = geometry_css(layout, piece.speech, piece.brand, pages, _paper(piece, spill))
    pictures = {_address(page): svg.encode() for page, svg in art.items()}
    if piece.address:
        pictures[CODE] = code_svg(piece.address, readable=piece.marking == "release")
    return Composition(
        language=piece.language.tag,
        direction=piece.language.direction,
        body_class=f"{layout.style or layout.name} {piece.language.direction}",
        head=head_of(piece, writer),
        sheets=sheets,
        stylesheets=(engine_style(), *layout.stylesheets, Stylesheet("(positions)", positions)),
        assets={**piece.images, **pictures},
        frames=tuple(
            _placed(piece, frame, frames[frame.name], panels) for frame in layout.frames if frame.name in frames
        ),
    )


def write_frames(piece: Piece, writer: FrameWriter) -> tuple[Placing, dict[str, WrittenFrame]]:
    """Returns the panels by passage, and the frames in which something is written, by name in the layout's order.

    Raises:
        ComposeError: panels and passages do not match, a template is wrong, or it leaves out a part of the document.
    """
    panels, problems = place_panels(piece.document, piece.layout)
    if problems:
        raise ComposeError(problems)
    frames: dict[str, WrittenFrame] = {}
    try:
        for number, frame in enumerate((*piece.layout.frames, *piece.layout.flow)):
            written = writer.write(frame, panels.get(frame.passage, ()), first=number == 0)
            frames |= {frame.name: written} if written.html else {}
    except TemplateFault as fault:
        raise ComposeError([diagnostic("template", fault.span, str(fault), fault.hint)]) from fault
    if left_out := writer.left_out():
        raise ComposeError(left_out)
    return panels, frames


def head_of(piece: Piece, writer: FrameWriter) -> Head:
    """The metadata of a piece."""
    front = piece.document.front
    return Head(writer.plain(front.title), piece.clinic.name, piece.control.keywords, front.date)


def _sheet(
    piece: Piece,
    writer: FrameWriter,
    page: Page,
    frames: Mapping[str, WrittenFrame],
    overset: Mapping[str, str],
    has_art: bool,
) -> Sheet:
    layout, voice = piece.layout, writer.voice(page.language)
    shapes = [f"art art-{page.name}"] if has_art else []
    shapes += [f"area area-{area.name} {area.kind}" for area in layout.areas if area.page == page.name]
    parts = [Part(Markup('class="{}"').format(shape)) for shape in shapes]
    if piece.marking == "proof":
        parts += draft_marks(piece, page.name, voice, overset)
    parts += [
        _part(frame, frames[frame.name], piece, page)
        for frame in layout.frames
        if frame.page == page.name and frame.name in frames
    ]
    if layout.flow:
        html = Markup("\n").join(frame.html for frame in frames.values())
        parts.append(Part(Markup('class="flow"'), html, frame="flow"))
    return Sheet(page.name, voice.language.tag, voice.language.direction, tuple(parts))


def _part(frame: Frame, written: WrittenFrame, piece: Piece, page: Page) -> Part:
    attributes = Markup('class="frame frame-{} role-{}{}"').format(frame.name, frame.role, _says(written))
    if frame.language != page.language:
        language = piece.speech(frame.language)
        attributes += Markup(' lang="{}" dir="{}"').format(language.tag, language.direction)
    html = _END.format(written.html, frame.name)
    return Part(attributes, html, False, frame.name, frame.role, written.source, written.slots)


def _says(written: WrittenFrame) -> str:
    """The class of a frame that has a single panel of the document."""
    panels = {message.panel for message in written.messages}
    return f" says-{panels.pop()}" if len(panels) == 1 else ""


def _placed(piece: Piece, frame: Frame, written: WrittenFrame, panels: Placing) -> PlacedFrame:
    return PlacedFrame(
        name=frame.name,
        page=piece.layout.page_number(frame.page),
        box=placed(frame.box, frame.page, piece.layout, piece.speech),
        group=frame.fit,
        panel=panels[frame.passage][0].name if frame.passage in panels else frame.name,
        voice=frame.language,
        messages=written.messages,
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


@cache
def engine_style() -> Stylesheet:
    """The style that every layout is built on."""
    return Stylesheet("pressroom/compose/templates/press.css", page_text("press.css"))
