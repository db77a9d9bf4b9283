"""Lines and words in a sheet's margin: cut marks, and a note with the sheet's name and how to print it."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, Final

import pikepdf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from pressroom.language import families, font_file
from pressroom.layout import Flip, Sheet
from pressroom.units import mm

NOTE: Final = "/Note"
# The note for a printer that turns the paper on its other edge; our own key, which other programs ignore.
_OTHER: Final = "/PressroomOtherEdge"
_SIDES: Final = ("front", "back")
_SIZE: Final = 7.0
# Office printers leave 6.35 mm white; the first card of the fullest sheet begins at 12.7 mm.
_BASELINE: Final = mm(9.2)
_MARGIN: Final = mm(8)
# Characters that the font lacks are left out: the text must be Latin.
_FAMILY: Final = "Noto Sans"


def line(x: float, y: float, end_x: float, end_y: float) -> str:
    """The operators that draw a straight line; all in points."""
    return f"{x:.3f} {y:.3f} m {end_x:.3f} {end_y:.3f} l S\n"


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
    """Make the page's note name the other edge."""
    drawn = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    if NOTE in drawn and _OTHER in drawn[NOTE]:
        drawn[NOTE] = drawn[NOTE][_OTHER]


def _form(document: pikepdf.Pdf, sheet: Sheet, flip: Flip, side: int, note: str) -> pikepdf.Object:
    box = Array([0, 0, sheet.width.pt, sheet.height.pt])
    content = note_content(sheet, flip, side, note)
    return document.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=Dictionary())


@lru_cache(maxsize=32)
def note_content(sheet: Sheet, flip: Flip, side: int, note: str) -> bytes:
    """The operators that draw the note of a side (from 0), with how to print the sheet."""
    edge = flip.replace("-", " ")
    text = f"{note} · {_SIDES[side % 2]} · print at 100 % (actual size), two sides, flip on the {edge}"
    width, drawn = outlines(text, _SIZE)
    shrunk = min(1.0, (sheet.width.pt - 2 * _MARGIN.pt) / width)
    left, up = (sheet.width.pt - width * shrunk) / 2, sheet.height.pt - _BASELINE.pt
    return f"{shrunk:.4f} 0 0 {shrunk:.4f} {left:.3f} {up:.3f} cm 0 g\n".encode() + drawn


class _Path(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Keeps what is drawn as operators of a PDF (ISO 32000-1, 8.5.2) and their points, in the font's units."""

    def __init__(self, glyphs: Any) -> None:  # noqa: ANN401 - fontTools names no type for a set of glyphs
        super().__init__(glyphs)
        self.operators: list[tuple[str, tuple[tuple[float, float], ...]]] = []

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        self.operators.append((operator, points))

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._add("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._add("l", pt)

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:
        self._add("c", pt1, pt2, pt3)

    def _closePath(self) -> None:
        self._add("h")


def outlines(text: str, size: float) -> tuple[float, bytes]:
    """The width in points of a line at a size in points, and its filled outlines from the origin to the right."""
    units = _font()[2]
    right, operators = 0.0, [f"q {size / units:.6f} 0 0 {size / units:.6f} 0 0 cm"]
    for sign in text:
        width, path = _letter(sign)
        operators += [
            " ".join([*(f"{x + right:.0f} {y:.0f}" for x, y in points), operator]) for operator, points in path
        ]
        right += width
    return right * size / units, "\n".join([*operators, "f Q\n"]).encode()


@cache
def _letter(sign: str) -> tuple[float, list[tuple[str, tuple[tuple[float, float], ...]]]]:
    """A letter's width and its path: the notes of all sheets are of the same few letters."""
    glyphs, names, _ = _font()
    glyph, pen = glyphs[names.get(ord(sign), "space")], _Path(glyphs)
    glyph.draw(pen)
    return glyph.width, pen.operators


@cache
def _font() -> tuple[Any, dict[int, str], int]:
    (family,) = families([_FAMILY])
    font = TTFont(font_file(family.faces[0]), lazy=True)
    return font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
