"""What a live view of a piece is: pictures of its pages, where the words of each message are, and the room left.

The contract between `production/live.py`, which makes it in a resident worker, and the faces that show it. Values
alone: nothing heavy is imported, so a server can read them.

- `LiveProof.pages` are all pages of the piece, both sides of a card; empty if nothing can be drawn, and then
  `findings` say why. A web edition has no pages; its `html` is the page.
- `LivePage.words` are in reading order. A message on two pages, or in two frames, has one `Words` for each place.
  `Words.number` is the message's in `numbered(document.messages)`: 1 is the title. Words of the layout have the
  catalog `layouts` and the number 0.
- `LiveProof.rooms` has one `Room` for each frame with messages. `room_of(key)` finds that of a message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from pressroom.catalog.model import Key
from pressroom.compose import Piece
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic

# The catalog of the words that layouts print.
CATALOG_OF_LAYOUTS: Final = "layouts"

# Left, top, right, bottom in points from the page's top left corner.
Row = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LiveTask:
    """A piece to draw, and the name of its setting: what is measured holds for pieces of one setting (`setting_of`).

    `itself` asks for the product as it is, although another takes its place where its text does not fit. `fonts` is the
    fontconfig file of its fonts: a worker that has set text in others can't use it. Empty: those of the environment.
    """

    piece: Piece
    setting: str
    itself: bool = False
    fonts: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one message in one frame: a row for each line of text, in points from the page's top left.

    `catalog` is the document's name, or `layouts` for a word of the layout. `key` is (msgctxt, msgid). `language` is
    the tag of the frame's language: a bilingual layout prints English beside the locale. `status` is the
    translation's; words that are not translated are in English on the page. `role` is the message's. `line_mm` is the
    room on its last line, in millimetres and in about so many letters.
    """

    catalog: str
    key: Key
    number: int
    frame: str
    language: str
    status: Literal["translated", "fuzzy", "untranslated"]
    role: str
    rows: tuple[Row, ...]
    line_mm: float = 0.0
    line_letters: int = 0


@dataclass(frozen=True, slots=True)
class LivePage:
    """One page: its PNG, its size in pixels and in points, and the words on it; `hash` is of both, 64 hex digits."""

    number: int
    png: bytes = field(repr=False)
    hash: str
    pixels: tuple[int, int]
    width: float
    height: float
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """How much more text one frame holds, at its smallest type and leading; below zero is how much is too much.

    `mm` is the height that is left, `letters` about how many more letters that is, and `now` how many it has.
    `width` is how many millimetres a word is too wide, 0 if none is. `size` is the size of its type now, `smallest`
    and `usual` are those it may have; in points. `messages` are the keys of the document's messages in it, in order.
    """

    frame: str
    panel: str
    page: int
    language: str
    messages: tuple[Key, ...]
    mm: float
    letters: int
    now: int
    width: float
    size: float
    smallest: float
    usual: float

    @property
    def is_over(self) -> bool:
        """True if the text runs over, downwards or sideways."""
        return self.mm < 0 or self.width > 0


@dataclass(frozen=True, slots=True)
class LiveProof:
    """A piece as a live view shows it, see the module. `made_as` is the product it is, `layout` its layout's name.

    `spent` is the CPU time of each step in seconds, by name, in order.
    """

    pages: tuple[LivePage, ...]
    rooms: tuple[Room, ...]
    findings: tuple[Diagnostic, ...]
    made_as: str
    layout: str = ""
    html: str = field(default="", repr=False)
    spent: dict[str, float] = field(default_factory=dict, compare=False)

    @property
    def is_drawn(self) -> bool:
        """True if there is something to show."""
        return bool(self.pages or self.html)

    def room_of(self, key: Key, language: str) -> Room | None:
        """The room of the frame that a message is in, in this language: the tightest, if it is in several."""
        rooms = (room for room in self.rooms if key in room.messages and room.language == language)
        return min(rooms, key=lambda room: (not room.is_over, room.mm), default=None)


def numbered(messages: Iterable[Message]) -> dict[Key, int]:
    """The number of each message of a document, from 1; a text that occurs twice has its first number."""
    return {key: number for number, key in enumerate(dict.fromkeys(message.key for message in messages), start=1)}
