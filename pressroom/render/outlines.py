"""Draws a line of Latin text as outlines, so that a PDF needs no font for it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from pressroom.language import families, font_file

# Characters that the font lacks are left out: the text must be Latin.
_FAMILY: Final = "Noto Sans"


class _Path(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Writes what is drawn as operators of a PDF (ISO 32000-1, 8.5.2), in the font's units."""

    def __init__(self, glyphs: Any, right: float) -> None:  # noqa: ANN401 - fontTools names no type for a set of glyphs
        super().__init__(glyphs)
        self.operators: list[str] = []
        self._right = right

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        self.operators.append(" ".join(f"{x + self._right:.0f} {y:.0f}" for x, y in points) + f" {operator}")

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._add("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._add("l", pt)

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:
        self._add("c", pt1, pt2, pt3)

    def _closePath(self) -> None:
        self.operators.append("h")


def outlines(text: str, size: float) -> tuple[float, bytes]:
    """The width in points of a line at a size in points, and its filled outlines from the origin to the right."""
    glyphs, names, units = _font()
    right, operators = 0.0, [f"q {size / units:.6f} 0 0 {size / units:.6f} 0 0 cm"]
    for sign in text:
        glyph = glyphs[names.get(ord(sign), "space")]
        pen = _Path(glyphs, right)
        glyph.draw(pen)
        operators += pen.operators
        right += glyph.width
    return right * size / units, "\n".join([*operators, "f Q\n"]).encode()


@cache
def _font() -> tuple[Any, dict[int, str], int]:
    (family,) = families([_FAMILY])
    font = TTFont(font_file(family.faces[0]), lazy=True)
    return font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
