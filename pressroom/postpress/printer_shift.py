"""Corrects a finished file for one printer: moves and stretches its pages by how far that printer is off."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Rectangle

from pressroom.layout import Flip
from pressroom.postpress.note import turn_note
from pressroom.render.tags.save import ask_printer, save
from pressroom.units import ZERO, Length


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
    """The file moved and stretched as the printer needs; `flip` is the edge it was made for.

    A printer that turns the paper on the other edge gets every back turned by 180 degrees: behind its front again.
    """
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


def move_annotations(document: pikepdf.Pdf, page: pikepdf.Page, matrix: Matrix) -> None:
    """Move a page's links, and the boxes of its figures, as its content is moved."""
    for annotation in page.obj.get("/Annots", Array()):
        annotation.Rect = matrix.transform(Rectangle(Array(annotation.Rect))).as_array()
        if "/QuadPoints" in annotation:
            numbers = [float(number) for number in annotation.QuadPoints]
            corners = zip(numbers[::2], numbers[1::2], strict=True)
            annotation.QuadPoints = Array([number for corner in corners for number in matrix.transform(corner)])
    for element in _elements(document.Root.get("/StructTreeRoot", Dictionary()).get("/K")):
        attributes = element.get("/A")
        if isinstance(attributes, Dictionary) and "/BBox" in attributes and element.get("/Pg") == page.obj:
            attributes.BBox = matrix.transform(Rectangle(Array(attributes.BBox))).as_array()


def _elements(kids: object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(kids, Array):
        for kid in kids:
            yield from _elements(kid)
    elif isinstance(kids, Dictionary):
        yield kids
        yield from _elements(kids.get("/K"))
