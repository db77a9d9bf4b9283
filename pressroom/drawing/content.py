"""A content stream while it is read: its graphics state, and what it has painted so far (ISO 32000-1, 8.2).

The operators are functions on a `Content`; `operators.py` lists them all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pressroom.drawing.instructions import instructions
from pressroom.drawing.lines import item_lines
from pressroom.drawing.model import IDENTITY, Copy, Item, Matrix, PdfObject, multiply, numbers
from pressroom.drawing.objects import canonical
from pressroom.drawing.state import BLACK, Clip, State, Step, alpha_of
from pressroom.drawing.text_fonts import PageFont

_SAME_PLACE: Final = 1e-3
_DEPTH: Final = 12


class UnknownError(ValueError):
    """The content has something that this reader does not know."""


@dataclass(slots=True)
class File:
    """What the contents of one file share: the known operators and notes, its fonts and its forms."""

    operators: Mapping[str, Action]
    notes: Mapping[bytes, str] = field(default_factory=dict)
    forms: dict[tuple[tuple[int, int], str], tuple[Item, ...]] = field(default_factory=dict)
    _fonts: dict[tuple[int, int], PageFont] = field(default_factory=dict)

    def font(self, item: PdfObject) -> PageFont:
        """A font by its dictionary; each is read once."""
        if not item.is_indirect:
            return PageFont(item)
        if item.objgen not in self._fonts:
            self._fonts[item.objgen] = PageFont(item)
        return self._fonts[item.objgen]


class Content:
    """A page's content, a form's or a pattern's. `base` is the space that its patterns are placed in.

    `copies` are the places of whole cards on a sheet: what is drawn there is read in the card's own space.
    """

    def __init__(
        self, file: File, resources: PdfObject, state: State, base: Matrix = IDENTITY, copies: Sequence[Matrix] = ()
    ) -> None:
        self.file, self.resources, self.state, self.base = file, resources, state, base
        self.depth = 0
        self.items: list[Item] = []
        self.path: list[Step] = []
        # The rule of a clip that takes effect once the path is painted.
        self.clip_rule = ""
        self.text: Matrix = IDENTITY
        self.text_line: Matrix = IDENTITY
        self._copies = copies
        self._place = ""
        self._cards: list[tuple[Item, ...]] = []
        self._saved: list[tuple[State, list[Item], str]] = []

    def read(self, stream: PdfObject) -> tuple[Item, ...]:
        """What a stream paints, in order. Raises UnknownError and what the operators raise."""
        self.go_on(stream)
        return self.end()

    def go_on(self, stream: PdfObject) -> None:
        """Read a stream, or the bytes of a part of one, from the state that the parts before it end in."""
        for name, operands in instructions(stream, self.file.operators):
            action = self.file.operators.get(name)
            if action is None:
                raise UnknownError(f"the operator {name!r}")
            try:
                action(self, operands)
            except (TypeError, IndexError, AttributeError, KeyError) as error:
                raise UnknownError(f"the operator {name!r} with other operands than it has ({error})") from None

    def end(self) -> tuple[Item, ...]:
        """What was painted. Raises UnknownError if a state that was saved is not restored."""
        if self._saved or self._place:
            raise UnknownError("a content that does not restore what it saves")
        return tuple(self.items)

    def save(self) -> None:
        """Keep the state until it is restored."""
        self._saved.append((self.state.copied(), self.items, self._place))

    def restore(self) -> None:
        """Return to the state kept last; a card on a sheet that began after that is complete."""
        state, items, place = self._saved.pop()
        if items is not self.items:
            items.append(Copy(self._place, self._shared(tuple(self.items))))
        self.state, self.items, self._place = state, items, place

    def _shared(self, card: tuple[Item, ...]) -> tuple[Item, ...]:
        """The same card that was placed before, if it is one: it is then looked at once."""
        for before in self._cards:
            if before == card:
                return before
        self._cards.append(card)
        return card

    def transform(self, matrix: Matrix) -> None:
        """Change the space; if a whole card begins here, it has a space and a state of its own."""
        self.state.ctm = multiply(matrix, self.state.ctm)
        if self.is_card():
            if not self._saved:
                raise UnknownError("a card that is not placed by itself")
            self._place, self.items = placed(self.state), []
            self.state = State()

    def is_card(self) -> bool:
        """True where a whole card is placed on a sheet."""
        return not self._place and any(
            all(abs(a - b) < _SAME_PLACE for a, b in zip(self.state.ctm, place, strict=True)) for place in self._copies
        )

    def resource(self, kind: str, name: PdfObject) -> PdfObject:
        """What the content calls by a name."""
        try:
            return self.resources[kind][str(name)]
        except KeyError:
            raise UnknownError(f"{name} of {kind}, which the page does not have") from None

    def inner(self, stream: PdfObject, state: State, base: Matrix) -> Content:
        """The content of a form or pattern that this one draws."""
        if self.depth >= _DEPTH:
            raise UnknownError("a form that draws itself")
        content = Content(self.file, stream.get("/Resources", self.resources), state, base)
        content.depth = self.depth + 1
        return content

    def hash_of(self, stream: PdfObject, matrix: Matrix) -> str:
        """The hash of what a form or pattern paints by itself."""
        state = State(ctm=matrix)
        if "/BBox" in stream:
            state.clip = Clip().by(corners(stream.BBox, matrix), "nonzero")
        lines = item_lines(self.inner(stream, state, matrix).read(stream))
        group = canonical(stream.Group) if "/Group" in stream else ""
        return hashlib.sha256("\n".join([group, *lines]).encode()).hexdigest()[:32]


Action = Callable[[Content, PdfObject], None]


def placed(state: State) -> str:
    """Where a whole card is placed, and what it would get from around it."""
    colours = [state.filling()] if state.fill != BLACK else []
    colours += [state.stroking()] if state.stroke != BLACK else []
    parts = (f"at ({numbers(state.ctm, 4)})", *colours, alpha_of(state), state.around())
    return " ".join(part for part in parts if part)


def matrix_of(values: PdfObject) -> Matrix:
    """Six numbers of a file as a transformation."""
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def own_matrix(item: PdfObject) -> Matrix:
    """The transformation that a form or pattern has itself."""
    return matrix_of(item.Matrix) if "/Matrix" in item else IDENTITY


def box_from(values: PdfObject) -> tuple[float, float, float, float]:
    """Four numbers of a file as a rectangle."""
    left, bottom, right, top = (float(value) for value in values)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def corners(box: PdfObject, matrix: Matrix) -> list[Step]:
    """A box of a file as a path on the page."""
    left, bottom, right, top = box_from(box)
    a, b, c, d, e, f = matrix
    around = [(left, bottom), (right, bottom), (right, top), (left, top)]
    points = [(x * a + y * c + e, x * b + y * d + f) for x, y in around]
    return [("m", points[0]), *(("l", point) for point in points[1:]), ("h", ())]
