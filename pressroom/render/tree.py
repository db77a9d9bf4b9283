"""The element tree of a page: finds its frames, and joins words so that no line breaks between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pressroom.compose.line_break import BREAK
from pressroom.render.lines import visible


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
