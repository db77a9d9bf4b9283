"""A paragraph as widths and the places where its lines may end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

# A heading's lines are balanced: none is much shorter than the others, the last one included.
Kind = Literal["text", "heading"]


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A place where a line may end; widths are in any one unit, as the measure is.

    `end` is where a line that ends here ends, without the space it breaks at, and `start` where the next one begins;
    both from the start of the paragraph. `hyphen` is the width that a hyphen adds to the line. `penalty` is the cost of
    ending a line here, beside that of its width (see `costs`). `words` counts the words up to here.
    """

    at: int
    end: float
    start: float
    hyphen: float = 0.0
    penalty: float = 0.0
    words: float = 0.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The places where lines may end, in order; the last one is the end of the paragraph.

    Widths grow with the type: those of a paragraph in em, with the measure divided by the size, hold at every size.
    """

    breaks: tuple[LineBreak, ...]
    kind: Kind = "text"
    # Where the first line begins, as after a number that hangs in it.
    start: LineBreak = field(default=LineBreak(0, 0.0, 0.0))

    @property
    def width(self) -> float:
        """The width of the paragraph on one line."""
        return self.breaks[-1].end if self.breaks else 0.0

    @property
    def widest(self) -> float:
        """The width of the widest part that no line can end in."""
        starts = (self.start.start, *(place.start for place in self.breaks))
        return max(
            (place.end + place.hyphen - start for place, start in zip(self.breaks, starts, strict=False)), default=0.0
        )
