"""Finds where two drawings differ, from their lines: the page, the place in millimetres, and the words there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from pressroom.drawing.lines import WORDS, counted
from pressroom.drawing.model import NOWHERE, Rectangle, around

_PAGE: Final = re.compile(r"page (\d+) MediaBox \S+ \S+ ([\d.]+) ([\d.]+)")
_MARK: Final = re.compile(r"(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (.*)")
_TAG: Final = re.compile(r"<[^>]*>")
_MM: Final = 25.4 / 72
_KINDS: Final = {
    "text": "text",
    "path": "a line or an area",
    "image": "a picture",
    "control": "a control line",
    "code": "the code of the address",
    "link": "a link",
    "note": "the note in the margin",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two drawings differ: the page (from 1), the box in points, and what is drawn there in each."""

    page: int
    box: Rectangle
    height: float
    before: str
    after: str

    @property
    def text(self) -> str:
        """The difference in words: `page 1, 20 × 4 mm at 12, 30 mm: “Call 911” is now “No Call 911”`."""
        left, bottom, right, top = self.box
        place = f"{(right - left) * _MM:.1f} × {(top - bottom) * _MM:.1f} mm"
        corner = f"{left * _MM:.1f} mm from the left, {(self.height - top) * _MM:.1f} mm from the top"
        where = f"page {self.page}, {place}, {corner}" if self.box != NOWHERE else f"page {self.page}"
        if self.before == self.after:
            return f"{where}: {self.after} is drawn in another way"
        return f"{where}: {self.before or 'nothing'} is now {self.after or 'nothing'}"


@dataclass(frozen=True, slots=True)
class _Mark:
    page: int
    height: float
    line: str

    @property
    def signed(self) -> tuple[int, str]:
        return self.page, counted(self.line)

    @property
    def box(self) -> Rectangle:
        found = _MARK.match(self.line)
        return (float(found[1]), float(found[2]), float(found[3]), float(found[4])) if found else NOWHERE

    @property
    def what(self) -> str:
        """What the mark shows, in words."""
        found = _MARK.match(self.line)
        if self.line.startswith("html "):
            words = " ".join(_TAG.sub(" ", self.line.removeprefix("html ")).split())
            return f"“{words}”" if words else "what is around the words"
        if found is None:
            return "the paper" if self.line.startswith("page") else "where the cards are"
        words = self.line.partition(WORDS)[2]
        kind = re.split(r"[ :]", found[5], maxsplit=1)[0]
        return f"“{words}”" if words else _KINDS.get(kind, kind)


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """Where two drawings differ, in the order they are painted in."""
    old, new = list(_marks(before)), list(_marks(after))
    matcher = SequenceMatcher(None, [mark.signed for mark in old], [mark.signed for mark in new], autojunk=False)
    found: list[Difference] = []
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            for one, other in zip_longest(old[old_start:old_end], new[new_start:new_end]):
                found.append(_difference(one, other))
    return tuple(found)


def _difference(one: _Mark | None, other: _Mark | None) -> Difference:
    mark = other or one
    assert mark is not None
    boxes = [each.box for each in (one, other) if each is not None and each.box != NOWHERE]
    box = around(boxes) if boxes else NOWHERE
    return Difference(mark.page, box, mark.height, one.what if one else "", other.what if other else "")


def _marks(text: str) -> Iterator[_Mark]:
    page, height = 1, 0.0
    for line in text.splitlines():
        if (found := _PAGE.match(line)) is not None:
            page, height = int(found[1]), float(found[3])
        if not line.startswith(("card ", "end")):
            yield _Mark(page, height, line)


def boxes_of(text: str) -> tuple[dict[int, tuple[float, float]], dict[int, list[Rectangle]]]:
    """The size of each page of a drawing in points, and the boxes of its marks."""
    sizes: dict[int, tuple[float, float]] = {}
    boxes: dict[int, list[Rectangle]] = {}
    for line in text.splitlines():
        if (found := _PAGE.match(line)) is not None:
            sizes[int(found[1])] = float(found[2]), float(found[3])
    for mark in _marks(text):
        boxes.setdefault(mark.page, []).extend([mark.box] if mark.box != NOWHERE else [])
    return sizes, boxes
