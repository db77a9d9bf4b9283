"""Composes a piece: for paper as data, with its styles, pictures and drawings, for the web as one page of HTML."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from markupsafe import Markup

from pressroom.catalog.model import Key
from pressroom.compose.art import CODE, ArtError, code_side, code_svg, draw
from pressroom.compose.block_parts import icon_assets, icon_style, screen_icon_style
from pressroom.compose.composition import ComposedPage, Composition, Part, PlacedFrame, SharedFrames
from pressroom.compose.fillers import by_hand_in, filler_of
from pressroom.compose.frame_writer import FrameWriter
from pressroom.compose.geometry import (
    ORIGIN,
    PRESS_MARGIN,
    Spill,
    custom_properties,
    geometry_css,
    page_language,
    picture_widths,
    placed,
)
from pressroom.compose.piece import Piece
from pressroom.compose.screen_drawing import following_scheme
from pressroom.compose.table_columns import share_style
from pressroom.compose.template import ComposeError, engine_style, part_macro, render_page
from pressroom.compose.text import leads_to
from pressroom.content import Panel, pictures_of
from pressroom.content.pictures import DRAWN
from pressroom.diagnostics import Span, diagnostic
from pressroom.layout import (
    LOCALE,
    MIDDLE,
    WEB,
    Frame,
    Page,
    Stylesheet,
    place_panels,
    printed_frames,
)
from pressroom.plain_style import plain_style
from pressroom.units import ZERO

# The frame of all parts of a text that flows.
FLOW: Final = "flow"
_NO_DRAWING: Final = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="1pt" height="1pt"/>'
Placing = Mapping[str, tuple[Panel, ...]]
_TYPES: Final = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
# Signs for line breaks on paper: browsers break every script themselves, and a search finds words without these signs.
_BREAK_SIGNS: Final = {ord("\u200b"): None, ord("\u2060"): None}


def compose(
    piece: Piece,
    overset: Mapping[str, str] | None = None,
    spill: Spill | None = None,
    drawn: Mapping[str, str] | None = None,
    like: SharedFrames | None = None,
    numbers: Mapping[Key, int] | None = None,
) -> Composition:
    """Compose a piece for paper.

    Only a proof has `overset`, which maps each frame whose text does not fit to the note at its edge, and `spill`, the
    paper that this text needs beyond the trim. `drawn` are the drawings, if another clinic's piece has them already,
    and `like` are its frames that this one has as well: then only the others are written. `numbers` of the document's
    messages mark their words, so that a live view finds these on the page (`TokenStore.filled`).

    Raises:
        ComposeError: panels and passages do not match, a drawing is missing, or a template is wrong.
    """
    layout, writer = piece.layout, FrameWriter(piece, numbers=numbers or {})
    panels, frames = _write_frames(writer, like)
    art = drawings(piece) if drawn is None else drawn
    sheets = tuple(_page(writer, page, frames, overset or {}, page.name in art) for page in layout.pages)
    addresses = {page: f"art/{page}.svg" for page in art}
    paper = Spill(PRESS_MARGIN, PRESS_MARGIN, PRESS_MARGIN, PRESS_MARGIN) if piece.bleed > ZERO else spill or Spill()
    positions = icon_style(ORIGIN) + geometry_css(layout, piece.speech, piece.brand, addresses, piece.bleed, paper)
    pictures = {addresses[page]: svg.encode() for page, svg in art.items()}
    if piece.address:
        pictures[CODE] = code_svg(piece.address, readable=piece.marking == "release")
        positions += f"\n:root {{ --code: {code_side(piece.address).pt:g}pt }}"
    return Composition(
        language=piece.language.tag,
        direction=piece.language.direction,
        body_class=" ".join(_classes(piece)),
        head=writer.head(),
        sheets=sheets,
        stylesheets=(
            engine_style("press.css"),
            engine_style("blocks.css"),
            *layout.stylesheets,
            Stylesheet("(positions)", positions + _widths(piece) + _columns(piece)),
        ),
        assets={**piece.images, **pictures, **icon_assets(), **_unlined(writer)},
        frames=tuple(
            _placed(piece, frame, frames[frame.name], panels) for frame in layout.frames if frame.name in frames
        ),
        illustrations=tuple(writer.illustrations),
    )


def _unlined(writer: FrameWriter) -> dict[str, bytes]:
    """The drawings of illustrations without their lines, for measuring; none is printed so."""
    return {one.address: _NO_DRAWING for one in writer.illustrations}


def _classes(piece: Piece) -> Iterator[str]:
    """The classes of the page: its style, its direction, and whether it is set without a drawing."""
    yield from (piece.layout.style or piece.layout.name, piece.language.direction)
    if not piece.layout.drawn:
        yield "undrawn"


def _write_frames(writer: FrameWriter, like: SharedFrames | None = None) -> tuple[Placing, dict[str, Part]]:
    """The panels by passage, and the frames in which something is written, by name in the layout's order."""
    known = {part.frame: part for part in like.parts} if like else {}
    layout = writer.piece.layout
    panels, problems = place_panels(writer.piece.document, layout)
    if problems:
        raise ComposeError(*problems)
    frames = {
        frame.name: known.get(frame.name) or writer.write(frame, panels.get(frame.passage, ()), first=number == 0)
        for number, frame in enumerate((*printed_frames(layout, panels), *layout.flow))
    }
    if like is not None:
        writer.illustrations[:0] = like.illustrations
    elif left_out := writer.left_out():
        raise ComposeError(*left_out)
    return panels, {name: written for name, written in frames.items() if written.html}


