"""What is painted: marks on pages, what is left out of a signature, and the hashes that people sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from pressroom.diagnostics import DiagnosticError

# Something of a PDF: pikepdf publishes no types.
PdfObject = Any
# Left, bottom, right, top in points, from the lower left corner of the page.
Rectangle = tuple[float, float, float, float]
# The six numbers of a transformation (ISO 32000-1, 8.3.4).
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
NOWHERE: Final[Rectangle] = (0.0, 0.0, 0.0, 0.0)


class DrawingError(DiagnosticError):
    """The file has something that the reader does not know, so what it draws can't be signed."""


class Glyph(NamedTuple):
    """One glyph: its origin, its style (size, colour, clip), the hash of its outline (empty: blank), its text.

    `end` is where the next glyph of its line begins, in the direction of x.
    """

    x: float
    y: float
    style: str
    outline: str
    text: str
    box: Rectangle
    end: float


class Shape(NamedTuple):
    """A path, a picture, a shading or a group: `line` says all of it that counts, `geometry` its points."""

    line: str
    box: Rectangle
    geometry: tuple[tuple[float, ...], ...] = ()


class Copy(NamedTuple):
    """A whole card on a sheet, in the card's own space, and where it is placed."""

    line: str
    items: tuple[Item, ...]


Item = Glyph | Shape | Copy


@dataclass(frozen=True, slots=True)
class PageDrawing:
    """One page: its sizes as one line, and what is painted on it, in order."""

    line: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PieceDrawing:
    """The hashes of what a piece draws, 32 hex digits each: what all clinics share, and one clinic's frames.

    Empty hashes mean that it is unknown what the piece draws; such a drawing equals no other.
    """

    base: str = field(default="", metadata={"optional": True, "key": "drawing_base"})
    imprint: str = field(default="", metadata={"optional": True, "key": "drawing_imprint"})

    @property
    def known(self) -> bool:
        """True if the piece was read."""
        return bool(self.base and self.imprint)


UNKNOWN: Final = PieceDrawing()


@dataclass(frozen=True, slots=True)
class DrawnPiece:
    """The hashes of what a piece draws, and the texts that they are the hashes of: one mark a line."""

    hashes: PieceDrawing = UNKNOWN
    base: str = ""
    imprint: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """Where a control line is on its page (from 0), and what it says; `signed` is without what a release may change.

    `frame` is the frame that holds it: a line's own width depends on its text.
    """

    page: int
    box: Rectangle
    frame: Rectangle
    text: str
    signed: str


@dataclass(frozen=True, slots=True)
class Code:
    """Where the code of an address is, and the dark runs of a release's code: row, first column, length in modules.

    `size` is the number of modules on a side, with the white edge. A proof has a crossed box and no `dark` runs.
    """

    page: int
    box: Rectangle
    address: str
    size: int
    dark: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame's place on its page (from 0), and whether its content is one clinic's."""

    page: int
    box: Rectangle
    of_clinic: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What differs between a proof and its release and is signed in no drawing. Boxes are in points on the piece.

    `draft` are the boxes of a proof's marks, each with its page (from 0). `copies` are where a sheet has the piece, for
    each page. `notes` are the contents of margin notes, with what they say. `fonts` are the files that control
    lines are set in; without them, how their letters look is not checked.
    """

    controls: tuple[Control, ...] = ()
    codes: tuple[Code, ...] = ()
    draft: tuple[tuple[int, Rectangle], ...] = ()
    frames: tuple[Frame, ...] = ()
    copies: tuple[tuple[Matrix, ...], ...] = ()
    notes: Mapping[bytes, str] = field(default_factory=dict)
    fonts: tuple[Path, ...] = ()

    def on(self, page: int, boxes: Sequence[tuple[int, Rectangle]]) -> list[Rectangle]:
        """The boxes of a page."""
        return [box for number, box in boxes if number == page]


def on_cards(items: Sequence[Item], change: Callable[[Sequence[Item]], tuple[Item, ...]]) -> tuple[Item, ...]:
    """The items of a sheet with each card changed; one that is placed many times is changed once."""
    changed: dict[int, tuple[Item, ...]] = {}
    made: list[Item] = []
    for item in items:
        if isinstance(item, Copy) and id(item.items) not in changed:
            changed[id(item.items)] = change(item.items)
        made.append(item._replace(items=changed[id(item.items)]) if isinstance(item, Copy) else item)
    return tuple(made)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The transformation that does `first` and `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def transformed(box: Rectangle, matrix: Matrix) -> Rectangle:
    """The box around a transformed box."""
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    if b == c == 0 and a >= 0 <= d:  # upright, as nearly all letters are
        return left * a + e, bottom * d + f, right * a + e, top * d + f
    xs, ys = zip(*((x * a + y * c + e, x * b + y * d + f) for x in (left, right) for y in (bottom, top)), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def number(value: float, digits: int = 2) -> str:
    """A number as a drawing writes it: rounded, without a sign for zero."""
    text = f"{value:.{digits}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def numbers(values: Sequence[float], digits: int = 2) -> str:
    """Numbers as a drawing writes them."""
    text = _written(digits, len(values)) % tuple(values)
    return " ".join([number(value, digits) for value in values]) if "-0" in text else text


@cache
def _written(digits: int, count: int) -> str:
    return " ".join([f"%.{digits}f"] * count)


def inside(box: Rectangle, other: Rectangle, slack: float = 0.0) -> bool:
    """True if a box is in the other, or at most `slack` points outside."""
    return (
        box[0] >= other[0] - slack
        and box[1] >= other[1] - slack
        and box[2] <= other[2] + slack
        and box[3] <= other[3] + slack
    )


def around(boxes: Sequence[Rectangle]) -> Rectangle:
    """The box around boxes."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def meet(box: Rectangle, other: Rectangle) -> bool:
    """True if two boxes have an area in common."""
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def shared_area(box: Rectangle, other: Rectangle) -> float:
    """The area that two boxes have in common, in square points."""
    return max(0.0, min(box[2], other[2]) - max(box[0], other[0])) * max(
        0.0, min(box[3], other[3]) - max(box[1], other[1])
    )
