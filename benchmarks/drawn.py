"""The letters of a PDF as they are drawn, read with another library than wrote them."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from tests.render.conftest import as_drawn

_MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Letter:
    """A sign, its page, origin and ink in mm from the page's top left, and its size in points."""

    sign: str
    page: int
    x: float
    y: float
    left: float
    right: float
    top: float
    bottom: float
    size: float


def drawn_letters(pdf: bytes) -> Iterator[Letter]:
    """Every printed letter, in the order of the file."""
    with pypdfium2.PdfDocument(as_drawn(pdf)) as document:
        for number, page in enumerate(document, start=1):
            text, height = page.get_textpage(), page.get_height()
            for index in range(text.count_chars()):
                sign = chr(pdfium.FPDFText_GetUnicode(text, index))
                left, bottom, right, top = text.get_charbox(index)
                if sign.isspace() or right <= left:
                    continue
                x, y = ctypes.c_double(), ctypes.c_double()
                pdfium.FPDFText_GetCharOrigin(text, index, x, y)
                ink = left * _MM, right * _MM, (height - top) * _MM, (height - bottom) * _MM
                size = pdfium.FPDFText_GetFontSize(text, index)
                yield Letter(sign, number, x.value * _MM, (height - y.value) * _MM, *ink, size)


def lines_seen(letters: list[Letter]) -> list[str]:
    """The lines of all pages as they are seen, from left to right; letters of other scripts as a dot, brackets as `|`.

    A bracket is drawn as its mirror in right-to-left text, and the file's table of letters has one name for both.
    A mark may have its origin beyond the next letter: where its ink is counts.
    """
    lines: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for letter in letters:
        lines[letter.page, round(letter.y * 4)].append(letter)
    shown = {sign: sign for sign in "–µ°"}
    bars = str.maketrans("()[]", "||||")
    return [
        "".join(a.sign if a.sign.isascii() else shown.get(a.sign, "·") for a in sorted(line, key=_middle)).translate(
            bars
        )
        for _, line in sorted(lines.items())
    ]


def _middle(letter: Letter) -> float:
    return letter.left + letter.right