def _page(
    writer: FrameWriter, page: Page, frames: Mapping[str, Part], overset: Mapping[str, str], has_art: bool
) -> ComposedPage:
    layout, language = writer.piece.layout, writer.piece.speech(page.language)
    shapes = [f"art art-{page.name}"] if has_art else []
    shapes += [f"area area-{area.name} {area.kind}" for area in layout.areas if area.page == page.name]
    parts = [Part(Markup('class="{}"').format(shape)) for shape in shapes]
    if writer.piece.marking == "proof":
        parts += _draft_marks(writer, page, overset)
    parts += [frames[frame.name] for frame in layout.frames if frame.page == page.name and frame.name in frames]
    if layout.flow:
        html = Markup("\n").join(frame.html for frame in frames.values())
        parts.append(Part(Markup('class="flow"'), html, frame=FLOW))
    return ComposedPage(page.name, language.tag, language.direction, tuple(parts))


def _draft_marks(writer: FrameWriter, page: Page, overset: Mapping[str, str]) -> Iterator[Part]:
    """The marks of a proof, whatever a layout's template does; a screen reader reads them once a page."""
    piece = writer.piece
    html = part_macro("draft")(writer.draft_word(page.language), piece.document.pending)
    panels = [panel for panel in piece.layout.panels if panel.page == page.name]
    for number, panel in enumerate(panels):
        place = "every-page" if piece.layout.flows else f"panel-{panel.name}"
        hidden = Markup(' aria-hidden="true"') if number else ""
        yield Part(Markup('class="proof {}"{}').format(place, hidden), html, mark=True)
    for name in (frame.name for frame in piece.layout.frames if frame.page == page.name and frame.name in overset):
        yield Part(Markup('class="overset frame-{}"').format(name), part_macro("overset")(overset[name]), mark=True)


def _placed(piece: Piece, frame: Frame, written: Part, panels: Placing) -> PlacedFrame:
    return PlacedFrame(
        name=frame.name,
        page=piece.layout.page_number(frame.page),
        box=placed(frame.box, frame.page, piece.layout, piece.speech),
        group=frame.fit,
        panel=panels[frame.passage][0].name if frame.passage in panels else frame.name,
        voice=frame.language,
        messages=written.messages,
        middle=frame.align == MIDDLE,
        filler=filler_of(written.html, frame),
        spread=f"{frame.page} {frame.role} {frame.fit}" if frame.widen and frame.align != MIDDLE else "",
        by_hand=len(by_hand_in(written.html)),
        role=frame.role,
    )


def drawings(piece: Piece) -> dict[str, str]:
    """The SVG of each page that has a drawing, mirrored where the page is read from the right."""
    name, layout = piece.document.front.art, piece.layout
    if not name:
        return {}
    try:
        return {
            page: draw(name, layout, view, piece.brand, bleed=piece.bleed, mirror=mirror)
            for page, view in layout.views.items()
            for mirror in (page_language(layout, page, piece.speech).direction == "rtl",)
        }
    except ArtError as error:
        span = Span(piece.document.path, piece.document.front.lines.get("art", 1))
        raise ComposeError(diagnostic("art", span, str(error), "see docs/reference/layouts.md")) from None


def drawn_in(composition: Composition) -> dict[str, str]:
    """The drawings of a composition by page, as `drawings` made them."""
    addresses = {sheet.name: f"art/{sheet.name}.svg" for sheet in composition.sheets}
    found = {page: composition.assets.get(address) for page, address in addresses.items()}
    return {page: svg.decode() for page, svg in found.items() if svg is not None}


