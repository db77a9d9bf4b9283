"""Reads what a finished PDF draws: the marks of each page, and the two hashes that people sign."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Dictionary, Name

from pressroom.diagnostics import Span, diagnostic
from pressroom.drawing.interpret import FontError, Reader, UnknownError
from pressroom.drawing.left_out import without
from pressroom.drawing.lines import around, page_lines, text_hash
from pressroom.drawing.model import (
    Copy,
    DrawingError,
    Glyph,
    Item,
    LeftOut,
    PageDrawing,
    PieceDrawing,
    Rectangle,
    Shape,
    inside,
    meet,
    numbers,
)
from pressroom.drawing.objects import canonical

# A glyph that reaches out of its frame is still in it.
_SLACK: Final = 0.5
_BOXES: Final = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
# What runs, fills in or switches something: a page for patients has none of it.
_ACTIVE: Final = ("/OpenAction", "/AA", "/AcroForm", "/OCProperties")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a file paints, page by page, without what no signature covers; `imprint` are one clinic's frames."""

    pages: tuple[PageDrawing, ...]
    imprint: tuple[tuple[int, Rectangle], ...] = ()

    def split(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The lines of the base, and of the imprint with everything of the base that it meets, in painting order."""
        base, imprint = [], []
        for at, page in enumerate(self.pages):
            frames = [box for number, box in self.imprint if number == at]
            base += page_lines(PageDrawing(page.line, _base_of(page.items, frames)), at + 1)
            imprint += page_lines(PageDrawing(page.line, _imprint_of(page.items, frames)), at + 1)
        return tuple(base), tuple(imprint)

    @property
    def signed(self) -> PieceDrawing:
        """The hashes that a signature names."""
        base, imprint = self.split()
        return PieceDrawing(text_hash(base), text_hash(imprint))


def read_drawing(pdf: bytes, left_out: LeftOut, path: str = "") -> Drawing:
    """What a finished file paints.

    Raises:
        DrawingError: it has something that this reader does not know. Then there is no drawing, and nobody can sign.
    """
    reader = Reader(left_out.notes)
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            _refuse_active(document.Root)
            pages = tuple(_page(reader, page, at, left_out) for at, page in enumerate(document.pages))
    except (UnknownError, FontError, pikepdf.PdfError, ValueError, ArithmeticError) as error:
        message = f"what this file draws can't be read: {error}"
        hint = "leave out the style or picture that draws it; or report it with the document"
        raise DrawingError(diagnostic("drawing-unread", Span(path), message, hint)) from None
    return Drawing(pages, left_out.imprint)


def _page(reader: Reader, page: pikepdf.Page, at: int, left_out: LeftOut) -> PageDrawing:
    item = page.obj
    if any(key in item for key in ("/AA", "/UserUnit")) or "/OC" in item:
        raise UnknownError("a page with actions, or with a unit of its own")
    boxes = [f"{key[1:]} {numbers([float(value) for value in item[key]])}" for key in _BOXES if key in item]
    turned = [f"turned {int(item.Rotate)}"] if int(item.get("/Rotate", 0)) else []
    group = [f"group {canonical(item.Group)}"] if "/Group" in item else []
    copies = left_out.copies[at] if at < len(left_out.copies) else ()
    items = without(reader.page(page, copies), at, left_out)
    links = [_link(annotation) for annotation in item.get("/Annots", [])]
    return PageDrawing("; ".join([*boxes, *turned, *group]), (*items, *links))


def _refuse_active(root: Any) -> None:  # noqa: ANN401  pikepdf publishes no types
    active = [key for key in _ACTIVE if key in root]
    names = root.get("/Names", Dictionary())
    if active or "/JavaScript" in names:
        raise UnknownError(f"it has {active[0] if active else '/JavaScript'}")


def _link(annotation: Any) -> Shape:  # noqa: ANN401
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


def _base_of(items: Sequence[Item], frames: Sequence[Rectangle]) -> tuple[Item, ...]:
    """What is not in a clinic's frame."""
    if any(isinstance(item, Copy) for item in items):
        return _on_cards(items, frames, _base_of)
    return tuple(item for item in items if not _is_imprint(item, frames))


def _imprint_of(items: Sequence[Item], frames: Sequence[Rectangle]) -> tuple[Item, ...]:
    """What meets a clinic's frame or anything in it: so a signature covers what lies over a clinic's words."""
    if any(isinstance(item, Copy) for item in items):
        return _on_cards([item for item in items if isinstance(item, Copy)], frames, _imprint_of)
    own = [item for item in items if _is_imprint(item, frames) and not isinstance(item, Copy)]
    if not own:
        return ()
    places = [*frames, around(own)]
    return tuple(item for item in items if _is_imprint(item, frames) or any(meet(item.box, box) for box in places))


def _on_cards(items: Sequence[Item], frames: Sequence[Rectangle], part: Any) -> tuple[Item, ...]:  # noqa: ANN401
    return tuple(item._replace(items=part(item.items, frames)) if isinstance(item, Copy) else item for item in items)


def _is_imprint(item: Item, frames: Sequence[Rectangle]) -> bool:
    if isinstance(item, Glyph):
        return any(inside((item.x, item.y, item.x, item.y), box, _SLACK) for box in frames)
    return not isinstance(item, Copy) and any(inside(item.box, box, _SLACK) for box in frames)
