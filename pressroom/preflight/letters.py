"""Where pieces of text and their letters are on a page, as PDFium sees them."""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass, field
from math import hypot
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from pressroom.preflight.page_view import Rectangle

# Spaces, signs that only join or part letters, and marks: a mark has its ink on its letter, or none (Khmer's sign of a
# subscript).
_NO_INK: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"})


@dataclass(frozen=True, slots=True)
class Position:
    """The box of an object on its page; of text its size and the height of its baseline, in points.

    `matrix` has the first four numbers of its matrix, which turn, mirror or stretch it.
    """

    box: Rectangle
    size: float = 0.0
    baseline: float = 0.0
    matrix: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 1.0)


class Placed(NamedTuple):
    """An object of a page, and its position."""

    thing: Any
    place: Position


def position_of(thing: Any) -> Position:  # noqa: ANN401  pypdfium2 publishes no types
    """The position of an object: PDFium gives it in the space of the form that holds it (a card on a sheet)."""
    box: Rectangle = thing.get_bounds()
    matrix = thing.get_matrix()
    form = thing.container
    while form is not None:
        outer = form.get_matrix()
        box, matrix = outer.on_rect(*box), matrix.multiply(outer)
        form = form.container
    if thing.type != pdfium.FPDF_PAGEOBJ_TEXT:
        return Position(box)
    numbers = (matrix.a, matrix.b, matrix.c, matrix.d)
    return Position(box, thing.get_font_size() * hypot(matrix.c, matrix.d), matrix.f, numbers)


class _Read(NamedTuple):
    """What is on a page: its text, the boxes and the signs of each piece."""

    text: Any
    boxes: dict[int, list[Rectangle]]
    signs: dict[int, list[str]]


@dataclass(slots=True)
class Letters:
    """The letters of a page by the piece of text that they are in, read when they are asked for."""

    page: Any
    _found: _Read | None = field(default=None)

    def boxes(self, thing: Any) -> list[Rectangle]:  # noqa: ANN401
        """The box of each letter of a piece of text that has ink."""
        return self._all().boxes.get(_address(thing.raw), [])

    def text(self, thing: Any) -> str:  # noqa: ANN401
        """What a piece of text says."""
        return "".join(self._all().signs.get(_address(thing.raw), []))

    def _all(self) -> _Read:
        if self._found is None:
            self._found = _read(self.page)
        return self._found


def _read(page: Any) -> _Read:  # noqa: ANN401
    found = _Read(page.get_textpage(), {}, {})
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    text = found.text.raw
    for index in range(found.text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        thing = _address(pdfium.FPDFText_GetTextObject(text, index))
        sign = chr(pdfium.FPDFText_GetUnicode(text, index))
        found.signs.setdefault(thing, []).append(sign)
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        if right.value > left.value and top.value > bottom.value and unicodedata.category(sign) not in _NO_INK:
            found.boxes.setdefault(thing, []).append((left.value, bottom.value, right.value, top.value))
    return found


def _address(pointer: Any) -> int:  # noqa: ANN401
    return ctypes.addressof(pointer.contents) if pointer else 0
