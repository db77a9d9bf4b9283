"""What is read from a finished file by another library than wrote it."""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Callable, Iterator

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

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


def _as_drawn(pdf: bytes) -> bytes:
    """The file without the words kept for screen readers, which would be told in place of the letters."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            drawn = [
                (
                    [
                        pikepdf.Dictionary({key: v for key, v in o.items() if key != "/ActualText"}) if _says(o) else o
                        for o in operands
                    ],
                    operator,
                )
                for operands, operator in pikepdf.parse_content_stream(page)
            ]
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(drawn))
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ActualText" in item:
                del item["/ActualText"]
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _says(operand: object) -> bool:
    return isinstance(operand, pikepdf.Dictionary) and "/ActualText" in operand


def _letters(pdf: bytes, page: int = 0) -> Iterator[Letter]:
    with pypdfium2.PdfDocument(_as_drawn(pdf)) as document:
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
