"""Writes a drawing as text: one mark a line. The hash of the text is what people sign.

A line ends in ` # ` and words for people, which do not count: a font's table of texts depends on what else the file
says.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

from pressroom.drawing.model import Copy, Glyph, Item, PageDrawing, Rectangle, Shape, around, number, numbers

WORDS: Final = " # "
# A gap between glyphs is a space for people, in em: the thinnest space is 0.2 wide.
_GAP: Final = 0.15


def page_lines(page: PageDrawing, number: int) -> Iterator[str]:
    """The lines of a page, counted from 1."""
    yield f"page {number} {escaped(page.line)}"
    yield from item_lines(page.items)


def item_lines(items: Sequence[Item]) -> list[str]:
    """The lines of what is painted, in order. A card is written where it is first placed."""
    lines: list[str] = []
    written: dict[int, str] = {}
    for is_glyph, group in groupby(items, key=lambda item: isinstance(item, Glyph)):
        if is_glyph:
            lines += _runs([item for item in group if isinstance(item, Glyph)])
            continue
        for item in group:
            if isinstance(item, Shape):
                lines.append(f"{_box(item.box)} {escaped(item.line)}")
            elif isinstance(item, Copy):
                lines += _copy_lines(item, written)
    return lines


def escaped(text: str) -> str:
    """A text that stays on its line, and in which no words for people begin."""
    return text.replace("\\", "\\\\").replace("#", "\\x23").replace("\r", "\\r").replace("\n", "\\n")


def counted(line: str) -> str:
    """The part of a line that is signed."""
    return line.partition(WORDS)[0]


def text_hash(lines: Iterable[str]) -> str:
    """32 hex digits for the signed parts of these lines."""
    return hashlib.sha256("\n".join(map(counted, lines)).encode()).hexdigest()[:32]


def _copy_lines(item: Copy, written: dict[int, str]) -> list[str]:
    if (name := written.get(id(item.items))) is not None:
        return [f"place {name} {escaped(item.line)}"]
    lines = item_lines(item.items)
    name = text_hash(lines)
    inner = [] if name in written.values() else [f"card {name}", *lines, "end"]
    written[id(item.items)] = name
    return [*inner, f"place {name} {escaped(item.line)}"]


def _runs(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """Glyphs of one style in one line of type are one mark, however the file splits them.

    Blank glyphs draw nothing and do not count. Before glyphs that say nothing they say the words (`said`).
    """
    said: list[Glyph] = []
    for style, group in groupby(glyphs, key=lambda glyph: glyph.style):
        size = _size(style)
        for run in _lines_of_type(list(group), size / 2):
            drawn = [glyph for glyph in run if glyph.outline]
            if drawn:
                shapes = "\n".join(f"{glyph.outline} {number(glyph.x)} {number(glyph.y)}" for glyph in drawn)
                digest = hashlib.sha256(shapes.encode()).hexdigest()[:32]
                box = _box(around([glyph.box for glyph in drawn]))
                yield f"{box} text {escaped(style)} {digest}{WORDS}{_words(run, size) or _said(said)}"
            said = [] if drawn else [*said, *run]


def _words(run: Sequence[Glyph], size: float) -> str:
    """What a run says. A space where a box of text ends is a gap in the file, and no glyph.

    A mark is not where the pen is, so what is between it and its letter is no space.
    """
    said: list[str] = []
    left = right = run[0].x
    for glyph in run:
        begins, ends = sorted((glyph.x, glyph.end))
        if max(begins - right, left - ends) > _GAP * size and not _is_mark(glyph):
            said.append(" ")
        left, right = min(left, begins), max(right, ends)
        said.append(glyph.text or ("" if glyph.outline else " "))
    return " ".join("".join(said).split())


def _said(letters: Sequence[Glyph]) -> str:
    """What letters beside their glyphs say (`render.tags.letters`)."""
    seen = [glyph.text for glyph in sorted(letters, key=lambda glyph: glyph.x)]
    backward = any(unicodedata.bidirectional(sign) in ("R", "AL") for text in seen for sign in text)
    return "".join(reversed(seen) if backward else seen).strip()


def _is_mark(glyph: Glyph) -> bool:
    """True for what is placed on a letter, or says nothing itself."""
    return bool(glyph.outline) and all(unicodedata.category(sign) == "Mn" for sign in glyph.text)


def _lines_of_type(glyphs: Sequence[Glyph], apart: float) -> Iterator[list[Glyph]]:
    """Runs of glyphs whose origins are no further apart than vowel signs are from their letter."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and abs(glyph.y - run[0].y) > apart:
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


@lru_cache(maxsize=1000)
def _size(style: str) -> float:
    """The size of a style's type on the page, in points."""
    a, b, c, d = (float(value) for value in style.partition("(")[2].partition(")")[0].split())
    return max(abs(a), abs(b), abs(c), abs(d))


def _box(box: Rectangle) -> str:
    return numbers(box)
