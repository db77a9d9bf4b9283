"""The font of letters that are there to be read and draw nothing; see `letters`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import ClassVar, Final

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

# How wide a letter is, in thousandths of an em, before it is stretched. A narrow one: PDFium takes it for its measure
# of what is near.
WIDTH: Final = 100
NAME: Final = "Letters"
_EM: Final = 1000
_ASCENT, _DESCENT = 800, -200


class LetterFont:
    """A blank glyph for each letter, and one without width; the file is made once all letters are known.

    It has what WeasyPrint 70 asks of its own `Font`.
    """

    hash = "LETTER"
    name = f"/{hash}+{NAME}".encode()
    family = NAME
    type = "ttf"
    bitmap = used_in_forms = False
    variations: ClassVar[dict[str, float]] = {}
    missing: ClassVar[dict[int, int]] = {}
    # Symbolic, as a font with its own character set must say.
    flags = 4
    italic_angle = 0
    ascent, descent = _ASCENT, _DESCENT
    stemv = stemh = 80

    def __init__(self) -> None:
        self.widths: dict[int, int] = {}
        self.to_unicode: dict[int, str] = {}
        self.file_content = b""
        self._codes: dict[str | None, int] = {}

    def string(self, letters: Sequence[str | None]) -> str:
        """Letters as a string of a content stream; an empty one draws and says nothing, None has no width either."""
        return "<" + "".join(f"{self._code(letter):04x}" for letter in letters) + ">"

    def _code(self, letter: str | None) -> int:
        code = self._codes.setdefault(letter, len(self._codes) + 1)
        self.widths[code], self.to_unicode[code] = 0 if letter is None else WIDTH, letter or ""
        return code

    def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Make the file. WeasyPrint calls this when all is drawn."""
        self.file_content = blank_font(tuple(self.widths[code] for code in sorted(self.widths)))


@cache
def blank_font(widths: tuple[int, ...]) -> bytes:
    """A TrueType font of glyphs that draw nothing, as wide as that, after .notdef; always the same bytes.

    It has the tables that a PDF needs, and no others: names take long to import.
    """
    names = [".notdef", *(f"blank{number}" for number in range(1, len(widths) + 1))]
    font = FontBuilder(_EM, isTTF=True)
    font.setupHead(unitsPerEm=_EM, created=0, modified=0)
    font.setupGlyphOrder(names)
    font.setupGlyf({name: Glyph() for name in names})
    font.setupHorizontalMetrics({name: (width, 0) for name, width in zip(names, (WIDTH, *widths), strict=True)})
    font.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    font.font.recalcTimestamp = False
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
