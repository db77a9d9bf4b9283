"""Tiny PDFs, made by hand: a page of content with one font whose letters are drawn here."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name

LETTERS = "ABN"


def font_file(*, wide: float = 400, order: str = LETTERS) -> bytes:
    """A TrueType font: A is a square as wide as asked, B a triangle, N a bar, a space blank, in this `order`."""
    shapes = {
        "A": [(0, 0), (0, 500), (wide, 500), (wide, 0)],
        "B": [(0, 0), (200, 700), (400, 0)],
        "N": [(100, 0), (100, 700), (200, 700), (200, 0)],
    }
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *order])
    builder.setupCharacterMap({ord(letter): letter for letter in order})
    drawn = {letter: _glyph(shapes[letter]) for letter in order if letter in shapes}
    builder.setupGlyf(dict.fromkeys([".notdef", *order], TTGlyphPen(None).glyph()) | drawn)
    builder.setupHorizontalMetrics({name: (500, 100 if name == "N" else 0) for name in [".notdef", *order]})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _glyph(points: list[tuple[float, float]]) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def page_pdf(
    content: str,
    *,
    font: bytes = b"",
    order: str = LETTERS,
    tag: str = "AAAAAA",
    more: Callable[[pikepdf.Pdf, pikepdf.Page], None] | None = None,
    **saved: object,
) -> bytes:
    """A page of 200 × 100 points with this content; `/F` is the font, and text is in two-byte glyph numbers."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    data = font or font_file(order=order)
    program = pdf.make_stream(data, Length1=len(data))
    name = Name(f"/{tag}+Test")
    descriptor = pdf.make_indirect(Dictionary(Type=Name.FontDescriptor, FontName=name, FontFile2=program))
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, FontDescriptor=descriptor, DW=500,
        CIDToGIDMap=Name.Identity,
    )  # fmt: skip
    rows = "\n".join(f"<{at:04x}> <{ord(letter):04x}>" for at, letter in enumerate(order, start=1))
    texts = pdf.make_stream(f"{len(order)} beginbfchar\n{rows}\nendbfchar".encode())
    whole = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=texts,
    )  # fmt: skip
    page.obj.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(whole)))
    page.obj.Contents = pdf.make_stream(content.encode())
    if more is not None:
        more(pdf, page)
    out = io.BytesIO()
    pdf.save(out, static_id=True, **saved)
    return out.getvalue()


def text(letters: str, *, x: float = 10, y: float = 50, size: float = 10, order: str = LETTERS) -> str:
    """The operators that show letters."""
    codes = "".join(f"{order.index(letter) + 1:04x}" for letter in letters)
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET\n"