def compose_web(piece: Piece) -> str:
    """Compose a piece for the web: one self-contained page without scripts, which loads nothing else.

    Raises:
        ComposeError: a template is wrong, or leaves out a part of the document.
    """
    writer = FrameWriter(piece, links=True)
    writer.pictures = {source: _embedded(writer, source, data) for source, data in piece.images.items()}
    _, frames = _write_frames(writer)
    calls = any("{emergency}" in message.msgid for message in piece.document.messages)
    emergency = piece.placeholders["emergency"] if calls else ""
    html = render_page(
        "web.html",
        language=piece.language,
        head=writer.head(),
        style=Markup(_style(piece)),
        main=Markup("\n").join(frame.html for frame in frames.values()),
        emergency=emergency,
        emergency_link=leads_to("emergency", emergency),
        proof=piece.marking == "proof",
        draft=writer.draft_word(LOCALE),
        pending=piece.document.pending,
        logo=piece.logo,
        logo_source=writer.pictures.get(piece.logo.path) if piece.logo else "",
        clinic=piece.clinic.name,
        control=piece.control.lines,
    )
    # A table that scrolls sideways is reached by the keyboard too. No macro may write this attribute.
    html = html.replace('<div class="grid-room">', '<div class="grid-room" tabindex="0">')
    return f"{html.translate(_BREAK_SIGNS)}\n"


def following_drawings(piece: Piece) -> Iterator[str]:
    """The document's drawings whose colours follow a screen's scheme."""
    for source, data in piece.images.items():
        if _is_drawing(piece, source) and following_scheme(data, piece.brand) is not None:
            yield data.decode(errors="replace")


def _is_drawing(piece: Piece, source: str) -> bool:
    """True for an SVG of the document; a logo is as its owner drew it."""
    is_logo = piece.logo is not None and source == piece.logo.path
    return source.lower().endswith(DRAWN) and not is_logo


def web_left_out(piece: Piece) -> dict[str, str]:
    """What a web page has that no signature covers, each passage with what is signed in its place.

    A proof has its marks. Both have control lines, and dates and the same facts for programs in the head.
    """
    control, line = piece.control, Markup('<p class="control" lang="en" dir="ltr">{}</p>')
    signed = zip(control.lines, control.signed_lines, strict=True)
    passages = {line.format(whole): line.format(kept) for whole, kept in signed}
    passages[Markup('<meta name="keywords" content="{}">').format(control.keywords)] = Markup("")
    for name in ("dcterms.created", "dcterms.modified"):
        passages[Markup('<meta name="{}" content="{}">').format(name, piece.document.front.date)] = Markup("")
    if piece.marking == "proof":
        words = part_macro("web_draft")(FrameWriter(piece).draft_word(LOCALE), piece.document.pending)
        marks = ('<header class="draft">{}</header>', '<div class="draft">{}</div>')
        passages |= {Markup(mark).format(words): Markup("") for mark in marks}
        passages[Markup('<meta name="robots" content="noindex, nofollow">')] = Markup("")
    return {
        str(passage).translate(_BREAK_SIGNS): str(kept).translate(_BREAK_SIGNS) for passage, kept in passages.items()
    }


def _embedded(writer: FrameWriter, source: str, data: bytes) -> str:
    """The address that has a picture in it."""
    kind = _TYPES[PurePosixPath(source).suffix.lower()]
    if _is_drawing(writer.piece, source):
        return writer.on_screen(data)
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _columns(piece: Piece) -> str:
    """The widths of a table's columns, if the document has a table."""
    blocks = [block for panel in piece.document.panels for block in panel.blocks]
    return share_style() if any(block.kind == "table" for block in blocks) else ""


def _widths(piece: Piece) -> str:
    pictures = [picture for panel in piece.document.panels for picture in pictures_of(panel.blocks)]
    return picture_widths(picture.width for picture in pictures if picture.width)


def screen_styles(piece: Piece) -> tuple[Stylesheet, ...]:
    """The styles of a web page: the engine's, then those of its layout's folder."""
    folder = f"layouts/{piece.layout.name}/"
    own = [sheet for sheet in piece.layout.stylesheets if sheet.path.startswith(folder)]
    return (engine_style("web.css"), engine_style("blocks-web.css"), *own)


def _style(piece: Piece) -> str:
    """The brand's tokens, the engine's style for every page, and the layout's style; shared styles are for paper."""
    language = piece.language.set_for(WEB)
    families = ", ".join(f'"{family}"' for family in language.stack)
    tokens = {
        **piece.brand,
        "family": f"{families}, system-ui, sans-serif",
        "line-height": f"{max(language.leading(0)['line-height'], 1.5):g}",
    }
    root = f":root {{ {custom_properties(tokens)} }}"
    # A style can't end its element, and so write nothing of the page.
    styles = [plain_style(sheet.text) for sheet in screen_styles(piece)]
    return "\n".join([root, screen_icon_style(), *styles, _widths(piece)]).replace("</", "<\\/")
