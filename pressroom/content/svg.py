"""Reads an SVG: whether it only draws, which size it has, and the words in it.

An SVG may draw, and neither run, fetch nor nest without end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

from pressroom.border import BorderError, border
from pressroom.content.svg_uses import EndlessError, Uses
from pressroom.content.svg_values import value_faults
from pressroom.project.text_faults import MARKS_PILED, described, piled_marks, unseen_character

_ELEMENTS: Final = 20_000
_DEPTH: Final = 50
_ATTRIBUTES: Final = 200
# fmt: off
_DRAWING: Final = frozenset({
    "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "clipPath", "mask", "use", "symbol", "marker", "linearGradient", "radialGradient", "stop", "pattern",
    "style",
})
# fmt: on
_PRINTS: Final = frozenset({"text", "tspan"})
_APART: Final = frozenset({"rotate", "textLength", "lengthAdjust", "writing-mode", "unicode-bidi"})
_INSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression|javascript:", re.IGNORECASE)
# A comment's signs in a CDATA section are text. A comment may part `]]` and `>`, which no text may have side by side.
_COMMENT: Final = re.compile(rb"(<!\[CDATA\[.*?]]>)|(?<!])<!--.*?-->", re.DOTALL)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)(?:px|pt|pc|mm|cm|in|em|ex)?\s*")


class _Refused(Exception):
    """An SVG has something that is not allowed."""


@dataclass(slots=True)
class Drawing:
    """What is wrong with an SVG (empty if nothing is), and its words in order."""

    fault: str = ""
    words: list[str] = field(default_factory=list)
    _depth: int = 0
    _count: int = 0
    _printed: list[bool] = field(default_factory=list)
    _uses: Uses = field(default_factory=Uses)
    _style: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth, self._count = self._depth + 1, self._count + 1
        if self._depth > _DEPTH or self._count > _ELEMENTS:
            raise _Refused(f"has more than {_ELEMENTS} elements, or is nested more than {_DEPTH} deep")
        # First, because it counts points, and to look at each of too many takes seconds.
        self._uses.start(name.rpartition(" ")[2], {key.rpartition(" ")[2]: one for key, one in attributes.items()})
        for fault in _element_faults(name, attributes, first=self._count == 1):
            raise _Refused(fault)
        self._printed.append(name.rpartition(" ")[2] in _PRINTS)

    def check(self) -> None:
        """Raise an error for what only the whole file shows."""
        self._uses.check()

    def end(self, name: str) -> None:
        """An element ends."""
        if name.rpartition(" ")[2] == "style":
            self._uses.style("".join(self._style))
            self._style.clear()
        self._depth -= 1
        self._printed.pop()
        self._uses.end()

    def text(self, said: str) -> None:
        """Text is in an element: words of the drawing, a style, or white space between elements."""
        if _INSIDE.search(said):
            raise _Refused("has a style that fetches")
        for fault in value_faults("style", said) if not (self._printed and self._printed[-1]) else ():
            raise _Refused(fault)
        if self._uses.inside == "style" and "\\" in said:
            raise _Refused("has a backslash in a style, which can hide an address")
        if self._uses.inside == "style":
            # Expat hands a long text over in parts.
            self._style.append(said)
        if piled_marks(said) is not None:
            raise _Refused(f"has words in which {MARKS_PILED}")
        if (unseen := unseen_character(said)) is not None:
            raise _Refused(f"has words in which {described(said, unseen)}")
        if self._printed and self._printed[-1] and said.strip():
            self.words.append(" ".join(said.split()))


def read_svg(data: bytes) -> Drawing:
    """Read the whole file."""
    drawing = Drawing()
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise _Refused("has a DOCTYPE or a processing instruction")

    parser.StartElementHandler, parser.EndElementHandler = drawing.start, drawing.end
    parser.CharacterDataHandler = drawing.text
    parser.StartDoctypeDeclHandler = parser.ProcessingInstructionHandler = refuse
    parser.buffer_text = True
    try:
        with border(_Refused, EndlessError):
            parser.Parse(data, True)
            drawing.check()
    except (_Refused, EndlessError) as error:
        drawing.fault = str(error)
    except BorderError as error:
        drawing.fault = f"is not an SVG file: {error}"
    return drawing


def without_comments(svg: bytes) -> bytes:
    """The same drawing without its comments, which print nothing; in UTF-16 it keeps them."""
    return svg if b"\0" in svg else _COMMENT.sub(lambda part: part[1] or b"", svg)


def _element_faults(name: str, attributes: dict[str, str], *, first: bool) -> Iterator[str]:
    space, _, element = name.rpartition(" ")
    if space != "http://www.w3.org/2000/svg" or element not in _DRAWING or (first and element != "svg"):
        yield f"has an element {element!r}, which is not for drawing"
    if len(attributes) > _ATTRIBUTES:
        yield f"has an element with {len(attributes):,} attributes"
    if first and not _has_size(attributes):
        yield "does not say its size: its first element needs a viewBox, or a width and a height"
    for written, value in attributes.items():
        attribute = written.rpartition(" ")[2]
        if attribute.lower().startswith("on"):
            yield f"has {attribute}, which would run"
        if attribute == "href" and not value.startswith("#"):
            yield f"leads out of itself: {value[:60]!r}"
        if _INSIDE.search(value):
            yield f"fetches in {attribute}"
        if "\\" in value:
            # An escape of CSS writes any address: u\72l(…).
            yield f"has a backslash in {attribute}, which can hide an address"
        if attribute in _APART:
            yield f"has {attribute}, which draws words otherwise than they are written"
        if attribute == "base":
            yield "has a base, from which places outside it would be read"
        yield from value_faults(attribute, value)


def _has_size(attributes: dict[str, str]) -> bool:
    """True if the proportions of a drawing are known; without them it has no height on a page."""
    box: Any = attributes.get("viewBox", "").replace(",", " ").split()
    with_box = len(box) == 4 and all(_LENGTH.fullmatch(side) and float(side) > 0 for side in box[2:])
    lengths = (_LENGTH.fullmatch(attributes.get(side, "")) for side in ("width", "height"))
    return with_box or all(length is not None and float(length[1]) > 0 for length in lengths)
