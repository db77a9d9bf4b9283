"""Finds last lines of one word (runts) on laid-out pages, and removes them where that looks better.

How a paragraph or a heading ends is known only after layout. The last word is then joined to the word before, which
moves down to it: the text takes as many lines as before, so copyfit need not run again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal
from xml.etree.ElementTree import Element

from weasyprint import Document

from pressroom.compose.line_break import BREAK, JOIN, is_one_word, joined
from pressroom.language import Language
from pressroom.render.engine import Engine
from pressroom.render.page_boxes import TextLine, lines_by_element, signs, visible

# Widths that differ by less are the same (CSS pixels).
_HAIR: Final = 0.5
# The width of the word that moves down is estimated from its letters, with this tolerance, and checked after layout.
_GUESS: Final = 1.1
_WORD_END = re.compile(f"[ {BREAK}]+")
OneWord = Callable[[str], bool]
# A text in a tree: `text` is at the start of this element, `tail` after it.
Text = tuple[Element, Literal["text", "tail"]]


@dataclass(frozen=True, slots=True)
class Runt:
    """A last line of one word, of `signs` visible characters, in the element with this number in a frame.

    The element's text has `lines` lines; `shorter` is the width of the shorter one of the last two.
    """

    frame: str
    element: int
    signs: int
    lines: int
    shorter: float


def find_runts(root: Element, document: Document, is_one_word: OneWord) -> list[Runt]:
    """The runts of these pages that may be removed; `root` is the tree that the pages were laid out from."""
    lines = lines_by_element(document)
    return [
        Runt(name, number, signs(element_lines[-1].text), len(element_lines), _shorter(element_lines))
        for name, frame in frames(root)
        for number, element in enumerate(frame.iter())
        if _ends_in_runt(element_lines := lines.get(element, []), is_one_word) and _is_whole(element, element_lines)
    ]


def lay_out_flowing(engine: Engine, css: str, language: Language) -> Document:
    """The pages of a document that is not measured first, without runts. Raises RenderError."""
    pages = engine.lay_out(css)
    runts = find_runts(engine.root, pages, lambda text: is_one_word(text, language))
    return lay_out_without_runts(engine, css, runts, joined(language)) if runts else pages


def lay_out_without_runts(engine: Engine, css: str, runts: Collection[Runt], joiner: str) -> Document:
    """The pages without these runts, except those that are better left. Raises RenderError."""
    while True:
        with joined_to_last(engine.root, runts, joiner):
            pages = engine.lay_out(css)
        kept = improved(engine.root, pages, runts)
        if len(kept) == len(runts):
            return pages
        runts = kept


@contextmanager
def joined_to_last(root: Element, runts: Collection[Runt], joiner: str) -> Iterator[None]:
    """Inside this context, the word before each of these runts is joined to it."""
    changed = [was for element, runt in _where(root, runts) for was in join_before(element, runt.signs, joiner)]
    try:
        yield
    finally:
        for text, was in reversed(changed):
            setattr(*text, was)


def improved(root: Element, document: Document, runts: Collection[Runt]) -> list[Runt]:
    """The runts that are better on these pages: none of their lines is too wide or too short."""
    lines = lines_by_element(document) if runts else {}
    return [runt for element, runt in _where(root, runts) if _is_better(lines.get(element, []), runt)]


def _is_better(lines: list[TextLine], runt: Runt) -> bool:
    fits = len(lines) == runt.lines and all(line.width <= line.column + _HAIR for line in lines)
    return fits and _shorter(lines) > runt.shorter + _HAIR


def _where(root: Element, runts: Collection[Runt]) -> Iterator[tuple[Element, Runt]]:
    by_place = {(runt.frame, runt.element): runt for runt in runts}
    for name, frame in frames(root) if by_place else ():
        for number, element in enumerate(frame.iter()):
            if (name, number) in by_place:
                yield element, by_place[name, number]


def _shorter(lines: list[TextLine]) -> float:
    return min(line.width for line in lines[-2:])


def _is_whole(element: Element, lines: list[TextLine]) -> bool:
    """True if the element has nothing but these lines: no block inside, nothing placed elsewhere."""
    return _letters("".join(line.text for line in lines)) == _letters("".join(element.itertext()))


def _letters(text: str) -> int:
    """Letters and digits only: hyphens come and go with line breaks."""
    return sum(unicodedata.category(sign)[0] in "LN" for sign in text)


def _ends_in_runt(lines: list[TextLine], is_one_word: OneWord) -> bool:
    """True if the last line is one word, and the word before fits beside it and leaves enough behind."""
    if len(lines) < 2 or not is_one_word(lines[-1].text):
        return False
    before, last = lines[-2:]
    words = _WORD_END.split(before.text.strip(f" {BREAK}"))
    if len(words) == 1:
        return not is_one_word(before.text) and signs(before.text) > before.text.count(JOIN) + 1
    comes = before.width * (signs(words[-1]) + 1) / (signs(before.text) + len(words))
    return before.width - comes > last.width / _GUESS and last.width + comes < last.column * _GUESS


def frames(root: Element) -> Iterator[tuple[str, Element]]:
    """The frames of a tree by name; a flowing layout has one, called `flow`."""
    for element in root.iter():
        names = (element.get("class") or "").split()
        if "frame" in names or "flow" in names:
            yield next((name[6:] for name in names if name.startswith("frame-")), "flow"), element


def join_before(element: Element, signs: int, joiner: str) -> list[tuple[Text, str]]:
    """Put a joiner before the last `signs` visible characters; returns the changed texts with what they were before."""
    changed: list[tuple[Text, str]] = []
    for text in reversed(list(_texts(element))):
        before = getattr(*text) or ""
        at = len(before)
        if changed:
            # A joiner has no effect beside a character that allows a break: those are removed.
            joiner = ""
        while at and signs:
            at -= 1
            signs -= visible(before[at])
        if signs == 0:
            head = before[:at].rstrip(BREAK)
            changed.append((text, before))
            setattr(*text, head + joiner + before[at:])
            if head:
                break
    return changed


def _texts(element: Element) -> Iterator[Text]:
    yield element, "text"
    for child in element:
        yield from _texts(child)
        yield child, "tail"
