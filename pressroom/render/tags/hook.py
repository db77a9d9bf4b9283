"""A private hook into WeasyPrint: while it draws, it writes the text and language of every box into the box's mark.

WeasyPrint 70 marks each box only with a number. The glyphs of Thai, Khmer, Indic and Arabic text do not give back
their text, and a screen reader must know that a Latin name is in an Arabic sentence. WeasyPrint has no public way to
add this: this module is written for one version, and `tests/render/tags/test_hook.py` fails if another draws otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import Element

import weasyprint
from weasyprint import Document
from weasyprint.css import ColorProfile
from weasyprint.pdf.stream import Stream

from pressroom.compose.line_break import JOIN
from pressroom.render.tags.model import GUIDES

VERSION: Final = "70."
_HIDDEN: Final = "aria-hidden"
# What a reader fills in by hand, by the class of its picture: its role as a field (ISO 32000-1, table 348).
_FIELDS: Final = {"rule": "tv", "tick": "cb"}
# Not "srgb": under that name WeasyPrint opens its profile for each document, and never closes it.
SCREEN_COLOURS: Final = "screen"

if not weasyprint.__version__.startswith(VERSION):
    raise ImportError(
        f"the tags are written against WeasyPrint {VERSION}x and this is {weasyprint.__version__}: "
        "run tests/render/tags with it, adapt pressroom/render/tags/hook.py, and raise VERSION there"
    )


@contextmanager
def described_marks() -> Iterator[None]:
    """Inside this context, marked content has Lang, Text, Line, Label, Field and Decoration beside its MCID.

    Line is the height of the text's baseline on its page. Label marks the number or bullet that a list draws, Field
    what a reader fills in by hand, Decoration an element that is `aria-hidden` or inside one. All values are in
    hexadecimal.
    """
    marked = Stream.marked

    @contextmanager
    def describing(stream: Any, box: Any, tag: str) -> Iterator[None]:  # noqa: ANN401  WeasyPrint publishes no types
        with marked(stream, box, tag):
            if stream._tags is not None:
                # What `marked` has just written: the tag, its properties, BDC.
                stream.stream[-2].update(_properties(box))
            yield

    Stream.marked = describing
    try:
        yield
    finally:
        Stream.marked = marked


def describe_colours(document: Document) -> None:
    """Give the document the profile of its colours (PDF/A-2, 6.2.3); write it with `SCREEN_COLOURS`."""
    # A new object each time: once asked for its name, the same profile writes itself in other bytes.
    profile = ColorProfile(BytesIO(_screen_colours()), "sRGB2014.icc", "relative-colorimetric", ("r", "g", "b"))
    document.color_profiles[SCREEN_COLOURS] = profile


@cache
def _screen_colours() -> bytes:
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def hide_decoration(root: Element) -> None:
    """Copy `aria-hidden` to everything inside: a box knows its own element and none around it."""
    for element in root.iter():
        if element.get(_HIDDEN) == "true":
            for inner in element.iter():
                inner.set(_HIDDEN, "true")


def _properties(box: Any) -> dict[str, bytes]:  # noqa: ANN401
    properties = {"Lang": _hexadecimal(box.style["lang"] or "")}
    if hasattr(box, "text"):
        properties["Text"] = _hexadecimal(box.text.translate(GUIDES))
        if box.text.endswith(JOIN):
            properties["Parted"] = b"true"
        properties["Line"] = _hexadecimal(f"{box.position_y + box.baseline:.0f}")
    if (box.element_tag or "").startswith("li::"):
        properties["Label"] = b"true"
    if box.element_tag == "img" and (role := _FIELDS.get(box.element.get("class") or "")):
        properties["Field"] = _hexadecimal(role)
    if box.element is not None and box.element.get(_HIDDEN) == "true":
        properties["Decoration"] = b"true"
    return properties


def _hexadecimal(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"
