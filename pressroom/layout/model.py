"""What a layout is: pages with folds, panels a reader sees, frames that text is set in, and how text may shrink."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

from pressroom.layout.roles import Role, macro_name, roles_in
from pressroom.units import ZERO, Length

NEXT: Final = "*"
LOCALE: Final = "locale"
TOP: Final = "top"
MIDDLE: Final = "middle"
# The class of the layouts of cards.
CARD: Final = "card"
# The class of a layout that is read on a screen: it has neither sheet nor pages.
WEB: Final = "web"
TEMPLATE: Final = "template.html"
# The least height of a window in which a drawing still shows what it is about, and a row to write on.
LEAST_WINDOW: Final = Length(103)
ROW: Final = Length(22)
Side = Literal["left", "top", "right", "bottom"]
SIDES: Final[tuple[Side, ...]] = ("left", "top", "right", "bottom")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle measured from the top left of what it is on."""

    left: Length
    top: Length
    width: Length
    height: Length

    def within(self, outer: Box) -> Box:
        """The same rectangle, measured from the origin of `outer`."""
        return replace(self, left=outer.left + self.left, top=outer.top + self.top)

    def mirrored(self, width: Length) -> Box:
        """Its place for right-to-left readers, on something of this width."""
        return replace(self, left=width - self.left - self.width)

    def margins(self, width: Length, height: Length) -> dict[Side, Length]:
        """How far each of its sides is from that side of a sheet of this size."""
        right, bottom = width - self.left - self.width, height - self.top - self.height
        return {"left": self.left, "top": self.top, "right": right, "bottom": bottom}


