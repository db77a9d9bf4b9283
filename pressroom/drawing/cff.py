"""Reads the outlines of a CFF font, as `outlines.py` does those of a TrueType font.

fontTools would list all glyphs of a Chinese font first, which takes longer than the rest of a drawing. So the tables
are found here (Adobe Technical Note 5176), and fontTools reads the few glyphs that are drawn.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from fontTools.misc.psCharStrings import CharStringCompileError, T2CharString
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.recordingPen import RecordingPen

from pressroom.drawing.outlines import BLANK, FontError, NoGlyphError, Outline, tables_of

_ROS, _FONT_MATRIX, _FD_ARRAY, _FD_SELECT, _TYPE = 1230, 1207, 1236, 1237, 1206
_CHARSET, _CHAR_STRINGS, _PRIVATE, _SUBRS = 15, 17, 18, 19
_DEFAULT_WIDTH, _NOMINAL_WIDTH = 20, 21
_UNITS: Final = 1000
# Glyphs kept in one process; a Chinese brochure draws a thousand.
_KEPT: Final = 50_000


class _Private(NamedTuple):
    """What a glyph's program needs of its font: the names are fontTools'."""

    Subrs: list[Any]
    defaultWidthX: float
    nominalWidthX: float


class Cff:
    """A font with CFF outlines: a whole OpenType font, or its `CFF ` table alone. Raises FontError."""

    def __init__(self, data: bytes) -> None:
        whole = data[:4] in (b"OTTO", b"\x00\x01\x00\x00")
        self._data = tables_of(data).get(b"CFF ", b"") if whole else data
        try:
            self._read()
        except (struct.error, IndexError, KeyError, ValueError) as error:
            raise FontError(f"a CFF font can't be read: {error}") from None
        self._outlines: dict[int, Outline] = {}

    def _read(self) -> None:
        names = _Index(self._data, self._data[2])
        tops = _Index(self._data, names.end)
        strings = _Index(self._data, tops.end)
        subroutines = _Index(self._data, strings.end)
        top = _dictionary(tops[0])
        if len(tops) != 1 or top.get(_TYPE, [2]) != [2] or _FONT_MATRIX in top:
            raise FontError("a CFF font has a matrix of its own, or other outlines than Type 2")
        self._global = _programs(subroutines)
        self._glyphs = _Index(self._data, int(top[_CHAR_STRINGS][0]))
        self._cids = self._charset(int(top[_CHARSET][0])) if _ROS in top and _CHARSET in top else None
        if _ROS in top:
            fonts = _Index(self._data, int(top[_FD_ARRAY][0]))
            rows = [_dictionary(fonts[at]) for at in range(len(fonts))]
            if any(_FONT_MATRIX in row for row in rows):
                raise FontError("a CFF font has a matrix of its own")
            self._private = [self._private_of(row) for row in rows]
            self._select = _select(self._data, int(top[_FD_SELECT][0]), len(self._glyphs))
        else:
            self._private, self._select = [self._private_of(top)], lambda glyph: 0

    def outline(self, character: int) -> Outline:
        """The shape of a glyph by its CID, or by its number if the font has no CIDs."""
        if character not in self._outlines:
            if character >= len(self._glyphs):
                raise NoGlyphError(f"a font has no glyph {character}")
            try:
                self._outlines[character] = self._drawn(character)
            except (struct.error, IndexError, KeyError, ValueError, AssertionError, CharStringCompileError) as error:
                raise FontError(f"glyph {character} of a CFF font can't be read: {error}") from None
        return self._outlines[character]

    def _drawn(self, character: int) -> Outline:
        glyph = character if self._cids is None else self._cids.get(character, -1)
        if glyph != character:
            # ISO 32000-1 (9.7.4.2) asks for the glyph with this CID; some programs take the one with this number.
            raise FontError(f"glyph {character} of a CFF font has another CID: some printers draw another glyph")
        private = self._private[self._select(glyph)]
        if not self._global and not private.Subrs:
            return _drawn_alone(self._glyphs[glyph])
        return _outline(T2CharString(self._glyphs[glyph], private=private, globalSubrs=self._global))

    def _private_of(self, row: dict[int, list[float]]) -> _Private:
        size, offset = (int(value) for value in row[_PRIVATE])
        table = _dictionary(self._data[offset : offset + size])
        local = _programs(_Index(self._data, offset + int(table[_SUBRS][0]))) if _SUBRS in table else []
        return _Private(local, table.get(_DEFAULT_WIDTH, [0])[0], table.get(_NOMINAL_WIDTH, [0])[0])

    def _charset(self, offset: int) -> dict[int, int]:
        """The glyphs by CID (clause 13)."""
        if offset <= 2:
            raise FontError("a CFF font with CIDs has a named charset")
        form, at, cids, count = self._data[offset], offset + 1, [0], len(self._glyphs)
        while len(cids) < count:
            if form == 0:
                cids += struct.unpack_from(f">{count - 1}H", self._data, at)
                break
            first, left = struct.unpack_from(">HB" if form == 1 else ">HH", self._data, at)
            cids += range(first, first + left + 1)
            at += 3 if form == 1 else 4
        return {cid: glyph for glyph, cid in enumerate(cids[:count])}


@lru_cache(maxsize=_KEPT)
def _drawn_alone(program: bytes) -> Outline:
    """What a program without subroutines draws, in whatever font; pieces of a language have many glyphs in common."""
    return _outline(T2CharString(program, private=_Private([], 0, 0), globalSubrs=[]))


def _outline(program: Any) -> Outline:  # noqa: ANN401  fontTools publishes no types
    pen, bounds = RecordingPen(), ControlBoundsPen(None)
    program.draw(pen)
    if not pen.value:
        return BLANK
    pen.replay(bounds)
    left, bottom, right, top = bounds.bounds or (0, 0, 0, 0)
    digest = hashlib.sha256(repr(pen.value).encode()).hexdigest()[:32]
    return Outline(digest, (left / _UNITS, bottom / _UNITS, right / _UNITS, top / _UNITS))


class _Index:
    """An INDEX (clause 5): its items by number, read when they are asked for."""

    def __init__(self, data: bytes, at: int) -> None:
        self._count = int.from_bytes(data[at : at + 2], "big")
        self._bytes, self._at = data, at
        self._size = data[at + 2] if self._count else 0
        self._base = at + 2 + (self._count + 1) * self._size + (1 if self._count else 0) - 1
        self.end = self._base + self._offset(self._count) if self._count else at + 2

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, item: int) -> bytes:
        if not 0 <= item < self._count:
            raise IndexError(f"there is no item {item}")
        return self._bytes[self._base + self._offset(item) : self._base + self._offset(item + 1)]

    def _offset(self, item: int) -> int:
        at = self._at + 3 + item * self._size
        return int.from_bytes(self._bytes[at : at + self._size], "big")


def _programs(index: _Index) -> list[Any]:
    return [T2CharString(index[item]) for item in range(len(index))]


def _select(data: bytes, at: int, count: int) -> Callable[[int], int]:
    """What gives the number of a glyph's font (clause 19)."""
    if data[at] == 0:
        return data[at + 1 : at + 1 + count].__getitem__
    if data[at] != 3:
        raise FontError("a CFF font selects its fonts in an unknown way")
    (ranges,) = struct.unpack_from(">H", data, at + 1)
    rows = [struct.unpack_from(">HB", data, at + 3 + 3 * row) for row in range(ranges)]
    return lambda glyph: next(font for first, font in reversed(rows) if first <= glyph)


