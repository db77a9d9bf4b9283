"""Interprets the content of a page: what it paints, in order (ISO 32000-1, chapters 8 and 9).

It knows the operators that the engine's own files use and a few more. Any other raises UnknownError, so that nobody
signs what this reader does not see. The table at the end lists every operator with what it does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from pressroom.drawing.lines import item_lines
from pressroom.drawing.model import (
    IDENTITY,
    Copy,
    Glyph,
    Item,
    Matrix,
    Shape,
    multiply,
    number,
    numbers,
    transformed,
)
from pressroom.drawing.objects import canonical, object_hash
from pressroom.drawing.outlines import FontError
from pressroom.drawing.state import Clip, State, Step, box_of, rectangles_of, short_geometry
from pressroom.drawing.text_fonts import PageFont

_UNIT: Final = (0.0, 0.0, 1.0, 1.0)
_SAME_PLACE: Final = 1e-3
_DEPTH: Final = 12
_DEVICE: Final = {"/DeviceGray": "DeviceGray", "/DeviceRGB": "DeviceRGB", "/DeviceCMYK": "DeviceCMYK"}
_START: Final = {"DeviceGray": "gray 0", "DeviceRGB": "rgb 0 0 0", "DeviceCMYK": "cmyk 0 0 0 1"}
# Text that is filled, stroked, both, or invisible. Text that clips is not known.
_MODES: Final = range(4)
# What an ExtGState may say besides what `_graphics_state` reads: it is signed as it is.
_ALSO: Final = frozenset({"/SA", "/OP", "/op", "/OPM", "/TK", "/AIS", "/RI", "/FL", "/SM"})


class UnknownError(ValueError):
    """The content has something that this reader does not know."""


class Reader:
    """Reads the pages of one file. Raises UnknownError, FontError and pikepdf.PdfError."""

    def __init__(self, notes: Mapping[bytes, str]) -> None:
        self.notes = notes
        self._fonts: dict[tuple[int, int], PageFont] = {}

    def page(self, page: pikepdf.Page, copies: Sequence[Matrix]) -> tuple[Item, ...]:
        """What a page paints, in order; `copies` are the places of whole cards on it."""
        content = _Content(self, page.obj.get("/Resources", Dictionary()), State(), IDENTITY, copies)
        return content.read(page)

    def font(self, item: Any) -> PageFont:  # noqa: ANN401  pikepdf publishes no types
        if not item.is_indirect:
            return PageFont(item)
        if item.objgen not in self._fonts:
            self._fonts[item.objgen] = PageFont(item)
        return self._fonts[item.objgen]


class _Content:
    """One content stream while it is read: a page's, a form's or a pattern's."""

    def __init__(  # noqa: PLR0913  all that a content gets from where it is drawn
        self, reader: Reader, resources: Any, state: State, base: Matrix, copies: Sequence[Matrix] = (), depth: int = 0  # noqa: ANN401
    ) -> None:
        if depth > _DEPTH:
            raise UnknownError("a form draws itself")
        self._reader, self._resources, self._depth = reader, resources, depth
        self._state, self._base, self._copies = state, base, copies
        self._items: list[Item] = []
        self._line = ""
        self._saved: list[tuple[State, list[Item], str]] = []
        self._path: list[Step] = []
        self._clip = ""
        self._text: Matrix = IDENTITY
        self._text_line: Matrix = IDENTITY

    def read(self, content: Any) -> tuple[Item, ...]:  # noqa: ANN401
        for operands, operator in pikepdf.parse_content_stream(content):
            name = str(operator)
            action = _OPERATORS.get(name)
            if action is None:
                raise UnknownError(f"the operator {name!r}")
            try:
                action(self, operands)
            except (TypeError, IndexError, AttributeError, KeyError, OverflowError) as error:
                raise UnknownError(f"the operator {name!r} with other operands than it has ({error})") from None
        if self._saved or self._line:
            raise UnknownError("a content that does not restore what it saves")
        return tuple(self._items)

    # The graphics state

    def save(self, _: Any) -> None:  # noqa: ANN401
        self._saved.append((copy(self._state), self._items, self._line))

    def restore(self, _: Any) -> None:  # noqa: ANN401
        state, items, line = self._saved.pop()
        if items is not self._items:
            items.append(Copy(self._line, tuple(self._items)))
        self._state, self._items, self._line = state, items, line

    def transform(self, operands: Any) -> None:  # noqa: ANN401
        state = self._state
        state.ctm = multiply(_matrix(operands), state.ctm)
        if self._is_copy(state.ctm):
            if not self._saved:
                raise UnknownError("a card that is not placed by itself")
            self._line, self._items = _placed(state), []
            self._state = State()

    def _is_copy(self, matrix: Matrix) -> bool:
        """True where a whole card begins on a sheet: from here to the end of it, everything is in its own space."""
        return not self._line and any(
            all(abs(a - b) < _SAME_PLACE for a, b in zip(matrix, place, strict=True)) for place in self._copies
        )

    def set_width(self, operands: Any) -> None:  # noqa: ANN401
        self._state.width = float(operands[0])

    def set_cap(self, operands: Any) -> None:  # noqa: ANN401
        self._state.cap = int(operands[0])

    def set_join(self, operands: Any) -> None:  # noqa: ANN401
        self._state.join = int(operands[0])

    def set_miter(self, operands: Any) -> None:  # noqa: ANN401
        self._state.miter = float(operands[0])

    def set_dash(self, operands: Any) -> None:  # noqa: ANN401
        self._state.dash = (tuple(float(part) for part in operands[0]), float(operands[1]))

    def graphics_state(self, operands: Any) -> None:  # noqa: ANN401
        table, state = self._resource("/ExtGState", operands[0]), self._state
        other = dict(state.other)
        for key, value in table.items():
            if key in _GRAPHICS:
                _GRAPHICS[key](self, [value] if key != "/D" else list(value))
            elif key == "/BM":
                state.blending = "" if value in (Name.Normal, Name.Compatible) else canonical(value)
            elif key == "/SMask":
                state.mask = "" if value == Name("/None") else self._mask(value)
            elif key in _ALSO:
                other[key] = canonical(value)
            elif key != "/Type":
                raise UnknownError(f"the graphics state {key}")
        state.other = tuple(sorted(other.items()))

    def set_alpha(self, operands: Any) -> None:  # noqa: ANN401
        self._state.alpha = float(operands[0])

    def set_stroke_alpha(self, operands: Any) -> None:  # noqa: ANN401
        self._state.stroke_alpha = float(operands[0])

    def _mask(self, mask: Any) -> str:  # noqa: ANN401
        """A soft mask: what its group paints, where it is, and how its colours become shares."""
        others = {key: value for key, value in mask.items() if key != "/G"}
        painted = self._hash_of(mask.G, multiply(_matrix_of(mask.G), self._state.ctm))
        return f"{painted} {object_hash(Dictionary(others)) if others else ''}"

    # Colours

    def colour(self, operands: Any, *, stroke: bool, space: str) -> None:  # noqa: ANN401
        names = {"DeviceGray": "gray", "DeviceRGB": "rgb", "DeviceCMYK": "cmyk"}
        self._set_colour(f"{names[space]} {_shares(operands)}", space, stroke=stroke)

    def colour_space(self, operands: Any, *, stroke: bool) -> None:  # noqa: ANN401
        name = str(operands[0])
        if name in _DEVICE:
            self._set_colour(_START[_DEVICE[name]], _DEVICE[name], stroke=stroke)
        elif name == "/Pattern":
            self._set_colour("none", "Pattern", stroke=stroke)
        else:
            space = canonical(self._resource("/ColorSpace", operands[0]))
            self._set_colour("start", f"space:{hashlib.sha256(space.encode()).hexdigest()[:32]}", stroke=stroke)

    def special_colour(self, operands: Any, *, stroke: bool) -> None:  # noqa: ANN401
        space = self._state.stroke_space if stroke else self._state.fill_space
        if isinstance(operands[-1], Name):
            if space != "Pattern":
                raise UnknownError("a pattern that takes a colour")
            self._set_colour(self._pattern(operands[-1]), space, stroke=stroke)
        elif space in _START:
            self.colour(operands, stroke=stroke, space=space)
        else:
            self._set_colour(f"{space} {_shares(operands)}", space, stroke=stroke)

    def _set_colour(self, colour: str, space: str, *, stroke: bool) -> None:
        if stroke:
            self._state.stroke, self._state.stroke_space = colour, space
        else:
            self._state.fill, self._state.fill_space = colour, space

    def _pattern(self, name: Any) -> str:  # noqa: ANN401
        pattern = self._resource("/Pattern", name)
        matrix = multiply(_matrix_of(pattern), self._base)
        if int(pattern.PatternType) == 2:
            others = {key: value for key, value in pattern.items() if key != "/Matrix"}
            return f"shading:{object_hash(Dictionary(others))} ({numbers(matrix, 4)})"
        if int(pattern.PaintType) != 1:
            raise UnknownError("a pattern without colours of its own")
        facts = [canonical(pattern[key]) for key in ("/BBox", "/TilingType", "/XStep", "/YStep")]
        return f"tiles:{self._hash_of(pattern, IDENTITY)} {' '.join(facts)} ({numbers(matrix, 4)})"

    def _hash_of(self, stream: Any, matrix: Matrix) -> str:  # noqa: ANN401
        """The hash of what a form or pattern paints by itself."""
        state = State(ctm=matrix)
        if "/BBox" in stream:
            state.clip = Clip().by(_corners(stream.BBox, matrix), "W")
        inner = _Content(self._reader, stream.get("/Resources", self._resources), state, matrix, (), self._depth + 1)
        lines = item_lines(inner.read(stream))
        group = canonical(stream.Group) if "/Group" in stream else ""
        return hashlib.sha256("\n".join([group, *lines]).encode()).hexdigest()[:32]

    # Paths

    def rectangle(self, operands: Any) -> None:  # noqa: ANN401
        x, y, width, height = (float(value) for value in operands)
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self._step("m", corners[0])
        for corner in corners[1:]:
            self._step("l", corner)
        self._path.append(("h", ()))

    def move(self, operands: Any) -> None:  # noqa: ANN401
        if self._path and self._path[-1][0] == "m":
            self._path.pop()
        self._step("m", [float(value) for value in operands])

    def line(self, operands: Any) -> None:  # noqa: ANN401
        self._step("l", [float(value) for value in operands])

    def curve(self, operands: Any) -> None:  # noqa: ANN401
        self._step("c", [float(value) for value in operands])

    def close(self, _: Any) -> None:  # noqa: ANN401
        self._path.append(("h", ()))

    def _step(self, operator: str, values: Sequence[float]) -> None:
        a, b, c, d, e, f = self._state.ctm
        if len(values) != {"m": 2, "l": 2, "c": 6}[operator] or (operator != "m" and not self._path):
            raise UnknownError(f"the operator {operator!r} with {len(values)} operands, or where no path is")
        points = zip(values[::2], values[1::2], strict=True)
        self._path.append((operator, tuple(v for x, y in points for v in (x * a + y * c + e, x * b + y * d + f))))

    def set_clip(self, rule: str) -> None:
        self._clip = rule

    def paint(self, *, fill: str = "", stroke: bool = False, close: bool = False) -> None:
        """Paint the path and end it; the clip that was asked for takes effect after it."""
        path, state = self._path, self._state
        if close and path:
            path.append(("h", ()))
        if path and (fill or stroke):
            parts = [f"{state.filling()} {fill}"] if fill else []
            parts += [state.stroking()] if stroke else []
            line = " ".join(part for part in ("path", *parts, state.around(), short_geometry(path)) if part)
            self._items.append(Shape(line, box_of(path, self._pen() if stroke else 0.0), rectangles_of(path)))
        if self._clip:
            state.clip = state.clip.by(path, self._clip)
        self._path, self._clip = [], ""

    def _pen(self) -> float:
        a, b, c, d, *_ = self._state.ctm
        return float(self._state.width * abs(a * d - b * c) ** 0.5 / 2)

    # Text

    def begin_text(self, _: Any) -> None:  # noqa: ANN401
        self._text = self._text_line = IDENTITY

    def set_spacing(self, operands: Any) -> None:  # noqa: ANN401
        self._state.spacing = float(operands[0])

    def set_word_spacing(self, operands: Any) -> None:  # noqa: ANN401
        # Two-byte codes have no word spacing (9.3.3).
        self._state.word_spacing = float(operands[0])

    def set_scaling(self, operands: Any) -> None:  # noqa: ANN401
        self._state.scaling = float(operands[0]) / 100

    def set_leading(self, operands: Any) -> None:  # noqa: ANN401
        self._state.leading = float(operands[0])

    def set_font(self, operands: Any) -> None:  # noqa: ANN401
        self._state.font, self._state.size = str(operands[0]), float(operands[1])

    def set_mode(self, operands: Any) -> None:  # noqa: ANN401
        self._state.mode = int(operands[0])
        if self._state.mode not in _MODES:
            raise UnknownError("text that clips")

    def set_rise(self, operands: Any) -> None:  # noqa: ANN401
        self._state.rise = float(operands[0])

    def move_text(self, operands: Any) -> None:  # noqa: ANN401
        x, y = (float(value) for value in operands)
        self._text = self._text_line = multiply((1, 0, 0, 1, x, y), self._text_line)

    def move_text_leading(self, operands: Any) -> None:  # noqa: ANN401
        self._state.leading = -float(operands[1])
        self.move_text(operands)

    def next_line(self, _: Any) -> None:  # noqa: ANN401
        self.move_text((0, -self._state.leading))

    def set_text_matrix(self, operands: Any) -> None:  # noqa: ANN401
        self._text = self._text_line = _matrix(operands)

    def show(self, operands: Any) -> None:  # noqa: ANN401
        self._show([operands[0]])

    def show_spaced(self, operands: Any) -> None:  # noqa: ANN401
        self._show(operands[0])

    def show_next(self, operands: Any) -> None:  # noqa: ANN401
        self.next_line(())
        self._show([operands[0]])

    def _show(self, parts: Any) -> None:  # noqa: ANN401
        state = self._state
        font = self._reader.font(self._resource("/Font", state.font))
        a, b, c, d, e, f = multiply(self._text, state.ctm)
        across, up, right = state.size * state.scaling, state.size, 0.0
        linear = (across * a, across * b, up * c, up * d)
        style = _style(state, linear)
        step = state.scaling
        for part in parts:
            if not isinstance(part, pikepdf.String | bytes | str):
                right -= float(part) / 1000 * across
                continue
            data = bytes(part)
            if len(data) % 2:
                raise UnknownError("a text of half a character")
            for at in range(0, len(data), 2):
                code = data[at] << 8 | data[at + 1]
                outline = font.outline(code)
                x, y = right * a + state.rise * c + e, right * b + state.rise * d + f
                box = transformed(outline.box, (*linear, x, y)) if outline.hash else (x, y, x, y)
                self._items.append(Glyph(x, y, style, outline.hash, font.text(code), box))
                right += font.width(code) * across + state.spacing * step
        self._text = multiply((1, 0, 0, 1, right, 0), self._text)

    # Pictures, shadings and forms

    def shade(self, operands: Any) -> None:  # noqa: ANN401
        state = self._state
        parts = (f"shading:{object_hash(self._resource('/Shading', operands[0]))}", f"({numbers(state.ctm, 4)})")
        line = " ".join(part for part in (*parts, _share(state), state.around()) if part)
        self._items.append(Shape(line, state.clip.box or (-1e5, -1e5, 1e5, 1e5)))

    def draw(self, operands: Any) -> None:  # noqa: ANN401
        item, state = self._resource("/XObject", operands[0]), self._state
        if "/OC" in item:
            raise UnknownError("a picture that can be switched off")
        if item.Subtype == Name.Image:
            colour = state.filling() if item.get("/ImageMask", False) else _share(state)
            parts = (f"image:{object_hash(item)}", f"({numbers(state.ctm, 4)})", colour, state.around())
            self._items.append(Shape(" ".join(part for part in parts if part), transformed(_UNIT, state.ctm)))
        elif item.Subtype == Name.Form:
            self._form(item)
        else:
            raise UnknownError(f"a drawing of the kind {item.Subtype}")

    def _form(self, form: Any) -> None:  # noqa: ANN401
        state = copy(self._state)
        known = self._reader.notes.get(bytes(form.read_bytes())) if self._depth == 0 else None
        if known is not None and "/Matrix" not in form:
            box = transformed(_numbers(form.BBox), state.ctm)
            self._items.append(Shape(f"note {known} {_placed(state)} {numbers(box)}", box))
            return
        line = _placed(state) if self._is_copy(state.ctm) else ""
        state = State() if line else state
        base = state.ctm = multiply(_matrix_of(form), state.ctm)
        state.clip = state.clip.by(_corners(form.BBox, state.ctm), "W")
        is_group = "/Group" in form and not (state.alpha == state.stroke_alpha == 1 and not state.blending and not state.mask)
        if is_group:
            self._group(form, state)
            return
        inner = _Content(self._reader, form.get("/Resources", self._resources), state, base, (), self._depth + 1)
        items = inner.read(form)
        self._items += [Copy(line, items)] if line else items

    def _group(self, form: Any, state: State) -> None:  # noqa: ANN401
        """A form that is painted by itself first, and then as one, with a share of transparency or a mask."""
        painted = self._hash_of(form, state.ctm)
        line = " ".join(part for part in (f"group:{painted}", _share(state), state.around()) if part)
        self._items.append(Shape(line, transformed(_numbers(form.BBox), state.ctm)))

    # Marked content

    def begin_mark(self, operands: Any) -> None:  # noqa: ANN401
        if operands[0] == Name.OC:
            raise UnknownError("content that can be switched off")

    def nothing(self, _: Any) -> None:  # noqa: ANN401
        """An operator that paints nothing and changes nothing that is painted."""

    def _resource(self, kind: str, name: Any) -> Any:  # noqa: ANN401
        try:
            return self._resources[kind][str(name)]
        except KeyError:
            raise UnknownError(f"{name} of {kind}, which the page does not have") from None


