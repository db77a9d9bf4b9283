"""Reads the outlines of a TrueType font: a hash of each glyph's shape that no subsetting changes, and its box.

Only the glyphs that a page draws are read, by fontTools, and each once in a process. Hinting counts too: a glyph's
program can move its points.
"""

from __future__ import annotations

import hashlib
import struct
from functools import lru_cache
from typing import Any, Final, NamedTuple

from fontTools.ttLib.tables._g_l_y_f import Glyph as GlyfGlyph

from pressroom.drawing.model import NOWHERE, Rectangle

# fontTools publishes no types.
FontToolsGlyph = Any

# Programs that run before every glyph.
_PROGRAMS: Final = (b"fpgm", b"prep", b"cvt ")
# Glyphs kept in one process; a Chinese brochure draws a thousand.
_KEPT: Final = 50_000


class FontError(ValueError):
    """The font is not as this reader expects."""


class NoGlyphError(FontError):
    """A page shows a glyph that its font has not: no layout does that, so the file is broken."""


class Outline(NamedTuple):
    """The hash of a glyph's shape, empty if it draws nothing, and its box, in the unit of the em."""

    hash: str
    box: Rectangle


BLANK: Final = Outline("", NOWHERE)


class TrueType:
    """A font with `glyf` outlines. Raises FontError if it has not what a glyph needs.

    Without `hinted` the programs of its glyphs do not count: a subset that was embedded has none.
    """

    extended = False

    def __init__(self, data: bytes, *, hinted: bool = True) -> None:
        self._tables = tables_of(data)
        try:
            head, metrics = self._tables[b"head"], self._tables[b"hhea"]
            (self.units,) = struct.unpack_from(">H", head, 18)
            (long_offsets,) = struct.unpack_from(">h", head, 50)
            (self._wide,) = struct.unpack_from(">H", metrics, 34)
            loca, self._glyf, self._hmtx = (self._tables[name] for name in (b"loca", b"glyf", b"hmtx"))
        except (KeyError, struct.error) as error:
            raise FontError(f"a font has no table {error}") from None
        size, form, scale = (4, "I", 1) if long_offsets else (2, "H", 2)
        self._offsets = [
            offset * scale for offset in struct.unpack(f">{len(loca) // size}{form}", loca[: len(loca) // size * size])
        ]
        self._outlines: dict[int, Outline] = {}
        self._programs = b"".join(self._tables.get(name, b"") for name in _PROGRAMS) if hinted else None

    def outline(self, glyph: int) -> Outline:
        """The shape of a glyph by its number."""
        if glyph not in self._outlines:
            self._outlines[glyph] = self._read(glyph)
        return self._outlines[glyph]

    def _read(self, glyph: int) -> Outline:
        data = self._data(glyph)
        if not data:
            return BLANK
        bearing = self._bearing(glyph)
        if struct.unpack_from(">h", data)[0] >= 0:
            return _simple(data, bearing, self.units, self._programs)
        return self._drawn(GlyfGlyph(data), bearing)

    def getGlyphName(self, glyph: int) -> int:
        """The name of a glyph, for fontTools: here it is its number."""
        return glyph

    def __getitem__(self, glyph: int) -> FontToolsGlyph:
        part = GlyfGlyph(self._data(glyph))
        part.expand(self)
        return part

    def _drawn(self, glyph: FontToolsGlyph, bearing: int) -> Outline:
        glyph.expand(self)
        return _hashed(glyph, self, bearing, self.units, self._programs)

    def _data(self, glyph: int) -> bytes:
        if glyph + 1 >= len(self._offsets):
            raise NoGlyphError(f"a font has no glyph {glyph}")
        data = self._glyf[self._offsets[glyph] : self._offsets[glyph + 1]]
        if data and len(data) < 10:
            raise FontError(f"glyph {glyph} of a font is cut off")
        return data

    def _bearing(self, glyph: int) -> int:
        """The left side bearing, which moves an outline."""
        at = glyph * 4 + 2 if glyph < self._wide else self._wide * 4 + (glyph - self._wide) * 2
        (bearing,) = struct.unpack_from(">h", self._hmtx, at) if at + 2 <= len(self._hmtx) else (0,)
        return int(bearing)


def tables_of(data: bytes) -> dict[bytes, bytes]:
    """The tables of an OpenType font by their tags. Raises FontError."""
    try:
        (count,) = struct.unpack_from(">H", data, 4)
        rows = [struct.unpack_from(">4sIII", data, 12 + 16 * row) for row in range(count)]
    except struct.error:
        raise FontError("a font is cut off") from None
    return {tag: data[offset : offset + length] for tag, _, offset, length in rows}


@lru_cache(maxsize=_KEPT)
def _simple(data: bytes, bearing: int, units: int, programs: bytes | None) -> Outline:
    glyph = GlyfGlyph(data)
    glyph.expand(None)
    return _hashed(glyph, None, bearing, units, programs)


def _hashed(glyph: FontToolsGlyph, font: TrueType | None, bearing: int, units: int, programs: bytes | None) -> Outline:
    points, ends, flags = glyph.getCoordinates(font)
    if not ends:
        return BLANK
    moved = bearing - glyph.xMin
    program = bytes(glyph.program.getBytecode()) if programs is not None and hasattr(glyph, "program") else b""
    pairs = list(points)  # once: fontTools makes a pair each time that it is asked
    shape = (units, moved, pairs, list(ends), [flag & 1 for flag in flags])
    xs, ys = [x + moved for x, _ in pairs], [y for _, y in pairs]
    digest = hashlib.sha256(repr(shape).encode() + program + (programs or b""))
    box = (min(xs) / units, min(ys) / units, max(xs) / units, max(ys) / units)
    return Outline(digest.hexdigest()[:32], box)
