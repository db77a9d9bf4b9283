"""Sets a clinic's piece as another clinic's was set, where their texts take the same lines at every size.

Two pieces are twins if they differ in texts of the clinic's frames alone, and each of these is alone on one line: in
the first piece at the largest size that its text may take, and in the other because it is no wider than the room there.
Then every frame has the same height at every size, and copyfit would find the same sizes, gaps and lines: it need not
run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise
from typing import Any, Final
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from pressroom.compose import Composition, Piece
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.render.copyfit import Fitted, Range, Sizes
from pressroom.render.line_ends import Composed
from pressroom.render.overset import Overset
from pressroom.render.page_boxes import classes_of, placed_children
from pressroom.render.shaping import shape

_TAG: Final = re.compile(r"(<[^>]*>)")
# Where a link leads changes nothing on paper.
_LINK: Final = re.compile(r' href="[^"]*"')
# Latin letters and signs. Other texts may have any of these, and what is in the text that was set.
_PLAIN: Final = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2022]+")
_DIGITS: Final = "0123456789"
_HAIR: Final = 1e-6
_DIGIT: Final = re.compile(r"[0-9]")
_SIGNS: Final = frozenset(map(chr, range(0x20, 0x7F)))
# The share of a column that a text may fill: what kerning may add.
_FILLED: Final = 0.95


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many windows of a frame are left out, the last ones, and how many points all of them lacked.

    None lack where the layout wants text alone. `by_hand` is how many elements for the reader's hand are left out.
    """

    windows: int
    points: float
    by_hand: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """A text at the largest size: each sign's advance, and the room for it if it is alone on one line; CSS pixels.

    It is `tabular` if other digits in the places of its own take as much room.
    """

    advances: Mapping[str, float]
    room: float
    tabular: bool

    def holds(self, text: str) -> bool:
        """True if another text is on one line there, too."""
        known = self.advances.keys() >= set(text)
        return bool(text) and known and sum(self.advances[sign] for sign in text) <= self.room

    def sets_alike(self, text: str, other: str) -> bool:
        """True if another text differs in digits alone, and these can't change where a line ends."""
        return self.tabular and _DIGIT.sub("0", text) == _DIGIT.sub("0", other)


@dataclass(frozen=True, slots=True)
class Twin:
    """How a piece was set: its texts with their slots (None: another text must be the same), and what was found.

    `left_out` and `rows` as in `FittedPiece`, `over` is what runs over. `ends` are the heights at which the clinic's
    frames end on the pages, if nothing does.
    """

    texts: tuple[str, ...]
    slots: tuple[Slot | None, ...]
    fitted: Fitted
    left_out: Mapping[str, LeftOut]
    rows: Mapping[str, int]
    composed: tuple[Composed, ...]
    over: Overset
    ends: Mapping[str, float]

    def fits(self, texts: Sequence[str]) -> bool:
        """True if a piece with these texts is set like this one."""
        pairs = zip(self.texts, texts, self.slots, strict=True)
        return all(
            one == other or (slot is not None and (slot.holds(other) or slot.sets_alike(one, other)))
            for one, other, slot in pairs
        )


def twin_key(piece: Piece, composition: Composition) -> str:
    """The same for two pieces that differ in texts of clinics' frames alone."""
    around = composition.texts(lambda part: "absent" if part.imprint else "whole")
    frames = [f"{part.attributes} {''.join(_split(part.html)[0])}" for part in composition.parts if part.imprint]
    styles = [sheet.text for sheet in composition.stylesheets]
    pictures = [f"{name} {content_hash(data)}" for name, data in sorted(composition.assets.items())]
    # How much of a text must go is not counted where another product may hold it.
    stays = str(piece.instead is None)
    facts = (piece.layout.name, repr(piece.layout.groups), piece.language.tag, piece.marking, stays)
    return fingerprint(*around, *frames, *styles, *pictures, *facts)


def texts_of(composition: Composition) -> tuple[str, ...]:
    """The texts of clinics' frames in order."""
    return tuple(text for part in composition.parts if part.imprint for text in _split(part.html)[1])


def _split(html: str) -> tuple[list[str], list[str]]:
    """A frame's HTML without its texts, and the texts."""
    parts = _TAG.split(html)
    skeleton = [_LINK.sub("", part) if at % 2 else "" if part.strip() else part for at, part in enumerate(parts)]
    return skeleton, [_squeezed(unescape(part)) for part in parts[::2] if part.strip()]


def largest(sizes: Sizes, ranges: Sequence[Range]) -> Sizes:
    """These sizes with the largest that each group's text, and its headings, may take."""
    headings = {one.name: one.heading[1] for one in ranges if one.heading}
    return replace(sizes, body=sizes.body | {one.name: one.largest for one in ranges}, heading=sizes.heading | headings)


