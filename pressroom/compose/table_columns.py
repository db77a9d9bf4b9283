"""Shares a table's width among its columns, so that its rows have as few lines as they can.

Widths are those of texts in Latin letters, about: a column's words decide, not its longest text alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final, NamedTuple

from pressroom.compose.block_parts import text_width

# A column has so many of these shares of a hundredth: styles know each.
STEP: Final = 4
STEPS: Final = range(STEP, 100, STEP)
# What is between two columns, in letters.
_GUTTER: Final = 1.5
# The shares of its frame that a table may have, beside a heading or in larger type: its columns serve all of them.
_ROOMS: Final = (1.0, 0.85, 0.72, 0.6)
# About how wide a letter is, in em.
_LETTER: Final = 0.53


class Cell(NamedTuple):
    """A cell's words by their width; a `whole` one keeps to one line."""

    words: tuple[int, ...]
    whole: bool = False

    @classmethod
    def of(cls, text: str, *, whole: bool) -> Cell:
        """The cell of a text. Where no spaces part words, lines end between any two letters."""
        return cls(tuple(text_width(word) for word in text.replace("\u200b", " ").split()), whole)

    @property
    def all(self) -> int:
        """The width of its text on one line."""
        return sum(self.words) + max(0, len(self.words) - 1)

    @property
    def least(self) -> int:
        """What it needs."""
        return self.all if self.whole else max(self.words, default=0)

    def lines(self, width: float) -> int:
        """How many lines it has in a column of this width."""
        if self.whole:
            return 1
        lines, at = 1, 0.0
        for word in self.words:
            beyond = at + word + (1 if at else 0) > width and at > 0
            lines, at = (lines + 1, word) if beyond else (lines, at + word + (1 if at else 0))
            if word > width > 0:
                lines, at = lines + ceil(word / width) - 1, word % width
        return lines


def column_shares(rows: Sequence[Sequence[Cell]], width: float, size: float) -> tuple[int, ...]:
    """The shares of a table's columns in hundredths, for a frame of this width and a type of this size, in points.

    None where all rows have one line, or where the longest words leave nothing to share out: then a table's own rules
    are as good.
    """
    columns = list(zip(*rows, strict=True))
    rooms = [width * room / size / _LETTER - _GUTTER * (len(columns) - 1) for room in _ROOMS]
    if sum(max(cell.all for cell in column) for column in columns) <= min(rooms):
        return ()
    least = [max(cell.least for cell in column) for column in columns]
    held = [room for room in rooms if sum(least) <= room]
    natural = [max(cell.all for cell in column) for column in columns]
    ways = _ways(len(columns)) if held else ()
    return min(ways, key=lambda shares: _cost(shares, rows, least, natural, held), default=())


def _ways(columns: int, left: int = 100) -> Iterator[tuple[int, ...]]:
    """Every way to share out what is left."""
    if columns == 1:
        yield (left,)
        return
    for share in range(STEP, left - STEP * (columns - 2), STEP):
        yield from ((share, *rest) for rest in _ways(columns - 1, left - share))


def _cost(
    shares: Sequence[int],
    rows: Sequence[Sequence[Cell]],
    least: Sequence[int],
    natural: Sequence[int],
    rooms: Sequence[float],
) -> tuple[int, float]:
    """The lines of all rows in each room; of two ways, the one whose columns are nearer to what they would take."""
    whole, lines = sum(natural), 0
    for room in rooms:
        widths = _widths(shares, least, room)
        lines += sum(max(cell.lines(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return lines, sum(abs(share - 100 * own / whole) for share, own in zip(shares, natural, strict=True))


def _widths(shares: Sequence[int], least: Sequence[int], room: float) -> list[float]:
    """The columns' widths. None is narrower than its longest word: the others have less then."""
    widths = [share / 100 * room for share in shares]
    narrow = {at for at, need in enumerate(least) if widths[at] < need}
    lacking = sum(least[at] - widths[at] for at in narrow)
    others = sum(width for at, width in enumerate(widths) if at not in narrow) or 1.0
    left = (others - lacking) / others
    return [float(need) if at in narrow else max(need, widths[at] * left) for at, need in enumerate(least)]


def share_style() -> str:
    """The style of columns by their shares."""
    return "".join(f".part-{share} {{ width: {share}% }}\n" for share in STEPS)
