"""The tree that pages are set from: its frames, and its text with a sign put in before which no line begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pressroom.compose.line_break import BREAK
from pressroom.render.lines import visible


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text in a tree: what an element begins with, or what follows it (`after`)."""

    element: Element
    after: bool

    def read(self) -> str:
        """What it says."""
        return (self.element.tail if self.after else self.element.text) or ""

    def write(self, text: str) -> None:
        """Say this instead."""
        if self.after:
            self.element.tail = text
        else:
            self.element.text = text


def frames(root: Element) -> Iterator[tuple[str, Element]]:
    """The frames of a tree by name; a layout that flows has one, which is called by its class."""
    for element in root.iter():
        names = (element.get("class") or "").split()
        if "frame" in names or "flow" in names:
            yield next((name[6:] for name in names if name.startswith("frame-")), "flow"), element


def join_before(element: Element, signs: int, joiner: str) -> list[tuple[Text, str]]:
    """Put a joiner before the last so many signs of an element, so that no line begins there.

    Comes back with the texts that were changed, as they were.
    """
    texts = list(_texts(element))
    number, at = _place(texts, signs)
    text = texts[number].read()
    changed = [(texts[number], text)]
    head = text[:at].rstrip(BREAK)
    texts[number].write(head + joiner + text[at:])
    # Beside a sign that lets a line end, none forbids it.
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
    """Where the last so many signs that are seen begin: in which text, and at which of its signs.

    Raises:
        LookupError: there are not so many.
    """
    for number in reversed(range(len(texts))):
        text = texts[number].read()
        for at in reversed(range(len(text))):
            signs -= visible(text[at])
            if signs == 0:
                return number, at
    raise LookupError("the element has fewer signs")
