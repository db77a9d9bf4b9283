"""The tree of tags as plain values, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pressroom.render.tags.marks import Mark


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content: its page (from 0), its MCID, and what the hook wrote about it."""

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
        """The mark of its content if that is one piece of content and nothing else."""
        only = self.kids[0] if len(self.kids) == 1 else None
        return only.mark if isinstance(only, Content) else None

    @property
    def says(self) -> bool:
        """True if the tag itself says something that its content does not."""
        return bool(self.lang or self.text or self.alt or self.box)


Kid = Element | Content | Annotation


def rebuild(element: Element, change: Callable[[Element], tuple[Kid, ...]]) -> tuple[Kid, ...]:
    """Change every tag, after those inside it; returns what takes the element's place."""
    kids = tuple(new for kid in element.kids for new in (rebuild(kid, change) if isinstance(kid, Element) else (kid,)))
    return change(replace(element, kids=kids))


def map_content(element: Element, change: Callable[[Content], Kid]) -> Element:
    """The tree with every piece of content replaced."""

    def changed(kid: Kid) -> Kid:
        if isinstance(kid, Element):
            return map_content(kid, change)
        return change(kid) if isinstance(kid, Content) else kid

    return replace(element, kids=tuple(map(changed, element.kids)))
