"""The operators that build, paint and clip by paths, and that draw pictures and forms (ISO 32000-1, 8.5 to 8.10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pikepdf import Name

from pressroom.drawing.content import Action, Content, UnknownError, box_from, corners, own_matrix, placed
from pressroom.drawing.model import PdfObject, Shape, multiply, numbers, transformed
from pressroom.drawing.objects import object_hash
from pressroom.drawing.state import State, alpha_of, box_of, rectangles_of, short_geometry

_POINTS: Final = {"m": 2, "l": 2, "c": 6}
_UNIT: Final = (0.0, 0.0, 1.0, 1.0)
# A shading without a clip covers the page.
_EVERYWHERE: Final = (-1e5, -1e5, 1e5, 1e5)


def rectangle(content: Content, operands: PdfObject) -> None:
    """`re`."""
    x, y, width, height = (float(value) for value in operands)
    around = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    for operator, corner in zip("mlll", around, strict=True):
        _add(content, operator, corner)
    content.path.append(("h", ()))


def move(content: Content, operands: PdfObject) -> None:
    """`m`; of two in a row, the second counts."""
    if content.path and content.path[-1][0] == "m":
        content.path.pop()
    _add(content, "m", [float(value) for value in operands])


def line(content: Content, operands: PdfObject) -> None:
    """`l`."""
    _add(content, "l", [float(value) for value in operands])


def curve(content: Content, operands: PdfObject) -> None:
    """`c`."""
    _add(content, "c", [float(value) for value in operands])


def close(content: Content, _: PdfObject) -> None:
    """`h`."""
    content.path.append(("h", ()))


def _add(content: Content, operator: str, values: Sequence[float]) -> None:
    if len(values) != _POINTS[operator] or (operator != "m" and not content.path):
        raise UnknownError(f"the operator {operator!r} with {len(values)} operands, or where no path is")
    a, b, c, d, e, f = content.state.ctm
    points: tuple[float, ...] = ()
    for x, y in zip(values[::2], values[1::2], strict=True):
        points += x * a + y * c + e, x * b + y * d + f
    content.path.append((operator, points))


def clip(rule: str) -> Action:
    """What makes the path limit what is painted after it."""

    def action(content: Content, _: PdfObject) -> None:
        content.clip_rule = rule

    return action


def paint(*, fill: str = "", stroke: bool = False, closed: bool = False) -> Action:
    """What paints the path and ends it; a clip takes effect after it."""

    def action(content: Content, _: PdfObject) -> None:
        path, state = content.path, content.state
        if closed and path:
            path.append(("h", ()))
        if path and (fill or stroke):
            parts = [f"{state.filling()} {fill}"] if fill else []
            parts += [state.stroking()] if stroke else []
            text = " ".join(part for part in ("path", *parts, state.around(), short_geometry(path)) if part)
            content.items.append(Shape(text, box_of(path, _pen(state) if stroke else 0.0), rectangles_of(path)))
        if content.clip_rule:
            state.clip = state.clip.by(path, content.clip_rule)
        content.path, content.clip_rule = [], ""

    return action


def _pen(state: State) -> float:
    """Half the width of the pen on the page."""
    a, b, c, d, *_ = state.ctm
    return float(state.width * abs(a * d - b * c) ** 0.5 / 2)


def shade(content: Content, operands: PdfObject) -> None:
    """`sh`."""
    state = content.state
    shading = object_hash(content.resource("/Shading", operands[0]))
    parts = (f"shading:{shading} ({numbers(state.ctm, 4)})", alpha_of(state), state.around())
    content.items.append(Shape(" ".join(part for part in parts if part), state.clip.box or _EVERYWHERE))


def draw(content: Content, operands: PdfObject) -> None:
    """`Do`: a picture, or a form."""
    item, state = content.resource("/XObject", operands[0]), content.state
    if "/OC" in item:
        raise UnknownError("a picture that can be switched off")
    if item.Subtype == Name.Image:
        colour = state.filling() if item.get("/ImageMask", False) else alpha_of(state)
        parts = (f"image:{object_hash(item)} ({numbers(state.ctm, 4)})", colour, state.around())
        content.items.append(Shape(" ".join(part for part in parts if part), transformed(_UNIT, state.ctm)))
    elif item.Subtype == Name.Form:
        _draw_form(content, item)
    else:
        raise UnknownError(f"a drawing of the kind {item.Subtype}")


def _draw_form(content: Content, form: PdfObject) -> None:
    state = content.state.copied()
    note = content.file.notes.get(bytes(form.read_bytes())) if content.depth == 0 else None
    if note is not None and "/Matrix" not in form:
        box = transformed(box_from(form.BBox), state.ctm)
        marks = _inside(content, form, state.copied())
        content.items.append(Shape(f"note {note} {placed(state)}", box, tuple(item.box for item in marks)))
    elif "/Group" in form and (state.alpha != 1 or state.stroke_alpha != 1 or state.blending or state.mask):
        # It is painted by itself first, and then as one.
        painted = content.hash_of(form, multiply(own_matrix(form), state.ctm))
        parts = (f"group:{painted}", alpha_of(state), state.around())
        content.items.append(
            Shape(" ".join(part for part in parts if part), transformed(box_from(form.BBox), state.ctm))
        )
    else:
        content.items += _inside(content, form, state)


def _inside(content: Content, form: PdfObject, state: State) -> tuple[PdfObject, ...]:
    """What a form paints where it is drawn. A sheet draws one card many times, each time in the card's own space."""
    key = form.objgen, repr(state)
    if key not in content.file.forms:
        content.file.forms[key] = _read(content, form, state)
    return content.file.forms[key]


def _read(content: Content, form: PdfObject, state: State) -> tuple[PdfObject, ...]:
    state.ctm = multiply(own_matrix(form), state.ctm)
    state.clip = state.clip.by(corners(form.BBox, state.ctm), "nonzero")
    return content.inner(form, state, state.ctm).read(form)
