"""Corrects a finished file for one printer: moves and stretches its pages by how far that printer is off.

The calibration page has rulers that show how far that is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Rectangle

from pressroom.layout import Flip, Sheet
from pressroom.postpress.note import line, turn_note
from pressroom.preflight.facts import structure_elements
from pressroom.render.tags.drawn import ask_printer
from pressroom.render.tags.finish import save
from pressroom.units import ZERO, Length, mm

_FRAME: Final = mm(10)
_BAR: Final = mm(150)
_RULER_MM: Final = 15
_HOW: Final = (
    "Print at actual size (100 %), two-sided. The thin frame must be 10 mm from every edge of the paper.",
    "If it is too far right or down, write those millimetres with a minus as front (this side) and back.",
    "The bar is 150 mm long. If a ruler finds less, scale is 150 divided by what it finds.",
    "Hold the sheet to the light: the two crosses must lie on each other. See docs/how-to/print-at-the-desk.md.",
)


# The six numbers of a transformation.
Placing = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Printer:
    """How far a printer is off: what it prints too far left or too high is moved right and down by these.

    `front` and `back` are (right, down); `scale` is what a ruler finds too small, as 1.004. `flip` is the only edge it
    turns paper on, empty if it can do either.
    """

    front: tuple[Length, Length] = (ZERO, ZERO)
    back: tuple[Length, Length] = (ZERO, ZERO)
    scale: float = 1.0
    flip: Flip = ""

    def matrix(self, paper: Rectangle, side: int, *, turned: bool = False) -> Matrix:
        """Moves and stretches a page from the middle of its paper; backs (odd sides) may be turned by 180 degrees."""
        right, down = self.back if side % 2 else self.front
        scale = -self.scale if side % 2 and turned else self.scale
        x, y = (paper.llx + paper.urx) / 2, (paper.lly + paper.ury) / 2
        return Matrix(scale, 0, 0, scale, round(x * (1 - scale) + right.pt, 4), round(y * (1 - scale) - down.pt, 4))


def for_printer(pdf: bytes, printer: Printer, flip: Flip) -> bytes:
    """The file for this printer; its backs are turned by 180 degrees if the printer uses another edge than `flip`."""
    turned = bool(printer.flip and flip and printer.flip != flip)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            matrix = printer.matrix(Rectangle(page.mediabox), number, turned=turned)
            page.contents_coalesce()
            content = page.obj.Contents.read_bytes()
            page.obj.Contents = document.make_stream(b"q %b cm\n%b\nQ\n" % (matrix.encode(), content))
            move_annotations(document, page, matrix)
            if turned:
                turn_note(page)
        ask_printer(document, printer.flip if turned else flip)
        return save(document)


def moves(pdf: bytes, printer: Printer, flip: Flip) -> tuple[bytes, tuple[tuple[Placing, ...], ...]]:
    """What `for_printer` moves, with the notes that it has, and the transformation of each page."""
    turned = bool(printer.flip and flip and printer.flip != flip)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = enumerate(document.pages)
        matrices = tuple((printer.matrix(Rectangle(p.mediabox), at, turned=turned).shorthand,) for at, p in pages)
        if not turned:
            return pdf, matrices
        for page in document.pages:
            turn_note(page)
        return save(document), matrices


def move_annotations(document: pikepdf.Pdf, page: pikepdf.Page, matrix: Matrix) -> None:
    """Move a page's links, and the boxes of its figures, as its content is moved."""
    for annotation in page.obj.get("/Annots", Array()):
        annotation.Rect = matrix.transform(Rectangle(Array(annotation.Rect))).as_array()
        if "/QuadPoints" in annotation:
            numbers = [float(number) for number in annotation.QuadPoints]
            corners = zip(numbers[::2], numbers[1::2], strict=True)
            annotation.QuadPoints = Array([number for corner in corners for number in matrix.transform(corner)])
    for element in structure_elements(document.Root.get("/StructTreeRoot", Dictionary()).get("/K")):
        attributes = element.get("/A")
        if isinstance(attributes, Dictionary) and "/BBox" in attributes and element.get("/Pg") == page.obj:
            attributes.BBox = matrix.transform(Rectangle(Array(attributes.BBox))).as_array()


def calibration(sheet: Sheet, printer: Printer) -> bytes:
    """Front and back of the sheet's paper, corrected as the profile says, with the outlines of its cells."""
    with pikepdf.new() as document:
        font = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for side, name in enumerate(("FRONT", "BACK")):
            page = document.add_blank_page(page_size=(sheet.width.pt, sheet.height.pt))
            page.obj.Resources = Dictionary(Font=Dictionary(F=font))
            matrix = printer.matrix(Rectangle(page.mediabox), side).encode().decode()
            content = [f"q {matrix} cm 0.25 w", *_lines(sheet), *_texts(sheet, name), "Q"]
            page.obj.Contents = document.make_stream("\n".join(content).encode("latin-1"))
        document.docinfo["/Title"] = f"Calibration: {sheet.description}"
        wishes = Dictionary(PrintScaling=Name("/None"), Duplex=Name.DuplexFlipLongEdge, DisplayDocTitle=True)
        document.Root.ViewerPreferences = wishes
        document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        return save(document)


def _lines(sheet: Sheet) -> Iterator[str]:
    width, height, frame, end = sheet.width.pt, sheet.height.pt, _FRAME.pt, mm(_RULER_MM).pt
    yield f"{frame:.3f} {frame:.3f} {width - 2 * frame:.3f} {height - 2 * frame:.3f} re S"
    x, y = width / 2, height / 2
    for step in range(-_RULER_MM, _RULER_MM + 1):
        tick, at = mm(3 if step % 5 == 0 else 1.5).pt, mm(step).pt
        yield line(x + at, y - tick, x + at, y + tick)
        yield line(x - tick, y + at, x + tick, y + at)
    yield line(x - end, y, x + end, y)
    yield line(x, y - end, x, y + end)
    yield f"2 w {line(x - _BAR.pt / 2, y - mm(30).pt, x + _BAR.pt / 2, y - mm(30).pt)} 0.25 w"
    for row in range(sheet.rows):
        for column in range(sheet.columns):
            left = sheet.first[0].pt + column * sheet.pitch[0].pt
            foot = height - sheet.first[1].pt - row * sheet.pitch[1].pt - sheet.cell[1].pt
            yield f"[1 3] 0 d {left:.3f} {foot:.3f} {sheet.cell[0].pt:.3f} {sheet.cell[1].pt:.3f} re S [] 0 d"


def _texts(sheet: Sheet, name: str) -> Iterator[str]:
    x, y = sheet.width.pt / 2 - mm(75).pt, sheet.height.pt / 2 + mm(60).pt
    yield f"BT /F 14 Tf {x:.2f} {y:.2f} Td ({name}) Tj ET"
    for number, text in enumerate(_HOW, start=1):
        escaped = text.replace("(", "\\(").replace(")", "\\)")
        yield f"BT /F 8.5 Tf {x:.2f} {y - 16 * number - 4:.2f} Td ({escaped}) Tj ET"
