"""Reads what a finished PDF draws: the marks of each page, and the two hashes that people sign."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name

from pressroom.border import BorderError, border
from pressroom.diagnostics import PROGRAM_FAULT, Span, diagnostic
from pressroom.drawing.content import Content, File, UnknownError
from pressroom.drawing.left_out import without
from pressroom.drawing.lines import page_lines, text_hash
from pressroom.drawing.model import (
    Copy,
    DrawingError,
    DrawnPiece,
    Frame,
    Glyph,
    Item,
    LeftOut,
    Matrix,
    PageDrawing,
    PdfObject,
    PieceDrawing,
    Rectangle,
    Shape,
    around,
    meet,
    numbers,
    transformed,
)
from pressroom.drawing.objects import canonical, object_hash
from pressroom.drawing.operators import OPERATORS
from pressroom.drawing.outlines import FontError
from pressroom.drawing.parts import divided
from pressroom.drawing.said import refuse_unseen
from pressroom.drawing.state import State

_BOXES: Final = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
# What runs, fills in or switches something: a page for patients has none of it.
_ACTIVE: Final = ("/OpenAction", "/AA", "/AcroForm", "/OCProperties")
# Wishes to the viewer that leave out pages or parts of them.
_LEAVES_OUT: Final = ("/PrintPageRange", "/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a file paints, page by page, without what no signature covers."""

    pages: tuple[PageDrawing, ...]
    frames: tuple[Frame, ...] = ()

    def split(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The lines of the base, and of the imprint with everything of the base that it meets, in painting order."""
        base, imprint = list[str](), list[str]()
        for at, page in enumerate(self.pages):
            frames = [frame for frame in self.frames if frame.page == at]
            shared, own = divided(page.items, frames)
            base += page_lines(PageDrawing(page.line, shared), at + 1)
            imprint += page_lines(PageDrawing(page.line, own), at + 1)
        return tuple(base), tuple(imprint)

    @property
    def drawn(self) -> DrawnPiece:
        """The hashes that a signature names, and their texts."""
        base, imprint = self.split()
        hashes = PieceDrawing(text_hash(base), text_hash(imprint))
        return DrawnPiece(hashes, "\n".join([*base, ""]), "\n".join([*imprint, ""]))


def read_drawing(pdf: bytes, left_out: LeftOut, path: str = "") -> Drawing:
    """What a finished file paints.

    Raises:
        DrawingError: it has something that this reader does not know. Then there is no drawing to sign.
    """
    file = File(OPERATORS, left_out.notes)
    try:
        with border(UnknownError, FontError), pikepdf.open(io.BytesIO(pdf)) as document:
            refuse_active(document.Root)
            pages = tuple(_page(file, document, at, left_out) for at in range(len(document.pages)))
    except (UnknownError, FontError, BorderError) as error:
        message = f"what this file draws can't be read: {error}"
        hint = f"leave out the style or picture that draws it; without one, {PROGRAM_FAULT}"
        raise DrawingError(diagnostic("drawing-unread", Span(path), message, hint)) from None
    return Drawing(pages, left_out.frames)


def _page(file: File, document: pikepdf.Pdf, at: int, left_out: LeftOut) -> PageDrawing:
    page = document.pages[at]
    item = page.obj
    line = page_line(document, at)
    copies = left_out.copies[at] if at < len(left_out.copies) else ()
    content = Content(file, item.get("/Resources", Dictionary()), State(), copies=copies)
    painted = content.read(page)
    refuse_unseen(painted)
    items = without(_with_notes_beside(painted, copies), at, left_out)
    links = [read_link(annotation) for annotation in item.get("/Annots", [])]
    return PageDrawing(line, (*items, *links))


def page_line(document: pikepdf.Pdf, at: int) -> str:
    """The sizes of a page (from 0), and on the first page the file's colours. Raises UnknownError."""
    item = document.pages[at].obj
    if any(key in item for key in ("/AA", "/UserUnit")) or "/OC" in item:
        raise UnknownError("a page with actions, or with a unit of its own")
    boxes = [f"{key[1:]} {numbers([float(value) for value in item[key]])}" for key in _BOXES if key in item]
    turned = [f"turned {int(item.Rotate)}"] if int(item.get("/Rotate", 0)) else []
    group = [f"group {canonical(item.Group)}"] if "/Group" in item else []
    colours = _output_colours(document.Root) if at == 0 else []
    return "; ".join([*boxes, *turned, *group, *colours])


def _output_colours(root: PdfObject) -> list[str]:
    """The profile by which a press and a viewer read the file's colours."""
    return [f"colours {object_hash(root.OutputIntents)}"] if "/OutputIntents" in root else []


def _with_notes_beside(items: Sequence[Item], copies: Sequence[Matrix]) -> Sequence[Item]:
    """The items of a page. Raises UnknownError if a note, which is not signed, meets a card's words."""
    cards = {id(item.items): item.items for item in items if isinstance(item, Copy)}
    notes = [item for item in items if isinstance(item, Shape) and item.line.startswith("note ")]
    painted = [(left, bottom, right, top) for note in notes for left, bottom, right, top in note.geometry]
    if any(meet(box, place) for place in places_of_words(cards.values(), copies) for box in painted):
        raise UnknownError("a note that is not beside the cards of its sheet")
    return items


def places_of_words(cards: Iterable[Sequence[Item]], copies: Sequence[Matrix]) -> list[Rectangle]:
    """At each place of a card on a sheet, the box around the words of all cards; none if they have no words."""
    words = [mark.box for card in cards for mark in card if isinstance(mark, Glyph)]
    box = around(words) if words else None
    return [transformed(box, place) for place in copies] if box is not None else []


def refuse_active(root: PdfObject) -> None:
    """Raise UnknownError if a file runs, fills in or switches something, or wishes to leave out parts of pages."""
    wishes = root.get("/ViewerPreferences", Dictionary())
    active = [*(key for key in _ACTIVE if key in root), *(key for key in _LEAVES_OUT if key in wishes)]
    names = root.get("/Names", Dictionary())
    if active or "/JavaScript" in names:
        raise UnknownError(f"it has {active[0] if active else '/JavaScript'}")


def read_link(annotation: PdfObject) -> Shape:
    """A link that shows nothing; what would show, or do anything else, is refused."""
    border = [float(value) for value in annotation.get("/Border", [0, 0, 1])[:3]]
    width = float(annotation.get("/BS", {}).get("/W", border[2]))
    action = annotation.get("/A")
    if annotation.get("/Subtype") != Name.Link or "/AP" in annotation or "/AA" in annotation or width:
        raise UnknownError(f"an annotation of the kind {annotation.get('/Subtype')} that shows or does something")
    if action is not None and action.get("/S") not in (Name.URI, Name.GoTo):
        raise UnknownError("a link that does not lead to an address")
    left, bottom, right, top = (float(value) for value in annotation.Rect)
    target = str(action.get("/URI", "")) if action is not None else ""
    return Shape(f"link {target or 'to a place in the file'}", (left, bottom, right, top))
