"""The calibration page: a sheet's two sides with rulers that show how far a printer is off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Rectangle

from pressroom.layout import Sheet
from pressroom.postpress.note import line
from pressroom.postpress.printer_shift import Printer
from pressroom.render.tags.save import save
from pressroom.units import mm

_FRAME: Final = mm(10)
_BAR: Final = mm(150)
_RULER_MM: Final = 15
_HOW: Final = (
    "Print at actual size (100 %), two-sided. The thin frame must be 10 mm from every edge of the paper.",
    "If it is too far right or down, write those millimetres with a minus as front (this side) and back.",
    "The bar is 150 mm long. If a ruler finds less, scale is 150 divided by what it finds.",
    "Hold the sheet to the light: the two crosses must lie on each other. See docs/how-to/print-at-the-desk.md.",
)


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
