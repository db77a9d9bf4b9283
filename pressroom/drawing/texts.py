"""The operators that place and show text (ISO 32000-1, 9.3 and 9.4)."""

from __future__ import annotations

import struct
from typing import Final

import pikepdf

from pressroom.drawing.content import Content, UnknownError, matrix_of
from pressroom.drawing.model import IDENTITY, Glyph, PdfObject, multiply, numbers, transformed
from pressroom.drawing.state import State

# Text that is filled, stroked, both, or invisible. Text that clips is not known.
_FILLED, _STROKED, _INVISIBLE = (0, 2), (1, 2), 3
_MODES: Final = range(4)
_STRINGS: Final = (bytes, pikepdf.String)


def begin(content: Content, _: PdfObject) -> None:
    """`BT`."""
    content.text = content.text_line = IDENTITY


def set_spacing(content: Content, operands: PdfObject) -> None:
    """`Tc`. Two-byte codes have no word spacing (9.3.3)."""
    content.state.spacing = float(operands[0])


def set_scaling(content: Content, operands: PdfObject) -> None:
    """`Tz`."""
    content.state.scaling = float(operands[0]) / 100


def set_leading(content: Content, operands: PdfObject) -> None:
    """`TL`."""
    content.state.leading = float(operands[0])


def set_font(content: Content, operands: PdfObject) -> None:
    """`Tf`."""
    content.state.font, content.state.size = str(operands[0]), float(operands[1])


def set_mode(content: Content, operands: PdfObject) -> None:
    """`Tr`."""
    content.state.mode = int(operands[0])
    if content.state.mode not in _MODES:
        raise UnknownError("text that clips")


def set_rise(content: Content, operands: PdfObject) -> None:
    """`Ts`."""
    content.state.rise = float(operands[0])


def move(content: Content, operands: PdfObject) -> None:
    """`Td`."""
    _move(content, *(float(value) for value in operands))


def move_and_lead(content: Content, operands: PdfObject) -> None:
    """`TD`."""
    content.state.leading = -float(operands[1])
    move(content, operands)


def next_line(content: Content, _: PdfObject) -> None:
    """`T*`."""
    _move(content, 0.0, -content.state.leading)


def _move(content: Content, x: float, y: float) -> None:
    content.text = content.text_line = multiply((1, 0, 0, 1, x, y), content.text_line)


def set_matrix(content: Content, operands: PdfObject) -> None:
    """`Tm`."""
    content.text = content.text_line = matrix_of(operands)


def show(content: Content, operands: PdfObject) -> None:
    """`Tj`."""
    _show(content, [operands[0]])


def show_spaced(content: Content, operands: PdfObject) -> None:
    """`TJ`."""
    _show(content, operands[0])


def show_next(content: Content, operands: PdfObject) -> None:
    """`'`."""
    next_line(content, operands)
    _show(content, [operands[0]])


def _show(content: Content, parts: PdfObject) -> None:
    """Add each glyph where the pen is, and move the pen by the glyph's width (9.4.4)."""
    state = content.state
    font = content.file.font(content.resource("/Font", state.font))
    a, b, c, d, e, f = multiply(content.text, state.ctm)
    across, right = state.size * state.scaling, 0.0
    linear = g, h, i, j = (across * a, across * b, state.size * c, state.size * d)
    upright = h == i == 0 and g >= 0 <= j  # as nearly all letters are
    style, spacing = _style(state, linear), state.spacing * state.scaling
    shift, rise = state.rise * c, state.rise * d
    add, character = content.items.append, font.character
    for part in parts:
        if not isinstance(part, _STRINGS):
            right -= float(part) / 1000 * across
            continue
        for code in _codes(bytes(part)):
            outline, box, width, text = character(code)
            x, y = right * a + shift + e, right * b + rise + f
            if not outline:
                box = x, y, x, y
            elif upright:
                box = box[0] * g + x, box[1] * j + y, box[2] * g + x, box[3] * j + y
            else:
                box = transformed(box, (*linear, x, y))
            right += width * across + spacing
            add(Glyph(x, y, style, outline, text, box, right * a + shift + e))
    content.text = multiply((1, 0, 0, 1, right, 0), content.text)


def _codes(data: bytes) -> tuple[int, ...]:
    if len(data) % 2:
        raise UnknownError("a text of half a character")
    return struct.unpack(f">{len(data) // 2}H", data)


def _style(state: State, linear: tuple[float, float, float, float]) -> str:
    """What the glyphs of a run share: size and direction, colours, and what limits them."""
    parts = [f"size=({numbers(linear, 3)})"]
    parts += [state.filling()] if state.mode in _FILLED else []
    parts += [state.stroking()] if state.mode in _STROKED else []
    parts += ["invisible"] if state.mode == _INVISIBLE else []
    return " ".join(part for part in (*parts, state.around()) if part)
