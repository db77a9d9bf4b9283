"""The tree of tags as plain values: what a reader walks through, in the order of the story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pressroom.render.tags.marks import Mark


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content: the page it stands on (from 0), its MCID, and what the hook told of it."""

    page: int
    number: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's active area: its place in the pages' annotations, as (page from 0, number on the page)."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Element:
    """A tag. `role` is the structure type without slash; `text` is ActualText.

    `box` is a figure's place as (left, bottom, right, top) in points; `scope`, `rows` and `columns` are a cell's;
    `numbering` is a list's (Decimal or Disc).
    """

    role: str
    kids: tuple[Kid, ...] = ()
    lang: str = ""
    text: str = ""
    alt: str = ""
    box: tuple[float, float, float, float] | None = None
    scope: str = ""
    rows: int = 1
    columns: int = 1
    numbering: str = ""

    @property
    def elements(self) -> tuple[Element, ...]:
        """The tags directly inside."""
        return tuple(kid for kid in self.kids if isinstance(kid, Element))

    @property
    def mark(self) -> Mark | None:
        """The mark of the one piece of content that is all there is inside; none where there is more, or other."""
        only = self.kids[0] if len(self.kids) == 1 else None
        return only.mark if isinstance(only, Content) else None

    @property
    def says(self) -> bool:
        """True where the tag itself tells something that its content does not."""
        return bool(self.lang or self.text or self.alt or self.box)


Kid = Element | Content | Annotation


def rebuild(element: Element, change: Callable[[Element], tuple[Kid, ...]]) -> tuple[Kid, ...]:
    """What takes the element's place, when every tag is changed after those inside it."""
    kids = tuple(new for kid in element.kids for new in (rebuild(kid, change) if isinstance(kid, Element) else (kid,)))
    return change(replace(element, kids=kids))


def walk(element: Element) -> Iterator[Element]:
    """The element and every tag inside, in reading order."""
    yield element
    for kid in element.elements:
        yield from walk(kid)
