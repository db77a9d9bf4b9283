"""Refuses letters that are read and not seen: text beside its glyphs must be where they are drawn.

Right-to-left text has its letters beside its glyphs, in a font that draws nothing (`render.tags.letters`). What a file
says can't be compared with what it draws, but words without anything drawn there would be words that no person saw.
"""

from __future__ import annotations

from collections.abc import Sequence

from pressroom.drawing.content import UnknownError
from pressroom.drawing.model import Copy, Glyph, Item

# How far a letter may be from what is drawn, in heights of its line: letters are spread evenly over it, and Nastaliq
# hangs far above and below.
_BESIDE, _OVER = 0.6, 1.5


def refuse_unseen(items: Sequence[Item]) -> None:
    """Raises UnknownError if blank glyphs say letters where the glyphs that follow them draw nothing."""
    letters, drawn = list[Glyph](), list[Glyph]()
    for item in items:
        if isinstance(item, Copy):
            refuse_unseen(item.items)
        elif isinstance(item, Glyph) and item.outline:
            drawn.append(item)
        elif isinstance(item, Glyph) and item.text.strip():
            if drawn:
                _check(letters, drawn)
                letters, drawn = [], []
            letters.append(item)
    _check(letters, drawn)


def _check(letters: Sequence[Glyph], drawn: Sequence[Glyph]) -> None:
    heights = {style: _height(style) for style in {letter.style for letter in letters}}
    reaches = dict[tuple[float, float], tuple[float, float] | None]()
    for letter in letters:
        size = heights[letter.style]
        line = letter.y, size
        if line not in reaches:
            near = [glyph.box for glyph in drawn if abs(glyph.y - letter.y) < _OVER * size]
            reaches[line] = (min(box[0] for box in near), max(box[2] for box in near)) if near else None
        reach = reaches[line]
        if reach is None or not reach[0] - _BESIDE * size <= letter.x <= reach[1] + _BESIDE * size:
            raise UnknownError(f"{letter.text!r} is read where nothing is drawn")


def _height(style: str) -> float:
    """The height of a style's type on the page, in points, however wide it is."""
    _, _, c, d = (float(value) for value in style.partition("(")[2].partition(")")[0].split())
    return max(abs(c), abs(d))
