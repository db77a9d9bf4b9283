"""A file for one printer: what was finished and how far the printer is off go in, the same corrected comes out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary

from pressroom.layout import Flip
from pressroom.postpress.note import turn_note
from pressroom.render.tags.printing import ask_printer
from pressroom.render.tags.save import save
from pressroom.units import ZERO, Length


@dataclass(frozen=True, slots=True)
class Printer:
    """How far a printer is off: what it prints too far left or too high is moved right and down by these.

    `front` and `back` are (right, down); `scale` is what a ruler finds too small, as 1.004. `flip` is the only edge it
    turns paper on, empty where it can do either.
    """

    front: tuple[Length, Length] = (ZERO, ZERO)
    back: tuple[Length, Length] = (ZERO, ZERO)
    scale: float = 1.0
    flip: Flip = ""


def for_printer(pdf: bytes, printer: Printer, flip: Flip) -> bytes:
    """The file moved and stretched as the printer needs; `flip` is the edge it was made for.

    A printer that turns the paper on the other edge gets every back turned by 180 degrees: behind its front again.
    """
    turned = bool(printer.flip and flip and printer.flip != flip)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            matrix = _matrix(page, printer, number % 2, turned=turned)
            page.contents_coalesce()
            content = page.obj.Contents.read_bytes()
            start = "q " + " ".join(f"{value:.5f}" for value in matrix) + " cm\n"
            page.obj.Contents = document.make_stream(start.encode() + content + b"\nQ\n")
            _move(document, page, matrix)
            if turned:
                turn_note(page)
        ask_printer(document, printer.flip if turned else flip)
        return save(document)


_Matrix = tuple[float, float, float, float, float, float]


def _matrix(page: pikepdf.Page, printer: Printer, side: int, *, turned: bool) -> _Matrix:
    """Everything moved and stretched from the middle of the paper; a back may be turned about it."""
    left, bottom, right, top = (float(value) for value in page.mediabox)
    x, y = (left + right) / 2, (bottom + top) / 2
    way = -printer.scale if side and turned else printer.scale
    off_right, off_down = printer.back if side else printer.front
    return way, 0.0, 0.0, way, x * (1 - way) + off_right.pt, y * (1 - way) - off_down.pt


def _move(document: pikepdf.Pdf, page: pikepdf.Page, matrix: _Matrix) -> None:
    """Links and the boxes of figures go with what they are of."""
    for annotation in page.obj.get("/Annots", Array()):
        annotation.Rect = _box(annotation.Rect, matrix)
        if "/QuadPoints" in annotation:
            annotation.QuadPoints = Array(_points([float(value) for value in annotation.QuadPoints], matrix))
    for element in elements(document.Root.get("/StructTreeRoot", Dictionary()).get("/K")):
        attributes = element.get("/A")
        if isinstance(attributes, Dictionary) and "/BBox" in attributes and element.get("/Pg") == page.obj:
            attributes.BBox = _box(attributes.BBox, matrix)


def _points(values: list[float], matrix: _Matrix) -> list[float]:
    a, _, _, d, e, f = matrix
    return [d * value + f if index % 2 else a * value + e for index, value in enumerate(values)]


def _box(box: pikepdf.Object, matrix: _Matrix) -> Array:
    x, y, u, v = _points([float(value) for value in box], matrix)
    return Array([min(x, u), min(y, v), max(x, u), max(y, v)])


def elements(kids: object) -> Iterator[pikepdf.Dictionary]:
    """Every element of a structure tree, from its kids on."""
    if isinstance(kids, Array):
        for kid in kids:
            yield from elements(kid)
    elif isinstance(kids, Dictionary):
        yield kids
        yield from elements(kids.get("/K"))
