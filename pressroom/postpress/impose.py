"""Imposition: finished cards and a sheet go in, a PDF of that sheet, front and back in register, comes out.

The first copy keeps its tags and is read once; all others are one form each, drawn as decoration.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary

from pressroom.layout import Flip, Sheet
from pressroom.postpress.note import draw_note
from pressroom.postpress.printer_shift import Printer, elements
from pressroom.render.tags.printing import ask_printer
from pressroom.render.tags.save import save
from pressroom.units import Length, mm

_TAGS: Final = frozenset({"BDC", "BMC", "EMC", "DP", "MP"})
# A cut mark stands clear of the card and is no thicker than a cutter's line.
_MARK_GAP: Final = mm(1)
_MARK_LENGTH: Final = mm(4)
_MARK_WEIGHT: Final = 0.25


@dataclass(frozen=True, slots=True)
class Place:
    """The lower left corner of a card on its page, in points from the lower left; `turned` by 180° on it."""

    x: float
    y: float
    turned: bool = False


def places(sheet: Sheet, card: tuple[float, float], flip: Flip, side: int) -> list[Place]:
    """Where the cards of a side stand, row by row as the front has them, so that backs follow their fronts.

    Portrait paper flipped on its long edge puts the cell (r, c) behind (r, n-1-c), upright; on its short edge
    behind (m-1-r, c), turned. `card` is width and height in points, `side` 0 for the front.
    """
    width, height = card
    found: list[Place] = []
    for row in range(sheet.rows):
        for column in range(sheet.columns):
            x = sheet.first[0].pt + column * sheet.pitch[0].pt + (sheet.cell[0].pt - width) / 2
            top = sheet.first[1].pt + row * sheet.pitch[1].pt + (sheet.cell[1].pt - height) / 2
            y = sheet.height.pt - top - height
            if side % 2 and flip == "long-edge":
                found.append(Place(sheet.width.pt - x - width, y))
            elif side % 2:
                found.append(Place(x, sheet.height.pt - y - height, turned=True))
            else:
                found.append(Place(x, y))
    return found


def fits(sheet: Sheet, width: Length, height: Length) -> bool:
    """True where a card of this size can be cut from the sheet's cells; a hair is rounding."""
    return width.pt <= sheet.cell[0].pt + 0.1 and height.pt <= sheet.cell[1].pt + 0.1


def impose(
    cards: Sequence[bytes], sheet: Sheet, flip: Flip, printer: Printer | None = None, *, note: str = ""
) -> bytes:
    """The sheet of these cards, each on as many cells as the others, in rows; asks to be printed at its true size.

    `note` says in the margin, in English, what the sheet is; how to print it is added.

    Raises:
        ValueError: there is no card, or they differ in size or in their number of sides.
    """
    if not cards:
        raise ValueError("there is no card to impose")
    with pikepdf.open(io.BytesIO(cards[0])) as document:
        sources = [document, *(pikepdf.open(io.BytesIO(card)) for card in cards[1:])]
        sizes = {tuple(round(s, 1) for s in _box(page)[2:]) for source in sources for page in source.pages}
        if len(sizes) > 1 or len({len(source.pages) for source in sources}) > 1:
            raise ValueError("the cards are not all of one size")
        forms = [[_form(document, page) for page in source.pages] for source in sources]
        for side, page in enumerate(document.pages):
            _impose_side(document, page, side, [form[side] for form in forms], sheet, flip, printer or Printer(), note)
        ask_printer(document, flip)
        return save(document)


def _box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """A page's trim: left, bottom, width, height."""
    left, bottom, right, top = (float(value) for value in page.trimbox)
    return left, bottom, right - left, top - bottom


