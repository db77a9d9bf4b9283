"""The operators that set colours and the rest of the graphics state (ISO 32000-1, 8.4.5 and 8.6.8)."""

from __future__ import annotations

from typing import Final

from pikepdf import Dictionary, Name

from pressroom.drawing.content import Action, Content, UnknownError, matrix_of, own_matrix
from pressroom.drawing.model import IDENTITY, PdfObject, multiply, numbers
from pressroom.drawing.objects import canonical, object_hash
from pressroom.drawing.state import BLACK

_DEVICE: Final = {"/DeviceGray": "gray", "/DeviceRGB": "rgb", "/DeviceCMYK": "cmyk"}
_START: Final = {"gray": BLACK, "rgb": "rgb 0.0000 0.0000 0.0000", "cmyk": "cmyk 0.0000 0.0000 0.0000 1.0000"}
BLACKS: Final = tuple(_START.values())
_PATTERN: Final = "pattern"
# What a graphics state may say besides what is read here: it is signed as it is.
_ALSO: Final = frozenset({"/SA", "/OP", "/op", "/OPM", "/TK", "/AIS", "/RI", "/FL", "/SM"})


def device_colour(space: str, *, stroke: bool) -> Action:
    """What sets a colour in gray, RGB or CMYK."""

    def action(content: Content, operands: PdfObject) -> None:
        _set(content, f"{space} {_shares(operands)}", space, stroke=stroke)

    return action


def colour_space(*, stroke: bool) -> Action:
    """What chooses a colour space, and its first colour."""

    def action(content: Content, operands: PdfObject) -> None:
        name = str(operands[0])
        if name == "/Pattern":
            _set(content, "none", _PATTERN, stroke=stroke)
        elif name in _DEVICE:
            _set(content, _START[_DEVICE[name]], _DEVICE[name], stroke=stroke)
        else:
            space = f"space:{object_hash(content.resource('/ColorSpace', operands[0]))}"
            _set(content, f"{space} start", space, stroke=stroke)

    return action


def special_colour(*, stroke: bool) -> Action:
    """What sets a colour in the space that was chosen, or a pattern."""

    def action(content: Content, operands: PdfObject) -> None:
        space = content.state.stroke_space if stroke else content.state.fill_space
        if not isinstance(operands[-1], Name):
            _set(content, f"{space} {_shares(operands)}", space, stroke=stroke)
        elif space == _PATTERN and len(operands) == 1:
            _set(content, _pattern(content, operands[0]), space, stroke=stroke)
        else:
            raise UnknownError("a pattern that takes a colour")

    return action


def _set(content: Content, colour: str, space: str, *, stroke: bool) -> None:
    if stroke:
        content.state.stroke, content.state.stroke_space = colour, space
    else:
        content.state.fill, content.state.fill_space = colour, space


def _shares(operands: PdfObject) -> str:
    return numbers([float(value) for value in operands], 4)


def _pattern(content: Content, name: PdfObject) -> str:
    """A pattern: what one of its tiles paints, or its shading, and where it begins on the page."""
    pattern = content.resource("/Pattern", name)
    matrix = multiply(own_matrix(pattern), content.base)
    if int(pattern.PatternType) == 2:
        others = {key: value for key, value in pattern.items() if key != "/Matrix"}
        return f"shading:{object_hash(Dictionary(others))} ({numbers(matrix, 4)})"
    if int(pattern.PaintType) != 1:
        raise UnknownError("a pattern without colours of its own")
    facts = [canonical(pattern[key]) for key in ("/BBox", "/TilingType", "/XStep", "/YStep")]
    return f"tiles:{content.hash_of(pattern, IDENTITY)} {' '.join(facts)} ({numbers(matrix, 4)})"


def set_width(content: Content, operands: PdfObject) -> None:
    """`w`."""
    content.state.width = float(operands[0])


def set_cap(content: Content, operands: PdfObject) -> None:
    """`J`."""
    content.state.cap = int(operands[0])


def set_join(content: Content, operands: PdfObject) -> None:
    """`j`."""
    content.state.join = int(operands[0])


def set_miter(content: Content, operands: PdfObject) -> None:
    """`M`."""
    content.state.miter = float(operands[0])


def set_dash(content: Content, operands: PdfObject) -> None:
    """`d`."""
    content.state.dash = (tuple(float(part) for part in operands[0]), float(operands[1]))


def _set_alpha(content: Content, operands: PdfObject) -> None:
    content.state.alpha = float(operands[0])


def _set_stroke_alpha(content: Content, operands: PdfObject) -> None:
    content.state.stroke_alpha = float(operands[0])


def _set_blending(content: Content, operands: PdfObject) -> None:
    content.state.blending = "" if operands[0] in (Name.Normal, Name.Compatible) else canonical(operands[0])


def _set_mask(content: Content, operands: PdfObject) -> None:
    """A soft mask: what its group paints, where it is, and how its colours become shares."""
    (mask,) = operands
    if mask == Name("/None"):
        content.state.mask = ""
        return
    others = {key: value for key, value in mask.items() if key != "/G"}
    painted = content.hash_of(mask.G, multiply(own_matrix(mask.G), content.state.ctm))
    content.state.mask = f"{painted} {object_hash(Dictionary(others))}"


def graphics_state(content: Content, operands: PdfObject) -> None:
    """`gs`: several settings at once."""
    other = dict(content.state.other)
    for key, value in content.resource("/ExtGState", operands[0]).items():
        if key in _SETTINGS:
            _SETTINGS[key](content, list(value) if key == "/D" else [value])
        elif key in _ALSO:
            other[key] = canonical(value)
        elif key != "/Type":
            raise UnknownError(f"the graphics state {key}")
    content.state.other = tuple(sorted(other.items()))


def transform(content: Content, operands: PdfObject) -> None:
    """`cm`."""
    content.transform(matrix_of(operands))


_SETTINGS: Final[dict[str, Action]] = {
    "/LW": set_width,
    "/LC": set_cap,
    "/LJ": set_join,
    "/ML": set_miter,
    "/D": set_dash,
    "/ca": _set_alpha,
    "/CA": _set_stroke_alpha,
    "/BM": _set_blending,
    "/SMask": _set_mask,
}
