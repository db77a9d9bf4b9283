"""What a layout is: pages with folds, panels a reader sees, frames that text is set in, and how text may shrink."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from pressroom.units import Length

NEXT: Final = "*"
# The class of a layout that is read on a screen: it has neither sheet nor pages.
WEB: Final = "web"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle measured from the top left of what it stands on."""

    left: Length
    top: Length
    width: Length
    height: Length

    def within(self, outer: Box) -> Box:
        """The same rectangle measured from where `outer` is measured."""
        return replace(self, left=outer.left + self.left, top=outer.top + self.top)

    def mirrored(self, width: Length) -> Box:
        """Where it stands for right-to-left readers, on something so wide."""
        return replace(self, left=width - self.left - self.width)


@dataclass(frozen=True, slots=True)
class Page:
    """One side of the sheet; `folds` are distances from the left edge, for left-to-right readers."""

    name: str
    folds: tuple[Length, ...] = ()


@dataclass(frozen=True, slots=True)
class PanelPlace:
    """A face of the finished piece, seen at one time: a brochure's panel, a card's side. Proofs mark each."""

    name: str
    page: str
    box: Box


@dataclass(frozen=True, slots=True)
class Passage:
    """A place for one of a document's panels: the one named `takes`, or the next not yet placed (`*`)."""

    name: str
    panel: str
    takes: str = NEXT
    required: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle that text is set in; the box stands on the sheet, for left-to-right readers.

    Its size follows the fit group named `fit`; text lower than the box is overset.
    """

    name: str
    page: str
    box: Box
    passage: str
    fit: str


@dataclass(frozen=True, slots=True)
class FitGroup:
    """Frames set in one size. `floor` and `preferred` are points; where None, the language's for the class.

    `gap` is the least and the most space between list items, in em: what height is left over goes there.
    """

    name: str
    floor: float | None = None
    preferred: float | None = None
    factor: float = 1.0
    gap: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A CSS file of a layout, with the path that diagnostics name."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How one product looks. `width` and `height` are the trim; `safe` is the distance text keeps from it.

    `templates` and `art` are texts by file name, `template_paths` say where each template stands.
    """

    name: str
    path: str
    type_class: str
    width: Length
    height: Length
    safe: Length
    pages: tuple[Page, ...]
    panels: tuple[PanelPlace, ...]
    passages: tuple[Passage, ...]
    frames: tuple[Frame, ...]
    groups: tuple[FitGroup, ...]
    templates: dict[str, str]
    stylesheets: tuple[Stylesheet, ...]
    art: dict[str, str]
    template_paths: dict[str, str] = field(default_factory=dict)

    def page_number(self, name: str) -> int:
        """A page's number, from 1."""
        return [page.name for page in self.pages].index(name) + 1


@dataclass(frozen=True, slots=True)
class Product:
    """Something a clinic hands out: a layout, and (later) how it is finished."""

    name: str
    layout: str
    description: str
