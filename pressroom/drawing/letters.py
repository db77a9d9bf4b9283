"""The outlines of Latin letters in a font file, to tell whether a control line is drawn in them.

A control line is the only text that no signature covers as it is drawn. So its letters must look as they do in the
font, and the letters of versions, dates and hashes are signed as the font has them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from pressroom.border import BorderError, border
from pressroom.drawing.model import Glyph
from pressroom.drawing.outlines import FontError, TrueType

# What a version, a date and the letters of a release consist of.
_CHANGING: Final = "0123456789abcdef.-"
_LIGATURES: Final = {"ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02", "ffi": "\ufb03", "ffl": "\ufb04"}


class FontLetters:
    """The letters of a TrueType font. Raises FontError if the file is something else."""

    def __init__(self, file: Path) -> None:
        try:
            with border(), file.open("rb") as data, TTFont(data, lazy=True) as font:
                self._glyphs = {code: font.getGlyphID(name) for code, name in font.getBestCmap().items()}
        except BorderError as error:
            raise FontError(f"{file.name} can't be read: {error}") from None
        self._font = TrueType(file.read_bytes(), hinted=False)

    def draws(self, glyphs: Sequence[Glyph]) -> bool:
        """True if every glyph that draws anything looks as this font draws its text."""
        return all(glyph.outline == self.outline(glyph.text) for glyph in glyphs if glyph.outline)

    @property
    def hash(self) -> str:
        """32 hex digits for the letters that a release may print and its proof does not."""
        return hashlib.sha256(" ".join(map(self.outline, _CHANGING)).encode()).hexdigest()[:32]

    def outline(self, text: str) -> str:
        """The hash of the shape that a text has in this font; `none` if the font has no such letter."""
        sign = _LIGATURES.get(text, text)
        glyph = self._glyphs.get(ord(sign)) if len(sign) == 1 else None
        return self._font.outline(glyph).hash if glyph is not None else "none"


@lru_cache(maxsize=16)
def font_letters(file: Path) -> FontLetters | None:
    """The letters of a font file; None if it is no TrueType font."""
    try:
        return FontLetters(file)
    except FontError:
        return None
