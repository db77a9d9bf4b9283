"""Keeps the subsets of fonts: clinics' frames say mostly the same in their own script, with the same glyphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from weasyprint.pdf.fonts import Font

_make = Font._harfbuzz_subset
# The table directory of a font, with a checksum of each table, is at its beginning.
_DIRECTORY: Final = 4096
# Subsets kept in a process: a piece has a dozen, of at most a hundred kilobytes.
_KEPT: Final = 48
_subsets: Final[dict[tuple[object, ...], bytes]] = {}


@contextmanager
def kept_subsets() -> Iterator[None]:
    """Inside this context a font is not cut down again to glyphs that it was cut down to before."""
    Font._harfbuzz_subset = _subset
    try:
        yield
    finally:
        Font._harfbuzz_subset = _make


def _subset(font: Any, to_unicode: Mapping[int, str], hinting: bool) -> None:  # noqa: ANN401
    whole = font.file_content
    key = (whole[:_DIRECTORY], len(whole), font.index, tuple(sorted(to_unicode)), bool(hinting), bool(font.missing))
    if (kept := _subsets.pop(key, None)) is not None:
        font.file_content = kept
    else:
        _make(font, to_unicode, hinting)
    if font.file_content is not whole:
        # The last used one is the last to go.
        _subsets[key] = font.file_content
        if len(_subsets) > _KEPT:
            del _subsets[next(iter(_subsets))]