def _matrix(operands: Any) -> Matrix:  # noqa: ANN401
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _matrix_of(item: Any) -> Matrix:  # noqa: ANN401
    return _matrix(item.Matrix) if "/Matrix" in item else IDENTITY


def _numbers(box: Any) -> tuple[float, float, float, float]:  # noqa: ANN401
    left, bottom, right, top = (float(value) for value in box)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _corners(box: Any, matrix: Matrix) -> list[Step]:  # noqa: ANN401
    """A box as a path on the page."""
    left, bottom, right, top = _numbers(box)
    a, b, c, d, e, f = matrix
    corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
    points = [(x * a + y * c + e, x * b + y * d + f) for x, y in corners]
    return [("m", points[0]), *(("l", point) for point in points[1:]), ("h", ())]


def _shares(operands: Any) -> str:  # noqa: ANN401
    return numbers([float(value) for value in operands], 4)


def _share(state: State) -> str:
    return "" if state.alpha == 1 else f"alpha={number(state.alpha, 4)}"


def _style(state: State, linear: tuple[float, float, float, float]) -> str:
    """What the glyphs of a run share: size and direction, colours, and what limits them."""
    parts = [f"size=({numbers(linear, 3)})"]
    parts += [state.filling()] if state.mode in (0, 2) else []
    parts += [state.stroking()] if state.mode in (1, 2) else []
    parts += ["invisible"] if state.mode == 3 else []
    return " ".join([*parts, *([around] if (around := state.around()) else [])])