def slots_of(root: Element, pages: Document, composition: Composition) -> tuple[Slot | None, ...]:
    """The slot of each text of the clinics' frames, on pages with these frames at the largest size."""
    found: dict[tuple[int, str], list[Slot | None]] = {}
    for page in pages.pages:
        for line, column in _lines(page._page_box, column=0.0):
            texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
            for box in texts:
                key = id(box.element), _squeezed(box.text)
                found.setdefault(key, []).append(_slot(line, column, box))
    named = {name: element for element in root.iter() for name in (element.get("class") or "").split()}
    slots: list[Slot | None] = []
    for part in (part for part in composition.parts if part.imprint):
        owners = list(_owned(named[f"frame-{part.frame}"]))
        if [text for _, text in owners] != _split(part.html)[1]:
            return (None,) * len(texts_of(composition))
        for owner, text in owners:
            one = found.get((id(owner), text), [])
            slots.append(one[0] if len(one) == 1 else None)
    return tuple(slots)


def _lines(box: Any, column: float) -> Iterator[tuple[Any, float]]:  # noqa: ANN401  WeasyPrint publishes no types
    """Every line of text with the width of its column; 0 where that may depend on what is in it."""
    for child in placed_children(box):
        if isinstance(child, boxes.LineBox):
            yield child, column if len(box.children) == 1 else 0.0
        elif "frame" in classes_of(child):
            yield from _lines(child, child.width)
        elif isinstance(child, boxes.FlexBox) and column > 0 and child.is_in_normal_flow():
            yield from _lines_in_row(child)
        else:
            is_plain = type(child) is boxes.BlockBox and child.is_in_normal_flow() and column > 0
            yield from _lines(child, child.width if is_plain else 0.0)


def _lines_in_row(row: Any) -> Iterator[tuple[Any, float]]:  # noqa: ANN401
    """The lines of a row whose items are one line each and do not grow: each may have what the others leave."""
    items = list(placed_children(row))
    gap = 0.0 if row.style["column_gap"] == "normal" else float(getattr(row.style["column_gap"], "value", "nan"))
    is_row = row.style["flex_direction"] == "row" and row.style["flex_wrap"] == "nowrap"
    lines = [
        item.children[0] for item in items if len(item.children) == 1 and isinstance(item.children[0], boxes.LineBox)
    ]
    grows = any(item.style["flex_grow"] for item in items)
    if (
        not is_row
        or grows
        or len(lines) != len(items)
        or not all(_is_in_line(one) for line in lines for one in line.children)
    ):
        yield from _lines(row, 0.0)
        return
    used = sum(item.margin_width() for item in items) + gap * (len(items) - 1)
    for item, line in zip(items, lines, strict=True):
        yield line, row.width - used + item.width


def _slot(line: Any, column: float, box: Any) -> Slot | None:  # noqa: ANN401
    """The slot of a text; it has room if its line is alone in its block."""
    if box.style["text_transform"] != "none" or _PLAIN.fullmatch(box.text) is None:
        return None
    advances = {sign: shape(sign, box.style).advances[0] for sign in sorted(_SIGNS | set(box.text))}
    others = line.width - sum(advances[sign] for sign in box.text)
    is_alone = column > 0 and all(map(_is_in_line, line.children))
    return Slot(advances, _FILLED * column - others if is_alone else 0.0, _is_tabular(box, advances))


def _is_tabular(box: Any, advances: Mapping[str, float]) -> bool:  # noqa: ANN401
    """True if all digits are as wide, beside each other and beside their neighbours in this text."""
    pairs = {pair for pair in map("".join, pairwise(_DIGIT.sub("0", box.text))) if "0" in pair}
    tried = {one.replace("0", digit) for one in pairs for digit in _DIGITS}
    tried |= {one + other for one in _DIGITS for other in _DIGITS} if "00" in pairs else set()
    wide = (sum(shape(pair, box.style).advances) - sum(advances[sign] for sign in pair) for pair in tried)
    return len({advances[digit] for digit in _DIGITS}) == 1 and all(abs(more) < _HAIR for more in wide)


def _is_in_line(box: Any) -> bool:  # noqa: ANN401
    """True for text and what is around it in one line, and for a block that has nothing but one line of text."""
    if isinstance(box, boxes.TextBox):
        return True
    if isinstance(box, boxes.InlineBlockBox):
        (*others, line) = box.children or [None]
        return not others and isinstance(line, boxes.LineBox) and all(map(_is_in_line, line.children))
    return isinstance(box, boxes.InlineBox) and all(map(_is_in_line, box.children))


def _owned(element: Element) -> Iterator[tuple[Element, str]]:
    """The texts in an element in order, each with the element that it is directly in."""
    if text := _squeezed(element.text or ""):
        yield element, text
    for child in element:
        yield from _owned(child)
        if text := _squeezed(child.tail or ""):
            yield element, text


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def frame_ends(pages: Document, names: Sequence[str]) -> dict[str, float]:
    """How far from the top of its page each of these frames ends, in CSS pixels."""
    marks = {f"end-{name}": name for name in names}
    return {
        marks[mark]: round(place[1], 3) for page in pages.pages for mark, place in page.anchors.items() if mark in marks
    }
