"""Imposition: puts finished cards on a sheet, front and back in register.

The first copy keeps its tags and is read once; all others are one form each, drawn as decoration.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Dictionary, Matrix, Rectangle

from pressroom.layout import Flip, Sheet
from pressroom.postpress.note import draw_note, line
from pressroom.postpress.printer import Placing, Printer, move_annotations
from pressroom.render.tags.drawn import ask_printer
from pressroom.render.tags.finish import save
from pressroom.units import Length, mm

_TAGS: Final = frozenset({"BDC", "BMC", "EMC", "DP", "MP"})
# A cut mark is clear of the card and is no thicker than a cutter's line.
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
    """Where the cards of a side are, row by row as the front has them, so that backs follow their fronts.

    Portrait paper flipped on its long edge puts the cell (r, c) behind (r, n-1-c), upright; on its short edge
    behind (m-1-r, c), turned. `card` is width and height in points, `side` 0 for the front.
    """
    width, height = card
    on_side: list[Place] = []
    for row in range(sheet.rows):
        for column in range(sheet.columns):
            x = sheet.first[0].pt + column * sheet.pitch[0].pt + (sheet.cell[0].pt - width) / 2
            top = sheet.first[1].pt + row * sheet.pitch[1].pt + (sheet.cell[1].pt - height) / 2
            y = sheet.height.pt - top - height
            if side % 2 and flip == "long-edge":
                on_side.append(Place(sheet.width.pt - x - width, y))
            elif side % 2:
                on_side.append(Place(x, sheet.height.pt - y - height, turned=True))
            else:
                on_side.append(Place(x, y))
    return on_side


def fits(sheet: Sheet, width: Length, height: Length) -> bool:
    """True where a card of this size can be cut from the sheet's cells; a hair is rounding."""
    return width.pt <= sheet.cell[0].pt + 0.1 and height.pt <= sheet.cell[1].pt + 0.1


def impose(
    cards: Sequence[bytes], sheet: Sheet, flip: Flip, printer: Printer | None = None, *, note: str = ""
) -> bytes:
    """The sheet of these cards, each on as many cells as the others, in rows; asks to be printed at its true size.

    `note` says in the margin, in English, what the sheet is; how to print it is added. Raises ValueError if there is no
    card, or they differ in size or in their number of sides.
    """
    if not cards:
        raise ValueError("there is no card to impose")
    with pikepdf.open(io.BytesIO(cards[0])) as document:
        sources = [document, *(pikepdf.open(io.BytesIO(card)) for card in cards[1:])]
        trims = [Rectangle(page.trimbox) for source in sources for page in source.pages]
        sizes = {(round(trim.width, 1), round(trim.height, 1)) for trim in trims}
        if len(sizes) > 1 or len({len(source.pages) for source in sources}) > 1:
            raise ValueError("the cards are not all of one size")
        forms = [[_form(document, page) for page in source.pages] for source in sources]
        for side, page in enumerate(document.pages):
            _impose_side(document, page, side, [form[side] for form in forms], sheet, flip, printer or Printer(), note)
        ask_printer(document, flip)
        return save(document)


def placed(pdf: bytes, sheet: Sheet, flip: Flip, printer: Printer | None = None) -> tuple[tuple[Placing, ...], ...]:
    """The transformations that put a card on each side of its sheet, in the order they are drawn in."""
    paper, moved = Rectangle(0, 0, sheet.width.pt, sheet.height.pt), printer or Printer()
    with pikepdf.open(io.BytesIO(pdf)) as card:
        trims = [Rectangle(page.trimbox) for page in card.pages]
    return tuple(
        tuple(
            (_matrix(place, trim) @ moved.matrix(paper, side)).shorthand
            for place in places(sheet, (trim.width, trim.height), flip, side)
        )
        for side, trim in enumerate(trims)
    )


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
    trim, paper = Rectangle(page.trimbox), Rectangle(0, 0, sheet.width.pt, sheet.height.pt)
    spots = [_matrix(place, trim) for place in places(sheet, (trim.width, trim.height), flip, side)]
    names = [f"/Card{number}" for number in range(len(forms))]
    resources = Dictionary(dict(page.obj.Resources.items()))
    drawn = dict(resources.get("/XObject", Dictionary()).items())
    resources.XObject = Dictionary({**drawn, **dict(zip(names, forms, strict=True))})
    page.obj.Resources = resources
    card = page.obj.Contents.read_bytes()
    clip = f"{trim.llx:.4f} {trim.lly:.4f} {trim.width:.4f} {trim.height:.4f} re W n\n".encode()
    parts = [b"q %b cm\nq %b cm " % (printer.matrix(paper, side).encode(), spots[0].encode()), clip, card]
    parts.append(b"\nQ\n/Artifact BMC\n")
    for number, spot in enumerate(spots[1:], start=1):
        parts.append(b"q %b cm %b Do Q\n" % (spot.encode(), names[number * len(forms) // len(spots)].encode()))
    if sheet.marks:
        parts += [b"q 0 G %.2f w\n" % _MARK_WEIGHT, "".join(_marks(sheet, side, flip)).encode(), b"Q\n"]
    parts.append(draw_note(document, page, sheet, flip, side, note))
    page.obj.Contents = document.make_stream(b"".join([*parts, b"EMC\nQ\n"]))
    for name in ("/MediaBox", "/TrimBox", "/BleedBox", "/CropBox", "/ArtBox"):
        if name in page.obj or name == "/MediaBox":
            page.obj[name] = paper.as_array()
    # Links belong to the first copy alone, as its tags do.
    move_annotations(document, page, spots[0])


def _matrix(place: Place, trim: Rectangle) -> Matrix:
    # Four decimals of a point are 35 nanometres, and end the same on every machine.
    if place.turned:
        return Matrix(-1, 0, 0, -1, round(place.x + trim.urx, 4), round(place.y + trim.ury, 4))
    return Matrix(1, 0, 0, 1, round(place.x - trim.llx, 4), round(place.y - trim.lly, 4))


def _marks(sheet: Sheet, side: int, flip: str) -> Iterator[str]:
    """Lines in the margins of the sheet, at every edge that is cut."""
    xs = _edges(sheet.first[0].pt, sheet.pitch[0].pt, sheet.cell[0].pt, sheet.columns)
    tops = _edges(sheet.first[1].pt, sheet.pitch[1].pt, sheet.cell[1].pt, sheet.rows)
    if side % 2 and flip == "long-edge":
        xs = [sheet.width.pt - x for x in xs]
    ys = tops if side % 2 and flip == "short-edge" else [sheet.height.pt - y for y in tops]
    near, far = _MARK_GAP.pt, _MARK_GAP.pt + _MARK_LENGTH.pt
    for x in xs:
        for edge, way in ((min(ys), -1), (max(ys), 1)):
            yield line(x, edge + way * near, x, edge + way * far)
    for y in ys:
        for edge, way in ((min(xs), -1), (max(xs), 1)):
            yield line(edge + way * near, y, edge + way * far, y)


def _edges(first: float, pitch: float, size: float, count: int) -> list[float]:
    starts = [first + number * pitch for number in range(count)]
    return sorted({round(edge, 3) for start in starts for edge in (start, start + size)})
