"""What a document is: front matter, and panels of blocks that carry messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from pressroom.diagnostics import Span

# fmt: off
BlockKind = Literal[
    "heading", "paragraph", "list", "item", "quote", "image", "caption", "notice", "fact", "table", "row", "cell",
    "lines", "field", "slot", "label",
]
# fmt: on
# The role of what is read aloud in place of a picture, and never printed.
ALTERNATIVE: Final = "text in place of a picture"
# The role of words beside an illustration, on a line that leads to what they name.
LABEL: Final = "label in an illustration"


@dataclass(frozen=True, slots=True)
class Message:
    """One unit of translation: the text of one block, never its markup.

    `msgid` keeps inline `**bold**`, `*italic*`, `{placeholder}` and `[link]{1}`; a hard break is a newline.
    `section` is the path of headings above it. `pending` names who must still confirm the words.
    """

    msgid: str
    span: Span
    context: str | None = None
    panel: str = ""
    section: tuple[str, ...] = ()
    role: str = "paragraph"
    notes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    pending: str | None = None

    def __hash__(self) -> int:
        # A message is looked up many times, and two of one text are seldom on one line.
        return hash((self.msgid, self.span.line))

    @property
    def key(self) -> tuple[str | None, str]:
        """What gettext tells messages apart by: (msgctxt, msgid)."""
        return self.context, self.msgid


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of block structure; a list has items, an item has its own message and perhaps an inner list.

    A table has rows of cells; its first row is its head, and a cell without a message is room to write in. A notice has
    a `rank` (`note`, `important` or `warning`). The items of a list with `boxes` are for a reader to tick. `lines` are
    fields to write in; the name of each is its `source`. A `slot` is the place of a sentence that a clinician must
    still give.
    A picture has its alternative text as message, and perhaps a caption as child. Its `width` is a share of its column
    in per cent, 0 for as wide as it can be; its `side` is `start`, `end` or empty. A `window` takes the room that the
    text leaves in its place. An illustration has its labels as children, after its caption.
    """

    kind: BlockKind
    span: Span
    message: Message | None = None
    children: tuple[Block, ...] = ()
    level: int = 0
    ordered: bool = False
    source: str = ""
    rank: str = ""
    boxes: bool = False
    width: int = 0
    side: str = ""
    window: bool = False

    @property
    def written(self) -> bool:
        """True for a table with room to write in."""
        return self.kind == "table" and any(cell.message is None for row in self.children for cell in row.children)


@dataclass(frozen=True, slots=True)
class Panel:
    """A named passage: the name says what it is about, and a layout decides where it goes."""

    name: str
    span: Span
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document says of itself before its text; dates are ISO, `YYYY-MM` or `YYYY-MM-DD`.

    `notice` is True where it may only be handed out with the clinic's notice of language services. `terms` are the
    words that it explains, which don't count for how hard it is to read.
    """

    number: str
    title: Message
    products: tuple[str, ...]
    version: str
    date: str
    review_by: str
    art: str
    lines: dict[str, int]
    notice: bool = False
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One source file; its name is the file's stem, and is the name of its catalogs too."""

    name: str
    path: str
    front: FrontMatter
    panels: tuple[Panel, ...]

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every message in reading order, the title first; a text that occurs twice is listed twice."""
        return (self.front.title, *(m for panel in self.panels for m in messages_of(panel.blocks)))

    @property
    def pending(self) -> tuple[Message, ...]:
        """The messages that still wait for somebody's word."""
        return tuple(m for m in self.messages if m.pending)

    @property
    def slots(self) -> tuple[Block, ...]:
        """The places of sentences that a clinician must still give, in reading order."""
        return tuple(slots_of([block for panel in self.panels for block in panel.blocks]))


def slots_of(blocks: Iterable[Block]) -> Iterator[Block]:
    """The slots among these blocks and in them, in reading order."""
    for block in blocks:
        if block.kind == "slot":
            yield block
        yield from slots_of(block.children)


def pictures_of(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The pictures among these blocks and inside them, in reading order."""
    for block in blocks:
        if block.kind == "image":
            yield block
        yield from pictures_of(block.children)


def messages_of(blocks: tuple[Block, ...]) -> Iterator[Message]:
    """The messages of these blocks and of those inside them, in reading order."""
    for block in blocks:
        if block.message is not None:
            yield block.message
        if block.children:
            yield from messages_of(block.children)
