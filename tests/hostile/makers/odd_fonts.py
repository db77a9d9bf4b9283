"""Fonts of other kinds, and fonts that are programs or hold themselves."""

from __future__ import annotations

import io
import struct

from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

from tests.hostile.makers.fonts import _whole


def font_packed(kind: str, _: bytes) -> bytes:
    """A font as web pages have it: `woff` or `woff2`."""
    file, font = io.BytesIO(), TTFont(io.BytesIO(_whole()))
    font.flavor = kind
    font.save(file)
    return file.getvalue()


def font_collection(_: str, __: bytes) -> bytes:
    """A file of two fonts."""
    file, fonts = io.BytesIO(), TTCollection()
    fonts.fonts = [TTFont(io.BytesIO(_whole())), TTFont(io.BytesIO(_whole()))]
    fonts.save(file)
    return file.getvalue()


def font_named(name: str, _: bytes) -> bytes:
    """A font that calls itself so."""
    font = TTFont(io.BytesIO(_whole()))
    for number in (1, 4, 6, 16):
        font["name"].setName(name, number, 3, 1, 0x409)
    return _saved(font)


def font_em(units: str, _: bytes) -> bytes:
    """A font with so many units to the em."""
    font = TTFont(io.BytesIO(_whole()))
    font["head"].unitsPerEm = int(units)
    return _saved(font)


def font_lines(height: str, _: bytes) -> bytes:
    """A font whose lines are so high."""
    font = TTFont(io.BytesIO(_whole()))
    font["hhea"].ascent = font["OS/2"].sTypoAscender = font["OS/2"].usWinAscent = int(height)
    return _saved(font)


def font_in_itself(_: str, __: bytes) -> bytes:
    """A font whose letter A is made of the letter A."""
    font = TTFont(io.BytesIO(_whole()))
    name = font.getBestCmap()[ord("A")]
    letter = Glyph()
    letter.numberOfContours = -1
    letter.components = [GlyphComponent()]
    letter.components[0].glyphName = ".notdef"
    letter.components[0].x = letter.components[0].y = letter.components[0].flags = 0
    font["glyf"].glyphs[name] = letter
    data = bytearray(_saved(font))
    # The number of the part, behind the header of ten bytes and the flags: now that of A itself.
    again = TTFont(io.BytesIO(bytes(data)))
    number = again.getGlyphID(name)
    start = again.reader.tables["glyf"].offset + again["loca"][number]
    data[start + 12 : start + 14] = struct.pack(">H", number)
    return bytes(data)


def font_without(name: str, _: bytes) -> bytes:
    """A font without one of its tables."""
    font = TTFont(io.BytesIO(_whole()))
    del font[name]
    return _saved(font)


def font_swapped(_: str, __: bytes) -> bytes:
    """A font that draws 1 where a text has 9."""
    font = TTFont(io.BytesIO(_whole()))
    for table in font["cmap"].tables:
        if ord("1") in table.cmap:
            table.cmap[ord("9")] = table.cmap[ord("1")]
    return _saved(font)


def _saved(font: TTFont) -> bytes:
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
