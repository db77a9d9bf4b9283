"""A frame as a tree of blocks: stacks, rows, texts and pictures, with the lengths that their styles give them.

All lengths are in CSS pixels. A style is a number; what it says depends on the type sizes, the tree does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Final, Literal

from pressroom.typesetting.fit import fewest_lines, first_fit_lines
from pressroom.typesetting.paragraph import Paragraph

# What rounding may add to a line.
ROUNDING: Final = 0.02


class Share(float):
    """A share of what a block is in."""


# A box that is as wide as its text has the same width by other sums.
_EXACT: Final = 0.01
# None is `auto`.
Length = float | Share | None


class Unmodelled(Exception):
    """A block whose height is not known without a layout; says why."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """What a style says at certain type sizes.

    `above` and `below` are padding and border, `sides` is those of both sides. `lead` is None where the font says it.
    """

    font: float
    lead: float | None
    margins: tuple[Length, Length, Length, Length]
    above: float
    below: float
    left: float
    sides: float
    width: Length
    height: Length
    least: tuple[Length, Length] = (0.0, 0.0)
    most: tuple[Length, Length] = (inf, inf)
    is_whole: bool = False
    gap: float = 0.0
    grow: float = 0.0
    shrink: float = 1.0
    basis: Length = None
    insets: tuple[Length, Length] = (None, None)


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """What is broken into lines: its parts as widths at a type size, and how many lines it was seen to take.

    `widest` is the part that no line can end in, `width` the whole on one line.
    `parted` are the parts with breaks within words, where the style allows these beyond a `zone` that is left free.
    `taller` is by how much all its lines together were taller than their lead. `boxed` are lines that a box in them
    makes taller: how many, their height above the line, which is the box's, and below it, which is that of the type.
    """

    parts: tuple[Paragraph, ...]
    size: float
    seen: int
    widest: float = 0.0
    width: float = 0.0
    parted: tuple[Paragraph, ...] = ()
    zone: float = 0.0
    taller: float = 0.0
    boxed: tuple[int, float, float] = (0, 0.0, 0.0)
    anywhere: bool = False

    def height(self, lines: int, lead: float, font: float) -> float:
        """The height of so many lines of this lead."""
        scale = font / self.size if self.size else 1.0
        number, above, below = self.boxed
        return (lines - number) * lead + above + (below + self.taller) * scale

    def measure(self, column: float, font: float) -> float:
        """How much of its text, in the widths of its parts, goes on a line of a column."""
        return (column - ROUNDING) * self.size / font

    def counts(self, column: float, font: float) -> tuple[int, ...]:
        """The lines of each part in a column. Raises Unmodelled for type of no size, and a word broken anywhere."""
        if not font:
            raise Unmodelled("type of no size")
        measure = self.measure(column, font)
        if self.width * font <= (column + _EXACT) * self.size:
            return (1,) * len(self.parts)
        if self.anywhere and self.widest * font / self.size > column:
            raise Unmodelled("a word is broken anywhere")
        if self.parted:
            return tuple(first_fit_lines(part, measure, self.zone) for part in self.parted)
        return tuple(fewest_lines(part, measure) for part in self.parts)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A block of a frame. `element` is its element's number in the frame, or -1.

    `boxes` are set in lines as words are, so far `apart` (em). A row that `wraps` goes on below where it is too narrow.

    Margins of a `closed` block never meet those inside it; an `aside` is placed, and takes no room. `seen` is where it
    was in the layout that was read, to check by: its top in the frame, height and width.
    """

    kind: Literal["stack", "row", "text", "picture", "boxes"]
    style: int
    element: int = -1
    children: tuple[Block, ...] = ()
    text: Text | None = None
    closed: bool = False
    aside: bool = False
    align: str = "stretch"
    ratio: float = 0.0
    apart: float = 0.0
    wraps: bool = False
    names: frozenset[str] = frozenset()
    seen: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(slots=True, eq=False)
class Laid:
    """A block at certain sizes, where its style says its `own` lengths.

    `top` is in what it is in, `height` is with its border, `width` without. `tops` and `bottoms` are the margins that
    meet those around it; a block that is `through` is nothing but margins. `over` is by how much what is in a row, or a
    word, is wider than it.
    """

    block: Block
    own: Lengths
    width: float
    height: float
    children: Sequence[Laid] = ()
    tops: list[float] = field(default_factory=list)
    bottoms: list[float] = field(default_factory=list)
    through: bool = False
    top: float = 0.0
    lines: tuple[int, ...] = ()
    over: float = 0.0

    @property
    def font(self) -> float:
        """The size of its type."""
        return self.own.font

    def walk(self, top: float = 0.0) -> Iterator[tuple[Laid, float]]:
        """This block and all that is in it, each with its top in the frame, where this one's is `top`."""
        yield self, top
        for child in self.children:
            yield from child.walk(top + child.top)
