"""A page as data: sheets of parts, where their frames are, and the one function that writes the HTML document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from pressroom.compose.template import render_page
from pressroom.content import Message
from pressroom.layout import Box, Source, Stylesheet

# How a part is written: with its content, as an empty element, unseen but still counted by styles, or not at all.
Form = Literal["whole", "empty", "unseen", "absent"]


@dataclass(frozen=True, slots=True)
class Head:
    """The metadata of a piece; `author` is the clinic's name, `keywords` are its control lines for programs."""

    title: str
    author: str
    keywords: str
    dated: str


@dataclass(frozen=True, slots=True)
class Part:
    """An element of a sheet: a drawing, an area, a `mark` of a proof, or a frame with its name.

    `attributes` are HTML, the class among them. `source` says whose content it is. `messages` are the document's in
    it, in order, and `slots` the kinds of its slots.
    """

    attributes: Markup
    html: str = ""
    mark: bool = False
    frame: str = ""
    source: Source = "layout"
    messages: tuple[Message, ...] = ()
    slots: frozenset[str] = frozenset()

    @property
    def imprint(self) -> bool:
        """True if this differs in another clinic's piece."""
        return self.source in ("clinic", "staff")


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """One side of the paper, in its language; `parts` in the order they are read in."""

    name: str
    language: str
    direction: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a frame: `count` of one kind, each at least `least` points high.

    Rows are `row` points high, and at most `most` of them.
    """

    kind: Literal["window", "rows", "spring"]
    count: int
    least: float
    row: float = 0.0
    most: int = 0


@dataclass(frozen=True, slots=True)
class PlacedFrame:
    """A frame's place on its page, its panel of the document, its voice, and the messages in it.

    `middle` is True if they are in the middle of its height. `filler` takes the room that they leave. Frames of one
    `spread` have the same gaps between paragraphs; one without a spread keeps its gaps. `by_hand` is how many elements
    for the reader's hand it has, which are there only if there is room. `role` names the macro that wrote it.
    """

    name: str
    page: int
    box: Box
    group: str
    panel: str
    voice: str
    messages: tuple[Message, ...]
    middle: bool = False
    filler: Filler | None = None
    spread: str = ""
    by_hand: int = 0
    role: str = ""


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A document for the layout engine; `assets` are its pictures by address, and the engine fetches nothing else.

    `source` is its HTML, or writes it: many a document only has the styles for others.
    """

    source: str | Callable[[], str]
    stylesheets: tuple[Stylesheet, ...]
    assets: dict[str, bytes] = field(default_factory=dict)
    slots: frozenset[str] = frozenset()

    @property
    def html(self) -> str:
        """The HTML, written if it must be."""
        return self.source if isinstance(self.source, str) else self.source()


@dataclass(frozen=True, slots=True)
class DrawnIllustration:
    """An illustration in a frame: the class of its element, the address of its drawing there, and of its SVG.

    `direction` is that of the words beside it.
    """

    name: str
    frame: str
    address: str
    source: str
    direction: str


@dataclass(frozen=True, slots=True)
class SharedFrames:
    """The frames of a piece that other clinics' pieces have as well, and the illustrations in them."""

    parts: tuple[Part, ...]
    illustrations: tuple[DrawnIllustration, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """A piece as data. `frames` are those in which something is written, where they are placed.

    The drawings of `illustrations` have no lines yet: those depend on where words are on the page.
    """

    language: str
    direction: str
    body_class: str
    head: Head
    sheets: tuple[ComposedPage, ...]
    stylesheets: tuple[Stylesheet, ...]
    assets: dict[str, bytes]
    frames: tuple[PlacedFrame, ...]
    illustrations: tuple[DrawnIllustration, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of all sheets that are frames."""
        return tuple(part for sheet in self.sheets for part in sheet.parts if part.frame)

    @property
    def shared(self) -> SharedFrames | None:
        """The frames that other clinics' pieces have as well; None if a clinic's own frame has an illustration."""
        if {one.frame for one in self.illustrations} & {part.frame for part in self.parts if part.imprint}:
            return None
        return SharedFrames(tuple(part for part in self.parts if not part.imprint), self.illustrations)

    @property
    def html(self) -> str:
        """The complete document."""
        return self.written(lambda part: "whole", self.head)

    @property
    def page(self) -> HtmlPage:
        """The complete document, with its styles and pictures."""
        return self.page_of(lambda: self.html)

    def page_of(self, html: str | Callable[[], str]) -> HtmlPage:
        """Another form of the document, laid out with the same styles and pictures."""
        return HtmlPage(html, self.stylesheets, self.assets, frozenset().union(*(part.slots for part in self.parts)))

    def only(self, frames: Collection[str]) -> HtmlPage:
        """These frames and empty marks, for measuring. Other frames are hidden, because styles may count them."""

        def form(part: Part) -> Form:
            if part.frame:
                return "whole" if part.frame in frames else "unseen"
            return "empty" if part.mark else "whole"

        return self.page_of(self.written(form, self.head))

    def written(self, form: Callable[[Part], Form], head: Head | None) -> str:
        """Returns the HTML document with this head, and each part in the form that is asked for it."""
        return render_page("page.html", page=self, head=head, form_of=form)

    def texts(self, form: Callable[[Part], Form]) -> Iterator[str]:
        """What `written` makes the document of, without its head: two that have the same texts are the same."""
        yield from (self.language, self.direction, self.body_class)
        for sheet in self.sheets:
            yield from (sheet.name, sheet.language, sheet.direction, str(len(sheet.parts)))
            for part in sheet.parts:
                shape = form(part)
                yield from (shape, "" if shape == "absent" else part.attributes)
                yield from (part.frame, part.html) if shape == "whole" else ("", "")
