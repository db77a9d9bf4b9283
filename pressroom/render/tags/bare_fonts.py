"""Takes out of embedded fonts what draws no glyph: names, character maps, measures for word processors.

A PDF has its own map from codes to glyphs, its own widths, and its own name of each font (ISO 32000-1, 9.6 to 9.9).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from pikepdf import Dictionary

from pressroom.drawing.outlines import tables_of

# ISO 32000-1, 9.9: what a TrueType font program in a PDF needs. Validators read the widths of CFF outlines in `hmtx`.
_NEEDED: Final = (b"CFF ", b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep")
_FILES: Final = ("/FontFile2", "/FontFile3")
_FIRST_ROW: Final = 12
_ROW: Final = struct.Struct(">4sIII")
# OpenType 1.9, `head`: where the checksum of the whole font is, and what it adds up to.
_ADJUSTMENT: Final = 8
_WHOLE: Final = 0xB1B0AFBA
# Fonts kept in a process.
_KEPT: Final = 24


def bare_fonts(fonts: Any) -> None:  # noqa: ANN401  pikepdf publishes no types
    """Leave in the files of these fonts, which are not compressed, only what draws."""
    for font in fonts.values():
        descriptor = font.get("/DescendantFonts", [Dictionary()])[0].get("/FontDescriptor", Dictionary())
        for key in _FILES:
            if key in descriptor:
                stream = descriptor[key]
                data = bare(stream.read_bytes())
                stream.write(data)
                if "/Length1" in stream:
                    stream.Length1 = len(data)


@lru_cache(maxsize=_KEPT)
def bare(font: bytes) -> bytes:
    """A font with the tables that draw; the same font if it has others than OpenType tables. Raises FontError."""
    tables = {tag: data for tag, data in tables_of(font).items() if tag in _NEEDED}
    if b"head" not in tables:
        return font
    count = len(tables)
    power = count.bit_length() - 1
    at, rows, parts, sums = _FIRST_ROW + _ROW.size * count, list[bytes](), list[bytes](), 0
    for tag, data in sorted(tables.items()):
        written = data[:_ADJUSTMENT] + bytes(4) + data[_ADJUSTMENT + 4 :] if tag == b"head" else data
        padded = written + bytes(-len(data) % 4)
        rows.append(_ROW.pack(tag, _checksum(padded), at, len(data)))
        parts.append(padded)
        at, sums = at + len(padded), sums + _checksum(padded)
    head = font[:4] + struct.pack(">HHHH", count, 16 << power, power, 16 * (count - (1 << power))) + b"".join(rows)
    whole = head + b"".join(parts)
    place = _place_of(b"head", rows) + _ADJUSTMENT
    adjustment = (_WHOLE - _checksum(head) - sums) & 0xFFFFFFFF
    return whole[:place] + adjustment.to_bytes(4, "big") + whole[place + 4 :]


def _place_of(tag: bytes, rows: Iterable[bytes]) -> int:
    return next(int(offset) for name, _, offset, _ in map(_ROW.unpack, rows) if name == tag)


def _checksum(data: bytes) -> int:
    numbers: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(numbers) & 0xFFFFFFFF