@dataclass(frozen=True, slots=True)
class Page:
    """One side of the sheet; `folds` are distances from the left, `across` from the top, for left-to-right readers.

    `language` is `locale`, or the tag of the language that this side is always in (`en` on a bilingual card).
    """

    name: str
    folds: tuple[Length, ...] = ()
    language: str = LOCALE
    across: tuple[Length, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """How a page shows a document's drawing.

    An upright view is `edge` from the left and its shapes move by `shift`; a view along the page is stretched to its
    `length`. `both` draws it at either edge of the page.
    """

    name: str
    length: Length
    edge: Length = ZERO
    shift: Length = ZERO
    both: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A shape behind the text (a band, a rule); `kind` is its CSS class."""

    name: str
    kind: str
    page: str
    box: Box


@dataclass(frozen=True, slots=True)
class PanelPlace:
    """A face of the finished piece, seen at one time: a brochure's panel, a card's side. Proofs mark each."""

    name: str
    page: str
    box: Box
    language: str = LOCALE


@dataclass(frozen=True, slots=True)
class Passage:
    """A place for a document's panels: the one named `takes`, or the next `most` not yet placed (`*`).

    With `or_next` it takes the next one if none has that name. Without a panel of its own it has those of the passage
    that it `repeats`. `panel` is the layout's panel where they are printed. `holds` are the kinds of blocks that each
    panel must have, in order: `heading`, `paragraph?` (it may be missing), `paragraph+` (one or more). Empty is any.
    Passages of one layout that are `shared` take the rest in order, so that all are about as full (`layout.sharing`).
    Those that are `shared_alone` do so if no panel has a window. Before its own panel, a passage has those of the
    passage above that it names as `also`. One that `gathers` has the windows or the short boxes of the panels that are
    not named, at most `most` (`layout.gathering`); with a `source` it has those of that passage above, if it has just
    as many. One without `pictures` leaves out those that have neither a name nor labels.
    """

    name: str
    panel: str
    takes: str = NEXT
    required: bool = True
    most: int = 1
    or_next: bool = False
    repeats: str = ""
    holds: tuple[str, ...] = ()
    shared: bool = False
    shared_alone: bool = False
    also: str = ""
    gathers: Literal["", "windows", "boxes"] = ""
    source: str = ""
    pictures: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle for text; the box is on the sheet, for left-to-right readers.

    `role` names the macro that writes it. Its type size follows the fit group named `fit`. `language` is its panel's or
    its page's. `align` is `top` or `middle`. It is printed only `when` the passages of these names have a panel of
    their own, and `unless` one of those has. In a document without a drawing, a frame that is `pictured` is printed
    only if its passage has a picture, and one that is not, only if it has none. `window` is the least height of a
    window in it; one without `windows` has text alone. `rows` are the fewest and the most rows to write on, each `row`
    high. Its gaps do not `widen` where its text fills its place. Its field `bleeds` over these edges of the sheet in a
    press file.
    """

    name: str
    page: str
    box: Box
    passage: str
    fit: str
    role: str
    language: str = LOCALE
    align: str = TOP
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    pictured: bool | None = None
    window: Length = LEAST_WINDOW
    windows: bool = True
    rows: tuple[int, int] = (2, 12)
    row: Length = ROW
    widen: bool = True
    bleeds: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class FitGroup:
    """Frames in one type size. `floor`, `preferred` and `ceiling` are points; if None, the language's for the class.

    A group with a `preferred` size of its own grows no further, unless it has a `ceiling` too; the language's ceiling
    counts `grow` times. `grow_alone` and `widen_alone` take the place of `grow` and `widen` where no frame of the
    group has a window: text alone has the drawings' room. `gap` is the least and the most space between list items, in
    em, which takes the height that is left over. `widen` is how much gaps between paragraphs and between sections may
    grow, in em. `heading` is the smallest and the usual size of headings in slots, in em: smaller ones give way to the
    text. `staff` groups are control lines, which no patient needs to read: only they may be smaller than the
    language's smallest legible size.
    """

    name: str
    floor: float | None = None
    preferred: float | None = None
    factor: float = 1.0
    gap: tuple[float, float] | None = None
    ceiling: float | None = None
    grow: float = 1.0
    widen: tuple[float, float] | None = None
    heading: tuple[float, float] | None = None
    language: str = LOCALE
    staff: bool = False
    grow_alone: float | None = None
    widen_alone: tuple[float, float] | None = None

    @property
    def alone(self) -> FitGroup:
        """The group where none of its frames has a window."""
        return replace(self, grow=self.grow_alone or self.grow, widen=self.widen_alone or self.widen)


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A CSS file of a layout, with the path that diagnostics name."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How one product looks. `width` and `height` are the trim; `safe` is the distance text keeps from it.

    `templates` and `art` are texts by file name, `template_paths` the templates' paths in the project. `undrawn` is the
    layout for documents without a drawing; that one itself is not `drawn`. A layout that `flows` repeats its one page
    as often as the text needs, without copyfitting. It and a web page have no frames, but the parts of `flow`, one
    after the other.
    """

    name: str
    path: str
    style: str
    type_class: str
    width: Length
    height: Length
    safe: Length
    pages: tuple[Page, ...]
    panels: tuple[PanelPlace, ...]
    areas: tuple[Area, ...]
    passages: tuple[Passage, ...]
    frames: tuple[Frame, ...]
    groups: tuple[FitGroup, ...]
    templates: dict[str, str]
    stylesheets: tuple[Stylesheet, ...]
    art: dict[str, str]
    views: dict[str, View]
    flows: bool = False
    flow: tuple[Frame, ...] = ()
    template_paths: dict[str, str] = field(default_factory=dict)
    undrawn: Layout | None = None
    drawn: bool = True

    def with_drawing(self, name: str) -> Layout:
        """The layout of a document with the drawing of this name. Without one, its text has the drawing's room."""
        return replace(self, undrawn=None) if name or self.undrawn is None else self.undrawn

    def page_number(self, name: str) -> int:
        """A page's number, from 1."""
        return [page.name for page in self.pages].index(name) + 1

    def role(self, name: str) -> Role | None:
        """How frames of a role are written; None if `template.html` has no macro for it."""
        return roles_in(self.templates[TEMPLATE]).get(macro_name(name))

    @property
    def file_kind(self) -> str:
        """The kind of file of a piece: `html` for a page on a screen, or `pdf`."""
        return "html" if self.type_class == WEB else "pdf"

    @property
    def printed(self) -> frozenset[str]:
        """The parameters of the macros of all frames: what pieces in this layout may print beside the document."""
        frames = (*self.frames, *self.flow, *(self.undrawn.frames if self.undrawn else ()))
        return frozenset(name for frame in frames if (role := self.role(frame.role)) for name in role.names)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that parts of it are always in, by their names in `layout.toml`."""
        placed = {part.language for part in (*self.frames, *self.flow)} | {panel.language for panel in self.panels}
        return tuple(sorted((placed | {p.language for p in self.pages} | {g.language for g in self.groups}) - {LOCALE}))

    @property
    def bilingual(self) -> bool:
        """True if a part is always in one language: then there is no piece in that language alone."""
        return {p.language for p in self.pages} | {p.language for p in self.panels} > {LOCALE}
