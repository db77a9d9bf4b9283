"""Reads an illustration: an SVG whose first element says `data-focus`, and whose `<text>` elements are its labels.

The drawing is never translated and never has letters of its own. Each label is a message, and names the point that a
line leads to from its words. Where pages are read from the right, the drawing is mirrored, unless it has a side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final
from xml.parsers import expat

from pressroom.content.check import faults
from pressroom.content.message_text import message_text
from pressroom.content.model import LABEL, Block, Document, Message, pictures_of
from pressroom.content.pictures import DRAWN, picture_path
from pressroom.content.svg import read_svg
from pressroom.diagnostics import Diagnostic, Span, diagnostic

# A reader follows no more lines from one drawing.
_MOST: Final = 8
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")
_BETWEEN: Final = re.compile(r"[\s,]+")
# What windows of a document are about is on one line, in units of their drawings.
_ONE_LINE: Final = 0.5
_KEPT: Final = "kept"
_NOTE: Final = (
    "A label in the illustration “{}”: it is beside the drawing, on a line to the part that it names. "
    "A few words, without a full stop."
)
_ATTRIBUTE: Final = 'write data-names="x y", the point of the drawing that the label names'


@dataclass(frozen=True, slots=True)
class Label:
    """A label of an illustration: its words, the height that its line begins at, and the points it may name.

    Heights and points are in the drawing's own units. Of several points the first that is shown is named.
    """

    words: str
    y: float
    points: tuple[tuple[float, float], ...]
    line: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Illustration:
    """A drawing with labels: its box in its own units, the height of what it is about, and whether it has a side.

    Where it reaches into the column of the words, these are below the height `words_from`. `faults` are what is
    wrong, each with its line and what to write.
    """

    left: float
    top: float
    width: float
    height: float
    focus: float
    has_side: bool = False
    words_from: float | None = None
    labels: tuple[Label, ...] = ()
    faults: tuple[tuple[int, str, str], ...] = ()

    @property
    def foot(self) -> float:
        """The height of the drawing's lowest edge."""
        return self.top + self.height


@lru_cache(maxsize=64)
def read_illustration(data: bytes) -> Illustration | None:
    """The illustration that an SVG is, or None for any other drawing, and for what is no SVG."""
    if b"data-focus" not in data or read_svg(data).fault:
        return None
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    reader.parser = parser
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(data, True)
    return reader.illustration()


@dataclass(slots=True)
class _Reader:
    parser: expat.XMLParserType = field(init=False)
    root: dict[str, str] | None = None
    labels: list[Label] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    _open: tuple[int, dict[str, str]] | None = None
    _words: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.root = attributes if self.root is None else self.root
        if name.rpartition(" ")[2] == "text":
            self._open, self._words = (self.parser.CurrentLineNumber, attributes), []

    def text(self, said: str) -> None:
        self._words += [said] if self._open else []

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] != "text" or self._open is None:
            return
        (line, attributes), words = self._open, " ".join("".join(self._words).split())
        self._open = None
        points = [_numbers(point) for point in attributes.get("data-names", "").split(";")]
        pairs = tuple((point[0], point[1]) for point in points if len(point) == 2)
        heights = _numbers(attributes.get("y", ""))
        if not words:
            self.faults.append((line, "a label has no words", "write its words, or take the element out"))
        elif len(pairs) != len(points):
            self.faults.append((line, f"the label {words!r} names no point", _ATTRIBUTE))
        else:
            y = heights[0] if len(heights) == 1 else pairs[-1][1]
            self.labels.append(Label(words, y, pairs, line, attributes.get("data-note", "")))

    def illustration(self) -> Illustration | None:
        root = self.root or {}
        if "data-focus" not in root:
            return None
        box, focus, side = _numbers(root.get("viewBox", "")), _numbers(root["data-focus"]), root.get("data-side", "")
        if len(box) != 4:
            say = 'write viewBox="left top width height" into the first element'
            self.faults.append((1, "an illustration has no viewBox", say))
            box = (0.0, 0.0, 1.0, 1.0)
        top = _numbers(root.get("data-words-from", ""))
        found = Illustration(*box, focus=focus[0] if focus else box[1], has_side=side == _KEPT)
        found = replace(found, words_from=top[0] if top else None)
        faults = [*self.faults, *_faults(found, self.labels, root)]
        labels = tuple(sorted(self.labels, key=lambda label: label.y))
        return replace(found, labels=labels, faults=tuple(sorted(faults)))