def _dictionary(data: bytes) -> dict[int, list[float]]:
    """A DICT (clause 4): its operands by operator; 1200 is added to those of two bytes."""
    table: dict[int, list[float]] = {}
    operands: list[float] = []
    at = 0
    while at < len(data):
        first = data[at]
        if first <= 21:
            operator = 1200 + data[at + 1] if first == 12 else first
            table[operator], operands = operands, []
            at += 2 if first == 12 else 1
        elif first == 30:
            value, at = _real(data, at + 1)
            operands.append(value)
        else:
            value, at = _integer(data, at)
            operands.append(value)
    return table


def _integer(data: bytes, at: int) -> tuple[int, int]:
    first = data[at]
    if first == 28:
        return int.from_bytes(data[at + 1 : at + 3], "big", signed=True), at + 3
    if first == 29:
        return int.from_bytes(data[at + 1 : at + 5], "big", signed=True), at + 5
    if 32 <= first <= 246:
        return first - 139, at + 1
    if 247 <= first <= 250:
        return (first - 247) * 256 + data[at + 1] + 108, at + 2
    if 251 <= first <= 254:
        return -(first - 251) * 256 - data[at + 1] - 108, at + 2
    raise FontError(f"a CFF font has the unknown byte {first}")


def _real(data: bytes, at: int) -> tuple[float, int]:
    signs = {10: ".", 11: "E", 12: "E-", 14: "-"}
    text = ""
    while True:
        for nibble in (data[at] >> 4, data[at] & 15):
            if nibble == 15:
                return float(text), at + 1
            text += signs.get(nibble) or str(nibble)
        at += 1