def _placed(state: State) -> str:
    """Where a whole card is placed, and what it would get from around it."""
    outside = (state.filling(), state.stroking() if state.stroke != "gray 0" else "", _share(state), state.around())
    return " ".join(part for part in (f"at ({numbers(state.ctm, 4)})", *outside) if part)


_Action = Callable[[_Content, Any], None]


def _colours(space: str) -> tuple[_Action, _Action]:
    return (
        lambda content, operands: content.colour(operands, stroke=False, space=space),
        lambda content, operands: content.colour(operands, stroke=True, space=space),
    )


def _paints(*, fill: str = "", stroke: bool = False, close: bool = False) -> _Action:
    return lambda content, _: content.paint(fill=fill, stroke=stroke, close=close)


_GRAPHICS: Final[dict[str, _Action]] = {
    "/LW": _Content.set_width,
    "/LC": _Content.set_cap,
    "/LJ": _Content.set_join,
    "/ML": _Content.set_miter,
    "/D": _Content.set_dash,
    "/ca": _Content.set_alpha,
    "/CA": _Content.set_stroke_alpha,
}
_OPERATORS: Final[dict[str, _Action]] = {
    "q": _Content.save,
    "Q": _Content.restore,
    "cm": _Content.transform,
    "w": _Content.set_width,
    "J": _Content.set_cap,
    "j": _Content.set_join,
    "M": _Content.set_miter,
    "d": _Content.set_dash,
    "ri": _Content.nothing,
    "i": _Content.nothing,
    "gs": _Content.graphics_state,
    **dict(zip(("g", "G"), _colours("DeviceGray"), strict=True)),
    **dict(zip(("rg", "RG"), _colours("DeviceRGB"), strict=True)),
    **dict(zip(("k", "K"), _colours("DeviceCMYK"), strict=True)),
    "cs": lambda content, operands: content.colour_space(operands, stroke=False),
    "CS": lambda content, operands: content.colour_space(operands, stroke=True),
    "sc": lambda content, operands: content.special_colour(operands, stroke=False),
    "scn": lambda content, operands: content.special_colour(operands, stroke=False),
    "SC": lambda content, operands: content.special_colour(operands, stroke=True),
    "SCN": lambda content, operands: content.special_colour(operands, stroke=True),
    "m": _Content.move,
    "l": _Content.line,
    "c": _Content.curve,
    "h": _Content.close,
    "re": _Content.rectangle,
    "W": lambda content, _: content.set_clip("nonzero"),
    "W*": lambda content, _: content.set_clip("evenodd"),
    "n": _paints(),
    "f": _paints(fill="nonzero"),
    "F": _paints(fill="nonzero"),
    "f*": _paints(fill="evenodd"),
    "S": _paints(stroke=True),
    "s": _paints(stroke=True, close=True),
    "B": _paints(fill="nonzero", stroke=True),
    "B*": _paints(fill="evenodd", stroke=True),
    "b": _paints(fill="nonzero", stroke=True, close=True),
    "b*": _paints(fill="evenodd", stroke=True, close=True),
    "BT": _Content.begin_text,
    "ET": _Content.nothing,
    "Tc": _Content.set_spacing,
    "Tw": _Content.set_word_spacing,
    "Tz": _Content.set_scaling,
    "TL": _Content.set_leading,
    "Tf": _Content.set_font,
    "Tr": _Content.set_mode,
    "Ts": _Content.set_rise,
    "Td": _Content.move_text,
    "TD": _Content.move_text_leading,
    "Tm": _Content.set_text_matrix,
    "T*": _Content.next_line,
    "Tj": _Content.show,
    "TJ": _Content.show_spaced,
    "'": _Content.show_next,
    "sh": _Content.shade,
    "Do": _Content.draw,
    "BMC": _Content.begin_mark,
    "BDC": _Content.begin_mark,
    "EMC": _Content.nothing,
    "MP": _Content.nothing,
    "DP": _Content.nothing,
}
__all__ = ["FontError", "Reader", "UnknownError"]