def _faults(found: Illustration, labels: list[Label], root: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    if len(_numbers(root["data-focus"])) != 1 or not found.top < found.focus < found.foot:
        say = f"write a height between {found.top:g} and {found.foot:g}"
        yield 1, f"data-focus={root['data-focus']!r} is no height inside the drawing", say
    if root.get("data-side", _KEPT) != _KEPT:
        say = 'write data-side="kept" for anatomy with a left and a right, or take it out'
        yield 1, f"data-side={root['data-side']!r} says nothing", say
    if "data-words-from" in root and not (found.words_from is not None and found.top < found.words_from < found.foot):
        say = f"write a height between {found.top:g} and {found.foot:g}"
        yield 1, f"data-words-from={root['data-words-from']!r} is no height inside the drawing", say
    for label in labels:
        for x, y in label.points:
            if not (found.left <= x <= found.left + found.width and found.top <= y <= found.foot):
                outside = f"the label {label.words!r} names {x:g} {y:g}, which is outside of the viewBox"
                yield label.line, outside, _ATTRIBUTE
    if len(labels) > _MOST:
        say = "take some out, or make two illustrations"
        yield labels[_MOST].line, f"an illustration has {len(labels)} labels; the most are {_MOST}", say


def _numbers(written: str) -> tuple[float, ...]:
    """The numbers of an attribute; none if anything else is in it."""
    parts = [part for part in _BETWEEN.split(written.strip()) if part]
    return tuple(map(float, parts)) if parts and all(map(_NUMBER.fullmatch, parts)) else ()


def with_labels(document: Document, read: Callable[[str], bytes | None]) -> tuple[Document, list[Diagnostic]]:
    """The document with the labels of its illustrations as messages, and what is wrong with them at the SVG's lines.

    `read` gives the bytes of a file of the project, or None where there is none.
    """
    sources = {block.source for panel in document.panels for block in pictures_of(panel.blocks)}
    drawings: dict[str, tuple[str, Illustration]] = {}
    for source in sorted(sources):
        path = picture_path(document.path, source)
        drawing = read_illustration(read(path) or b"") if path.lower().endswith(DRAWN) else None
        drawings |= {source: (path, drawing)} if drawing is not None else {}
    if not drawings:
        return document, []
    problems: dict[Diagnostic, None] = {}

    def labelled(block: Block) -> Block:
        children = tuple(map(labelled, block.children))
        if block.kind != "image" or block.source not in drawings or block.message is None:
            return replace(block, children=children) if children != block.children else block
        path, drawing = drawings[block.source]
        for line, message, hint in drawing.faults:
            problems[diagnostic("illustration", Span(path, line), message, hint)] = None
        labels = [_message(label, block.message, path) for label in drawing.labels]
        for label, said in zip(drawing.labels, labels, strict=True):
            problems.update(dict.fromkeys(faults(said, label.words)))
        return replace(block, children=(*children, *(Block("label", said.span, said) for said in labels)))

    for path, line, wrong in _uneven(document, drawings):
        hint = "let the focus of all windows of a document be as far above the foot of their viewBox"
        problems[diagnostic("illustration", Span(path, line), wrong, hint)] = None
    panels = tuple(replace(panel, blocks=tuple(map(labelled, panel.blocks))) for panel in document.panels)
    return replace(document, panels=panels), list(problems)


def _uneven(document: Document, drawings: Mapping[str, tuple[str, Illustration]]) -> Iterator[tuple[str, int, str]]:
    """The windows whose focus is not on one line with that of the first: all windows end on one line."""
    blocks = [block for panel in document.panels for block in pictures_of(panel.blocks) if block.window]
    windows = [drawings[source] for source in dict.fromkeys(b.source for b in blocks) if source in drawings]
    heights = [(path, drawing.foot - drawing.focus) for path, drawing in windows]
    for path, height in heights[1:]:
        if abs(height - heights[0][1]) > _ONE_LINE:
            first = heights[0]
            wrong = f"its focus is {height:g} above its foot, and that of {first[0]} is {first[1]:g}"
            yield path, 1, wrong


def _message(label: Label, picture: Message, path: str) -> Message:
    msgid, links = message_text(label.words)
    notes = (*((label.note,) if label.note else ()), _NOTE.format(picture.msgid))
    said = replace(picture, msgid=msgid, span=Span(path, label.line), role=LABEL, context=None)
    return replace(said, notes=notes, links=links)
