"""Finds text that a style hides or adds, by comparing the laid-out pages with the composed HTML.

A style can hide a sentence or a proof's marks, and add words that were never translated or signed. All letters and
digits of the page's elements must be on its pages, and no others.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.render.reading_order import out_of_order

# A bullet or a letter that counts; more letters are a word. Only a counter writes digits (layout.style_values), and
# it has as many as there are pages or steps.
_COUNTED: Final = 2
# Smaller text is invisible (CSS pixels).
_SEEN: Final = 2.0
_CLEAR: Final = 0.5
_SHOW: Final = "let the style show all words, and a proof's marks too"
_WRITE: Final = "write words in layouts/words.toml, where they are translated"
_ORDER: Final = "let blocks follow each other downwards, or beside each other in the direction of the text"
_Rectangle = tuple[float, float, float, float]


@dataclass(slots=True)
class _PrintedText:
    """Letters by element, text that styles add, and which of it is in the margins."""

    letters: dict[Element, Counter[str]] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)


def hidden_or_added(document: Document, root: Element, span: Span) -> list[Diagnostic]:
    """The words of the page that are not printed, and printed words that it does not have; `root` is its tree."""
    printed = _PrintedText()
    for page in document.pages:
        box = page._page_box
        _walk(box, (0.0, 0.0, box.margin_width(), box.margin_height()), printed)
    texts = {
        element: " ".join([element.text or "", *(child.tail or "" for child in element)])
        for body in root.iter("body")
        for element in body.iter()
        if not callable(element.tag)
    }
    problems: list[Diagnostic] = []
    for element, text in texts.items():
        # A running head or foot is hidden where it was written.
        runs = any(_signs_of(text) in _signs_of(running) for running in printed.running)
        if _signs(text) - printed.letters.get(element, Counter()) and not runs:
            message = f"a style hides, shrinks or clips {_short(text)!r}"
            problems.append(diagnostic("text-hidden", span, message, _SHOW))
    whole = _signs_of(" ".join(texts.values()))
    for text in dict.fromkeys(printed.written):
        written = _signs_of(text)
        if not written.isdecimal() and len(written) > _COUNTED and written not in whole:
            message = f"a style writes {_short(text)!r}, which is not text of the document"
            problems.append(diagnostic("text-added", span, message, _WRITE))
    for text in out_of_order(document, root):
        message = f"a style moves {_short(text)!r} out of the document's order of reading"
        problems.append(diagnostic("text-moved", span, message, _ORDER))
    return problems


def _walk(box: boxes.Box, clip: _Rectangle, printed: _PrintedText, generated: bool = False) -> None:
    style = box.style
    if style["opacity"] < _CLEAR or style["color"].alpha < _CLEAR:
        return
    generated = generated or "::" in (box.element_tag or "") or isinstance(box, boxes.MarginBox)
    if isinstance(box, boxes.TextBox):
        is_shown = style["visibility"] == "visible" and style["font_size"] >= _SEEN and _is_inside(box, clip)
        if is_shown and generated:
            printed.written.append(box.text)
        elif is_shown:
            printed.letters.setdefault(box.element, Counter()).update(_signs(box.text))
        return
    if isinstance(box, boxes.MarginBox):
        printed.running.append("".join(one.text for one in box.descendants() if isinstance(one, boxes.TextBox)))
    if isinstance(box, boxes.ParentBox):
        if style["overflow"] != "visible" and not isinstance(box, boxes.PageBox):
            clip = _within(clip, box)
        for child in box.children:
            _walk(getattr(child, "_box", child), clip, printed, generated)


def _is_inside(box: boxes.Box, clip: _Rectangle) -> bool:
    left, top, right, bottom = clip
    across, down = box.position_x + box.width / 2, box.position_y + box.height / 2
    return bool(left <= across <= right and top <= down <= bottom)


def _within(clip: _Rectangle, box: boxes.Box) -> _Rectangle:
    left, top = box.padding_box_x(), box.padding_box_y()
    right, bottom = left + box.padding_width(), top + box.padding_height()
    return max(clip[0], left), max(clip[1], top), min(clip[2], right), min(clip[3], bottom)


def _signs(text: str) -> Counter[str]:
    return Counter(_signs_of(text))


def _signs_of(text: str) -> str:
    """Only letters and digits, in lower case: a style may use capitals, and lines break at spaces and hyphens."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) < 60 else f"{folded[:57]}…"