def _form(document: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """A page without its tags as a form of this document."""
    form = page.as_form_xobject()
    content = [row for row in pikepdf.parse_content_stream(form) if str(row[1]) not in _TAGS]
    form.write(pikepdf.unparse_content_stream(content))
    return form if form.same_owner_as(document.Root) else document.copy_foreign(form)


def _impose_side(
    document: pikepdf.Pdf,
    page: pikepdf.Page,
    side: int,
    forms: list[pikepdf.Object],
    sheet: Sheet,
    flip: Flip,
    printer: Printer,
    note: str,
) -> None:
    left, bottom, width, height = _box(page)
    spots = places(sheet, (width, height), flip, side)
    names = [f"/Card{number}" for number in range(len(forms))]
    resources = Dictionary(dict(page.obj.Resources.items()))
    drawn = dict(resources.get("/XObject", Dictionary()).items())
    resources.XObject = Dictionary({**drawn, **dict(zip(names, forms, strict=True))})
    page.obj.Resources = resources
    own = page.obj.Contents.read_bytes()
    clip = f"{left:.4f} {bottom:.4f} {width:.4f} {height:.4f} re W n\n".encode()
    parts = [_printer_matrix(sheet, printer, side), b"q ", _matrix(spots[0], left, bottom, width, height), clip, own]
    parts.append(b"\nQ\n/Artifact BMC\n")
    for number, spot in enumerate(spots[1:], start=1):
        card = names[number * len(forms) // len(spots)].encode()
        parts += [b"q ", _matrix(spot, left, bottom, width, height), card, b" Do Q\n"]
    if sheet.marks:
        parts += [b"q 0 G %.2f w\n" % _MARK_WEIGHT, *_marks(sheet, side, flip), b"Q\n"]
    parts.append(draw_note(document, page, sheet, flip, side, note))
    page.obj.Contents = document.make_stream(b"".join([*parts, b"EMC\nQ\n"]))
    for name in ("/MediaBox", "/TrimBox", "/BleedBox", "/CropBox", "/ArtBox"):
        if name in page.obj or name == "/MediaBox":
            page.obj[name] = Array([0, 0, sheet.width.pt, sheet.height.pt])
    _move_places(document, page, spots[0].x - left, spots[0].y - bottom)


def _matrix(place: Place, left: float, bottom: float, width: float, height: float) -> bytes:
    if place.turned:
        return f"-1 0 0 -1 {place.x + width + left:.4f} {place.y + height + bottom:.4f} cm ".encode()
    return f"1 0 0 1 {place.x - left:.4f} {place.y - bottom:.4f} cm ".encode()


def _printer_matrix(sheet: Sheet, printer: Printer, side: int) -> bytes:
    """Everything moved and stretched from the middle of the sheet."""
    right, down = printer.back if side % 2 else printer.front
    scale = printer.scale
    x = sheet.width.pt * (1 - scale) / 2 + right.pt
    y = sheet.height.pt * (1 - scale) / 2 - down.pt
    return f"q {scale:.5f} 0 0 {scale:.5f} {x:.4f} {y:.4f} cm\n".encode()


def _marks(sheet: Sheet, side: int, flip: str) -> Iterator[bytes]:
    """Lines in the margins of the sheet, at every edge that is cut."""
    xs = sorted(
        {x for c in range(sheet.columns) for x in _edges(sheet.first[0].pt + c * sheet.pitch[0].pt, sheet.cell[0].pt)}
    )
    tops = sorted(
        {y for r in range(sheet.rows) for y in _edges(sheet.first[1].pt + r * sheet.pitch[1].pt, sheet.cell[1].pt)}
    )
    if side % 2 and flip == "long-edge":
        xs = [sheet.width.pt - x for x in xs]
    ys = [sheet.height.pt - y for y in tops]
    if side % 2 and flip == "short-edge":
        ys = tops
    near, far = _MARK_GAP.pt, _MARK_GAP.pt + _MARK_LENGTH.pt
    for x in xs:
        for edge, way in ((min(ys), -1), (max(ys), 1)):
            yield f"{x:.3f} {edge + way * near:.3f} m {x:.3f} {edge + way * far:.3f} l S\n".encode()
    for y in ys:
        for edge, way in ((min(xs), -1), (max(xs), 1)):
            yield f"{edge + way * near:.3f} {y:.3f} m {edge + way * far:.3f} {y:.3f} l S\n".encode()


def _edges(start: float, size: float) -> tuple[float, float]:
    return round(start, 3), round(start + size, 3)


def _move_places(document: pikepdf.Pdf, page: pikepdf.Page, right: float, up: float) -> None:
    """Links go with the first copy; so do the boxes of its figures."""
    for annotation in page.obj.get("/Annots", Array()):
        annotation.Rect = _moved(annotation.Rect, right, up)
        if "/QuadPoints" in annotation:
            annotation.QuadPoints = _moved(annotation.QuadPoints, right, up)
    for element in elements(document.Root.get("/StructTreeRoot", Dictionary()).get("/K")):
        attributes = element.get("/A")
        if isinstance(attributes, Dictionary) and "/BBox" in attributes and element.get("/Pg") == page.obj:
            attributes.BBox = _moved(attributes.BBox, right, up)


def _moved(numbers: pikepdf.Object, right: float, up: float) -> Array:
    return Array([float(value) + (up if index % 2 else right) for index, value in enumerate(numbers)])
