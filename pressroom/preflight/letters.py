"""Where pieces of text and their letters are on a page, as PDFium sees them."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
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


def box_of(thing: Any) -> Rectangle:  # noqa: ANN401  pypdfium2 publishes no types
    """The box of an object on its page: PDFium gives it in the space of the form that holds it (a card on a sheet)."""
    box: Rectangle = thing.get_bounds()
    form = thing.container
    while form is not None:
        box, form = form.get_matrix().on_rect(*box), form.container
    return box


def placed(thing: Any, box: Rectangle) -> Placed:  # noqa: ANN401
    """An object with this box, and its position."""
    if thing.type != pdfium.FPDF_PAGEOBJ_TEXT:
        return Placed(thing, Position(box))
    matrix, form = thing.get_matrix(), thing.container
    while form is not None:
        matrix, form = matrix.multiply(form.get_matrix()), form.container
    numbers = (matrix.a, matrix.b, matrix.c, matrix.d)
    return Placed(thing, Position(box, thing.get_font_size() * hypot(matrix.c, matrix.d), matrix.f, numbers))


class _Read(NamedTuple):
    """The text of a page, and the numbers of its signs by the address of the piece that they are in."""

    text: Any
    signs: dict[int, list[int]]


@dataclass(slots=True)
class Letters:
    """The letters of a page by the piece of text that they are in, read when they are asked for."""

    page: Any
    _found: _Read | None = field(default=None)
    _boxes: dict[int, list[Rectangle]] = field(default_factory=dict)

    def boxes(self, thing: Any) -> list[Rectangle]:  # noqa: ANN401
        """The box of each letter of a piece of text that has ink."""
        address = _address(thing.raw)
        if address not in self._boxes:
            self._boxes[address] = list(self._with_ink(address))
        return self._boxes[address]

    def text(self, thing: Any) -> str:  # noqa: ANN401
        """What a piece of text says."""
        return "".join(map(self._sign, self._numbers(_address(thing.raw))))

    def _with_ink(self, address: int) -> Iterator[Rectangle]:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        for index in self._numbers(address):
            pdfium.FPDFText_GetCharBox(self._all().text, index, left, right, bottom, top)
            inked = right.value > left.value and top.value > bottom.value
            if inked and unicodedata.category(self._sign(index)) not in _NO_INK:
                yield left.value, bottom.value, right.value, top.value

    def _sign(self, index: int) -> str:
        return chr(pdfium.FPDFText_GetUnicode(self._all().text, index))

    def _numbers(self, address: int) -> list[int]:
        numbers = self._all().signs.get(address, [])
        return [index for index in numbers if pdfium.FPDFText_IsGenerated(self._all().text, index) != 1]

    def _all(self) -> _Read:
        if self._found is None:
            self._found = _read(self.page)
        return self._found


def _read(page: Any) -> _Read:  # noqa: ANN401
    found = _Read(page.get_textpage(), {})
    pointer = ctypes.cast(found.text.raw, ctypes.c_void_p)
    for index in range(found.text.count_chars()):
        found.signs.setdefault(_text_object(pointer, index) or 0, []).append(index)
    return found


# The same function with addresses as numbers: it is asked for each letter of a page.
_text_object: Final = ctypes.cast(
    pdfium.FPDFText_GetTextObject, ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
)


def _address(pointer: Any) -> int:  # noqa: ANN401
    return ctypes.addressof(pointer.contents) if pointer else 0
