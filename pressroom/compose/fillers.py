"""Finds what takes the room that a frame's text leaves: windows for drawings, and rows to write on.

A window is an element of the class `window`, as tall as copyfit finds. Rows are written into an element of the class
`lines-to-write`, as many as there is room for. A window without room is taken out, with all that is in it.
An element of the class `spring` is white, and moves what follows to the foot. One of the class `by-hand` is for the
reader's hand: it is taken out where the text leaves no room for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final

from markupsafe import Markup

from pressroom.compose.balance import VOID
from pressroom.compose.composition import Composition, Filler, Part
from pressroom.compose.template import part_macro
from pressroom.layout import Frame

_WINDOW: Final = "window"
ROWS: Final = "lines-to-write"
_SPRING: Final = "spring"
_BY_HAND: Final = "by-hand"
_Change = Callable[[str], str]


def filler_of(html: str, frame: Frame) -> Filler | None:
    """What fills a frame with this HTML, or None; of a frame with both kinds, the windows."""
    if windows := elements_of(html, _WINDOW):
        return Filler("window", len(windows), frame.window.pt)
    if rows := elements_of(html, ROWS):
        return Filler("rows", len(rows), frame.rows[0] * frame.row.pt, frame.row.pt, frame.rows[1])
    if springs := elements_of(html, _SPRING):
        return Filler("spring", len(springs), 0.0)
    return None


def by_hand_in(html: str) -> tuple[str, ...]:
    """The elements for the reader's hand in this HTML."""
    return tuple(html[start:end] for start, _, _, end in elements_of(html, _BY_HAND))


def without_windows(composition: Composition, frames: Mapping[str, int]) -> Composition:
    """The composition without so many windows of these frames, the last ones."""
    if not frames:
        return composition

    changed = _without_last(composition, frames, _WINDOW)
    placed = (replace(f, filler=_fewer(f.filler, frames.get(f.name, 0))) for f in composition.frames)
    return replace(changed, frames=tuple(placed))


def without_by_hand(composition: Composition, frames: Mapping[str, int]) -> Composition:
    """The composition without so many elements for the reader's hand of these frames, the last ones, and their rows."""
    if not any(frames.values()):
        return composition
    changed = _without_last(composition, frames, _BY_HAND)
    rowless = {part.frame for part in changed.parts if part.frame in frames and not elements_of(part.html, ROWS)}
    placed = (
        replace(
            f,
            by_hand=f.by_hand - frames.get(f.name, 0),
            filler=None if f.filler and f.filler.kind == "rows" and f.name in rowless else f.filler,
        )
        for f in composition.frames
    )
    return replace(changed, frames=tuple(placed))


def with_windows_at_least(composition: Composition, heights: Mapping[str, float]) -> Composition:
    """The composition with each window of these frames at least so many points high."""

    def taller(filler: Filler, least: float) -> Filler:
        return replace(filler, least=max(filler.least, least)) if filler.kind == "window" else filler

    placed = (
        replace(f, filler=taller(f.filler, heights[f.name])) if f.filler and f.name in heights else f
        for f in composition.frames
    )
    return replace(composition, frames=tuple(placed))


def with_rows(composition: Composition, rows: Mapping[str, int]) -> Composition:
    """The composition with so many rows to write on in each element for them of these frames."""

    def written(number: int) -> _Change:
        return lambda html: _filled(html, str(part_macro("rows")(number)))

    return _changed(composition, {name: written(number) for name, number in rows.items()}) if rows else composition


def _fewer(filler: Filler | None, number: int) -> Filler | None:
    if filler is None or filler.count <= number:
        return None
    return replace(filler, count=filler.count - number)


def _without_last(composition: Composition, frames: Mapping[str, int], name: str) -> Composition:
    """The composition without so many elements of this class of these frames."""

    def emptied(number: int) -> _Change:
        return lambda html: _emptied(html, number, name)

    return _changed(composition, {frame: emptied(number) for frame, number in frames.items()})


def _emptied(html: str, number: int, name: str) -> str:
    for start, _, _, end in elements_of(html, name)[: -number - 1 : -1]:
        html = html[:start] + html[end:]
    return html


def _filled(html: str, rows: str) -> str:
    for _, first, last, _ in reversed(elements_of(html, ROWS)):
        html = html[:first] + rows + html[last:]
    return html


def _changed(composition: Composition, changes: Mapping[str, _Change]) -> Composition:
    def part(one: Part) -> Part:
        return replace(one, html=Markup(changes[one.frame](str(one.html)))) if one.frame in changes else one

    sheets = tuple(replace(sheet, parts=tuple(map(part, sheet.parts))) for sheet in composition.sheets)
    return replace(composition, sheets=sheets)


# Where an element starts, its content starts, its content ends, and it ends.
Span = tuple[int, int, int, int]


@lru_cache(maxsize=512)
def elements_of(html: str, name: str) -> tuple[Span, ...]:
    """Where the outermost elements of this class are in the HTML of a frame, which is balanced (`compose.balance`)."""
    if name not in html:
        return ()
    parser = _Finder(html, name)
    parser.feed(html)
    parser.close()
    return tuple(parser.found)


class _Finder(HTMLParser):
    def __init__(self, html: str, name: str) -> None:
        super().__init__()
        self.found: list[Span] = []
        self._name, self._tag, self._depth = name, "", 0
        self._start = self._first = 0
        self._html, self._lines = html, [0]
        # What the parser counts as a line.
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    @property
    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth:
            self._depth += tag == self._tag
        elif self._name in (dict(attrs).get("class") or "").split():
            self._tag, self._depth, self._start = tag, 1, self._at
            self._first = self._start + len(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """To HTML, `<div/>` is `<div>`; an image has no end and no content."""
        if tag not in VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag == self._tag:
            self._depth -= 1
            if not self._depth:
                self.found.append((self._start, self._first, self._at, self._html.index(">", self._at) + 1))
