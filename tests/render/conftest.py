"""What is read from a finished file by another library than wrote it."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from pressroom.preflight import as_drawn

# A letter with its origin and size, in points from the page's top left.
Letter = tuple[str, float, float, float]


@pytest.fixture
def letters() -> Callable[..., Iterator[Letter]]:
    """Every letter of a page as it is drawn: `letters(pdf, page)`."""
    return _letters


@pytest.fixture
def as_seen() -> Callable[..., list[str]]:
    """The lines of a page as they are seen, from left to right; letters of other scripts as a dot."""
    return _as_seen


def _letters(pdf: bytes, page: int = 0) -> Iterator[Letter]:
    with pypdfium2.PdfDocument(as_drawn(pdf)) as document:
        text = document[page].get_textpage()
        height = document[page].get_height()
        for index in range(text.count_chars()):
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            sign = chr(pdfium.FPDFText_GetUnicode(text, index))
            yield sign, x.value, height - y.value, pdfium.FPDFText_GetFontSize(text, index)


def _as_seen(pdf: bytes, page: int = 0) -> list[str]:
    lines: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for sign, x, y, _ in _letters(pdf, page):
        if not sign.isspace():
            lines[round(y / 4)].append((x, sign if sign.isascii() or sign in "–،" else "·"))
    return ["".join(sign for _, sign in sorted(line)) for _, line in sorted(lines.items())]
