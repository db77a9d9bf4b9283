"""The private hook into WeasyPrint: while it draws, the text and language of every box go into its mark.

WeasyPrint 70 marks each box with a number alone. Glyphs of Thai, Khmer, Indic and Arabic text do not give their text
back, and a screen reader must know that a Latin name stands in an Arabic sentence. No public way leads there: this
module is written against one version, and `tests/render/tags/test_hook.py` fails when another draws otherwise.
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

VERSION: Final = "70."
# Put in by the composer to guide line breaks: no part of the text.
_GUIDES: Final = dict.fromkeys(map(ord, "\u200b\u2060\u00ad\u034f"))
_HIDDEN: Final = "aria-hidden"
# Any name but its own "srgb": by that WeasyPrint opens its profile for each document, and never closes it.
SCREEN_COLOURS: Final = "screen"

if not weasyprint.__version__.startswith(VERSION):
    raise ImportError(
        f"the tags are written against WeasyPrint {VERSION}x and this is {weasyprint.__version__}: "
        "run tests/render/tags with it, mend pressroom/render/tags/hook.py, and raise VERSION there"
    )


@contextmanager
def told() -> Iterator[None]:
    """While it lasts, marked content carries Lang, Text, Line, Label and Decoration beside its MCID.

    Line is where the text's baseline stands on its page, Label is there where a list draws its number or bullet,
    Decoration where the element or one around it is `aria-hidden`. All values are in hexadecimal.
    """
    marked = Stream.marked

    @contextmanager
    def telling(stream: Any, box: Any, tag: str) -> Iterator[None]:  # noqa: ANN401  WeasyPrint publishes no types
        with marked(stream, box, tag):
            if stream._tags is not None:
                # What `marked` has just written: the tag, its properties, BDC.
                stream.stream[-2].update(_properties(box))
            yield

    Stream.marked = telling
    try:
        yield
    finally:
        Stream.marked = marked


def describe_colours(document: Document) -> None:
    """Give the document the profile its colours are meant in (PDF/A-2, 6.2.3); write it with `SCREEN_COLOURS`."""
    # Made anew each time: once asked for its name, the same profile writes itself in other bytes.
    profile = ColorProfile(BytesIO(_screen_profile()), "sRGB2014.icc", "relative-colorimetric", ("r", "g", "b"))
    document.color_profiles[SCREEN_COLOURS] = profile


@cache
def _screen_profile() -> bytes:
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def hide_decoration(root: Element) -> None:
    """Make `aria-hidden` hold for everything inside: a box knows its own element and none around it."""
    for element in root.iter():
        if element.get(_HIDDEN) == "true":
            for inner in element.iter():
                inner.set(_HIDDEN, "true")


def _properties(box: Any) -> dict[str, bytes]:  # noqa: ANN401
    found = {"Lang": _hexadecimal(box.style["lang"] or "")}
    if hasattr(box, "text"):
        found["Text"] = _hexadecimal(box.text.translate(_GUIDES))
        found["Line"] = _hexadecimal(f"{box.position_y + box.baseline:.0f}")
    if (box.element_tag or "").startswith("li::"):
        found["Label"] = b"true"
    if box.element is not None and box.element.get(_HIDDEN) == "true":
        found["Decoration"] = b"true"
    return found


def _hexadecimal(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"
