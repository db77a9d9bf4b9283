"""A font of a page as the reader needs it: the width, outline and text of each character code.

Only what WeasyPrint writes is known: composite fonts with two-byte codes and an embedded font file. All other fonts
raise FontError.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from pikepdf import Array, Name, Stream

from pressroom.drawing.cff import Cff
from pressroom.drawing.model import PdfObject, Rectangle
from pressroom.drawing.outlines import FontError, TrueType

_DEFAULT_WIDTH: Final = 1000
_CHARACTERS: Final = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES: Final = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_ZERO_WIDTH: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff")
# Fonts kept in one process: a piece has a dozen.
_KEPT: Final = 64


class Character(NamedTuple):
    """A character of a font: the hash and the box of its outline, its width in ems, its text.

    A glyph that is part of a syllable may say nothing.
    """

    outline: str
    box: Rectangle
    width: float
    text: str


class PageFont:
    """A font by its dictionary."""

    def __init__(self, font: PdfObject) -> None:
        if font.get("/Subtype") != Name.Type0 or font.get("/Encoding") != Name("/Identity-H"):
            raise FontError(f"a font is {font.get('/Subtype')} with the encoding {font.get('/Encoding')}")
        (descendant,) = font.DescendantFonts
        descriptor = descendant.FontDescriptor
        if "/FontFile2" in descriptor and descendant.get("/CIDToGIDMap", Name.Identity) == Name.Identity:
            self._program: TrueType | Cff = _true_type(descriptor.FontFile2.read_bytes())
        elif descriptor.get("/FontFile3", {}).get("/Subtype") in (Name.OpenType, Name.CIDFontType0C):
            self._program = _cff(descriptor.FontFile3.read_bytes())
        else:
            raise FontError(f"the font {font.get('/BaseFont')} is not embedded in a known form")
        self._widths = _widths(descendant.get("/W", Array()))
        self._known: dict[int, Character] = {}
        self._default = float(descendant.get("/DW", _DEFAULT_WIDTH))
        self._texts = _texts(font.ToUnicode.read_bytes()) if isinstance(font.get("/ToUnicode"), Stream) else {}

    def character(self, code: int) -> Character:
        """What a character draws, how far it moves the pen, and what it says."""
        found = self._known.get(code)
        if found is None:
            width = self._widths.get(code, self._default) / 1000
            found = self._known[code] = Character(*self._program.outline(code), width, self._texts.get(code, ""))
        return found


@lru_cache(maxsize=_KEPT)
def _true_type(data: bytes) -> TrueType:
    return TrueType(data)


@lru_cache(maxsize=_KEPT)
def _cff(data: bytes) -> Cff:
    return Cff(data)


def _widths(rows: PdfObject) -> dict[int, float]:
    """The widths of a CIDFont (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    left = list(rows)
    while left:
        first = int(left.pop(0))
        second = left.pop(0)
        if isinstance(second, Array):
            widths |= {first + at: float(width) for at, width in enumerate(second)}
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), float(left.pop(0)))
    return widths


@lru_cache(maxsize=_KEPT)
def _texts(cmap: bytes) -> dict[int, str]:
    """The text of each code by a ToUnicode map."""
    texts: dict[int, str] = {}
    for block in _CHARACTERS.findall(cmap):
        texts |= {int(code, 16): _decoded(text) for code, text in _PAIR.findall(block)}
    for block in _RANGES.findall(cmap):
        for first, last, text in _RANGE.findall(block):
            start = _decoded(text)
            for step in range(int(last, 16) - int(first, 16) + 1):
                texts[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step) if start else ""
    return texts


def _decoded(digits: bytes) -> str:
    text = bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
    return "".join(sign for sign in text if sign not in _ZERO_WIDTH)
