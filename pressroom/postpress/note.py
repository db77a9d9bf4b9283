"""What a sheet says of itself in its margin, for whoever prints it: its name and how to print it, as outlines."""

from __future__ import annotations

from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from pressroom.layout import Flip, Sheet
from pressroom.render.outlines import outlines
from pressroom.units import mm

NOTE: Final = "/Note"
# The same for a printer that turns the paper on its other edge; of our own, and read by nobody else.
_OTHER: Final = "/PressroomOtherEdge"
_SIDES: Final = ("front", "back")
_SIZE: Final = 7.0
# Office printers leave 6.35 mm white; the first card of the fullest sheet begins at 12.7 mm.
_BASELINE: Final = mm(9.2)
_MARGIN: Final = mm(8)


def draw_note(document: pikepdf.Pdf, page: pikepdf.Page, sheet: Sheet, flip: Flip, side: int, note: str) -> bytes:
    """Put the note of a side among the page's forms; the operators that draw it, empty without a note."""
    if not note:
        return b""
    other: Flip = "short-edge" if flip == "long-edge" else "long-edge"
    form = _form(document, sheet, flip, side, note)
    form[_OTHER] = _form(document, sheet, other, side, note)
    page.obj.Resources.XObject[NOTE] = form
    return f"q {NOTE} Do Q\n".encode()


def turn_note(page: pikepdf.Page) -> None:
    """Have the note of a page name the other edge."""
    drawn = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    if NOTE in drawn and _OTHER in drawn[NOTE]:
        drawn[NOTE] = drawn[NOTE][_OTHER]


def _form(document: pikepdf.Pdf, sheet: Sheet, flip: Flip, side: int, note: str) -> pikepdf.Object:
    edge = flip.replace("-", " ")
    text = f"{note} · {_SIDES[side % 2]} · print at 100 % (actual size), two sides, flip on the {edge}"
    width, drawn = outlines(text, _SIZE)
    room = sheet.width.pt - 2 * _MARGIN.pt
    shrunk = min(1.0, room / width)
    left, up = (sheet.width.pt - width * shrunk) / 2, sheet.height.pt - _BASELINE.pt
    content = f"{shrunk:.4f} 0 0 {shrunk:.4f} {left:.3f} {up:.3f} cm 0 g\n".encode() + drawn
    form = document.make_stream(content)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([0, 0, sheet.width.pt, sheet.height.pt])
    form.Resources = Dictionary()
    return form
