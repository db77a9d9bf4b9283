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
from typing import Final
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


@dataclass(frozen=True, slots=True)
class Runt:
    """A last line of one word, in the element with this number in a frame.

    `signs` is its number of visible characters, `lines` the number of lines of its text, `shorter` the width of the
    shorter one of the last two.
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
        Runt(name, number, signs(found[-1].text), len(found), _shorter(found))
        for name, frame in frames(root)
        for number, element in enumerate(frame.iter())
        if _ends_in_runt(found := lines.get(element, []), is_one_word) and _is_whole(element, found)
    ]


def lay_out_flowing(engine: Engine, css: str, language: Language) -> Document:
    """The pages of a document that is not measured first, without runts.

    Raises:
        RenderError: as `Engine.lay_out`.
    """
    pages = engine.lay_out(css)
    runts = find_runts(engine.root, pages, lambda text: is_one_word(text, language))
    return lay_out_without_runts(engine, css, runts, joined(language)) if runts else pages


def lay_out_without_runts(engine: Engine, css: str, runts: Collection[Runt], joiner: str) -> Document:
    """The pages without these runts, except those that are better left.

    Raises:
        RenderError: as `Engine.lay_out`.
    """
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
            text.write(was)


def improved(root: Element, document: Document, runts: Collection[Runt]) -> list[Runt]:
    """The runts that are better on these pages: none of their lines is too wide or too short."""
    lines = lines_by_element(document) if runts else {}
    return [runt for element, runt in _where(root, runts) if _is_better(lines.get(element, []), runt)]


def _is_better(lines: list[TextLine], runt: Runt) -> bool:
    fits = len(lines) == runt.lines and all(line.width <= line.column + _HAIR for line in lines)
    return fits and _shorter(lines) > runt.shorter + _HAIR


def _where(root: Element, runts: Collection[Runt]) -> Iterator[tuple[Element, Runt]]:
    wanted = {(runt.frame, runt.element): runt for runt in runts}
    for name, frame in frames(root) if wanted else ():
        for number, element in enumerate(frame.iter()):
            if (name, number) in wanted:
                yield element, wanted[name, number]


def _shorter(lines: list[TextLine]) -> float:
    return min(line.width for line in lines[-2:])


def _is_whole(element: Element, lines: list[TextLine]) -> bool:
    """True if the element has nothing but these lines: no block inside, nothing placed elsewhere."""
    return _letters("".join(line.text for line in lines)) == _letters("".join(element.itertext()))


def _letters(text: str) -> int:
    """Letters and digits only: hyphens come and go with line breaks."""
    return sum(unicodedata.category(sign)[0] in "LN" for sign in text)


def _ends_in_runt(lines: list[TextLine], is_one_word: OneWord) -> bool:
    return len(lines) > 1 and is_one_word(lines[-1].text) and _may_come_down(lines[-2], lines[-1], is_one_word)


def _may_come_down(before: TextLine, last: TextLine, is_one_word: OneWord) -> bool:
    """True if the last word of the line before fits beside the last line, and leaves enough behind."""
    words = _WORD_END.split(before.text.strip(f" {BREAK}"))
    if len(words) == 1:
        return not is_one_word(before.text) and signs(before.text) > before.text.count(JOIN) + 1
    comes = before.width * (signs(words[-1]) + 1) / (signs(before.text) + len(words))
    return before.width - comes > last.width / _GUESS and last.width + comes < last.column * _GUESS


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text in a tree: the text at the start of an element, or `after` it."""

    element: Element
    after: bool

    def read(self) -> str:
        """The text."""
        return (self.element.tail if self.after else self.element.text) or ""

    def write(self, text: str) -> None:
        """Replace the text."""
        if self.after:
            self.element.tail = text
        else:
            self.element.text = text


def frames(root: Element) -> Iterator[tuple[str, Element]]:
    """The frames of a tree by name; a flowing layout has one, called `flow`."""
    for element in root.iter():
        names = (element.get("class") or "").split()
        if "frame" in names or "flow" in names:
            yield next((name[6:] for name in names if name.startswith("frame-")), "flow"), element


def join_before(element: Element, signs: int, joiner: str) -> list[tuple[Text, str]]:
    """Put a joiner before the last `signs` visible characters of an element, so that no line begins there.

    Returns the changed texts with what they were before.
    """
    texts = list(_texts(element))
    number, at = _place(texts, signs)
    text = texts[number].read()
    changed = [(texts[number], text)]
    head = text[:at].rstrip(BREAK)
    texts[number].write(head + joiner + text[at:])
    # A joiner has no effect beside a character that allows a break: those are removed.
    while not head and number > 0:
        number -= 1
        text = texts[number].read()
        head = text.rstrip(BREAK)
        changed.append((texts[number], text))
        texts[number].write(head)
    return changed


def _texts(element: Element) -> Iterator[Text]:
    yield Text(element, after=False)
    for child in element:
        yield from _texts(child)
        yield Text(child, after=True)


def _place(texts: list[Text], signs: int) -> tuple[int, int]:
    """Where the last `signs` visible characters begin: the number of the text, and the position in it.

    Raises:
        LookupError: there are fewer.
    """
    for number in reversed(range(len(texts))):
        text = texts[number].read()
        for at in reversed(range(len(text))):
            signs -= visible(text[at])
            if signs == 0:
                return number, at
    raise LookupError("the element has fewer signs")
