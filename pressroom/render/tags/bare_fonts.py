"""Takes out of embedded fonts what draws no glyph: names, character maps, measures for word processors.

A PDF has its own map from codes to glyphs, its own widths, and its own name of each font (ISO 32000-1, 9.6 to 9.9).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import pydyf
from fontTools.ttLib.sfnt import SFNTWriter

from pressroom.drawing.outlines import tables_of
from pressroom.render.tags.objects import fonts_inside, found

# ISO 32000-1, 9.9: what a TrueType font program in a PDF needs. Validators read the widths of CFF outlines in `hmtx`.
_NEEDED: Final = (b"CFF ", b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep")
_FILES: Final = ("FontFile2", "FontFile3")
# Fonts kept in a process.
_KEPT: Final = 24


def bare_fonts(pdf: pydyf.PDF, fonts: Mapping[str, Any]) -> None:
    """Leave in the files of these fonts, which are not compressed, only what draws."""
    for font in fonts.values():
        for descriptor in (found(pdf, one["FontDescriptor"]) for one in fonts_inside(pdf, font)):
            for key in _FILES:
                if key in descriptor:
                    stream = found(pdf, descriptor[key])
                    data = bare(stream.stream[0])
                    stream.stream = [data]
                    if "Length1" in stream.extra:
                        stream.extra["Length1"] = len(data)


@lru_cache(maxsize=_KEPT)
def bare(font: bytes) -> bytes:
    """A font with the tables that draw; the same font if it has others than OpenType tables. Raises FontError."""
    tables = {tag: data for tag, data in tables_of(font).items() if tag in _NEEDED}
    if b"head" not in tables:
        return font
    out = io.BytesIO()
    writer = SFNTWriter(out, len(tables), font[:4].decode("latin-1"))
    for tag, data in sorted(tables.items()):
        writer[tag.decode("latin-1")] = data
    writer.close()
    return out.getvalue()
