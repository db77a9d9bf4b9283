"""Takes out of a page what no signature covers: a proof's marks, the words of control lines, the code of an address.

Each is replaced by a mark that says what is there and where. What is not exactly as expected stays, so that the
drawing of the release differs from the signed one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pressroom.drawing.colours import BLACKS
from pressroom.drawing.content import UnknownError
from pressroom.drawing.letters import font_letters
from pressroom.drawing.model import (
    Code,
    Control,
    Copy,
    Glyph,
    Item,
    LeftOut,
    Rectangle,
    Shape,
    inside,
    number,
    on_cards,
    shared_area,
)

# A line of type may be a hair higher than its box.
_SLACK = 0.5
_SAME = 0.02
# The share of a letter that a mark may touch.
_HAIR = 0.1
_BLACK = tuple(f"fill={colour} " for colour in BLACKS)


def without(items: Sequence[Item], page: int, left_out: LeftOut) -> tuple[Item, ...]:
    """The items of a page (from 0) without what is left out, also on each card of a sheet."""
    if any(isinstance(item, Copy) for item in items):
        # The boxes are those of the card; around the cards of a sheet nothing is left out.
        return on_cards(items, lambda card: without(card, page, left_out))
    kept = list(items)
    for code in left_out.codes:
        kept = _without_code(kept, code) if code.page == page else kept
    for control in left_out.controls:
        kept = _without_words(kept, control, left_out) if control.page == page else kept
    draft = left_out.on(page, left_out.draft)
    marks = {id(item) for item in _in_boxes(kept, draft)}
    shown = tuple(item for item in kept if id(item) not in marks)
    letters = [item.box for item in shown if isinstance(item, Glyph) and item.outline] if draft else []
    if any(_covers(box, letters) for box in draft):
        raise UnknownError("a proof's mark lies over letters, so they can't be seen")
    return shown


def _covers(box: Rectangle, letters: Sequence[Rectangle]) -> bool:
    """True if a mark of a proof lies over a part of a letter; a hair of it may be there."""
    left, bottom, right, top = box
    # Each letter of a page, with each mark: no call of `meet`.
    near = [one for one in letters if one[0] < right and left < one[2] and one[1] < top and bottom < one[3]]
    return any(shared_area(letter, box) > _HAIR * shared_area(letter, letter) for letter in near)


def _in_boxes(items: Sequence[Item], boxes: Sequence[Rectangle]) -> Iterator[Glyph | Shape]:
    """The items that are in one of these boxes; a letter if it begins there."""
    wide = [(box[0] - _SLACK, box[1] - _SLACK, box[2] + _SLACK, box[3] + _SLACK) for box in boxes]
    for item in items:
        if isinstance(item, Glyph):
            x, y = item.x, item.y
            for box in wide:  # each mark of a page, with each box: no call of `inside`
                if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                    yield item
                    break
        elif isinstance(item, Shape) and any(inside(item.box, box) for box in wide):
            yield item


def _without_words(items: list[Item], control: Control, left_out: LeftOut) -> list[Item]:
    """A mark in place of a control line: its baselines, size and colour, and the words that are always the same."""
    # What ends a line of letters draws and says nothing, and can reach down here from a frame above.
    glyphs = (item for item in _in_boxes(items, [control.box]) if isinstance(item, Glyph))
    found = [glyph for glyph in glyphs if glyph.outline or glyph.text]
    words = "".join(glyph.text for glyph in found)
    if not found or "".join(words.split()) != "".join(control.text.split()):
        return items
    fonts = (letters for file in left_out.fonts if (letters := font_letters(file)) is not None)
    font = next((letters for letters in fonts if letters.draws(found)), None)
    if left_out.fonts and font is None:
        return items
    drawn = [glyph for glyph in found if glyph.outline]
    lines = sorted({number(glyph.y) for glyph in drawn}, key=float, reverse=True)
    styles = sorted({glyph.style for glyph in drawn})
    parts = (f"control {control.signed!r} on {' '.join(lines)}", *styles, *([font.hash] if font else []))
    mark = Shape(" ".join(parts), control.frame)
    gone, at = {id(glyph) for glyph in found}, items.index(found[0])
    return [item for item in [*items[:at], mark, *items[at:]] if id(item) not in gone]


def _without_code(items: list[Item], code: Code) -> list[Item]:
    """A mark in place of the code, or of the crossed box that a proof has in its place."""
    inner = [at for at, item in enumerate(items) if isinstance(item, Shape) and inside(item.box, code.box, _SAME)]
    found = [at for at in inner if _is_code(items[at], code)]
    if len(found) != 1 or (code.dark and len(inner) != 1):
        return items
    mark = Shape(f"code {code.address}", code.box)
    return [mark if at == found[0] else item for at, item in enumerate(items)]


def _is_code(item: Item, code: Code) -> bool:
    """True for exactly the code of the address, in black; on a proof, for a stroked shape."""
    if not isinstance(item, Shape):
        return False
    if not code.dark:
        return item.line.startswith("path stroke=")
    if not item.line.startswith(tuple(f"path {black}" for black in _BLACK)) or "mask=" in item.line:
        return False
    left, bottom, right, top = code.box
    across, down = (right - left) / code.size, (top - bottom) / code.size
    expected = [
        (left + x * across, top - (y + 1) * down, left + (x + run) * across, top - y * down) for y, x, run in code.dark
    ]
    return len(expected) == len(item.geometry) and all(
        abs(a - b) < _SAME
        for one, other in zip(sorted(expected), sorted(item.geometry), strict=True)
        for a, b in zip(one, other, strict=True)
    )
