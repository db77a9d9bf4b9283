"""The drawn parts of blocks: icons, boxes to tick and lines to write on; and the layouts' words that blocks print.

An icon is a shape, not a letter: no font lacks it, and a photocopy keeps it. What a reader fills in has a name, which
screen readers say.
"""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from markupsafe import Markup

from pressroom.content import Block, Document, Message
from pressroom.content.fields import FIELDS
from pressroom.content.inline import parse_inline
from pressroom.diagnostics import Diagnostic, Span, diagnostic

_ICONS: Final = Path(__file__).with_name("templates") / "icons"
_FOLDER: Final = "icons/"
# The layouts' word that names what is filled in or says a notice's rank.
TICK: Final = "box-to-tick"
_PLACES: Final = {name: f"room-for-{name}" for name in FIELDS}
_RANKS: Final = {"note": "notice-note", "important": "notice-important", "warning": "notice-warning"}
# By a table's columns: texts of up to this width are not broken, because a narrow column would part "1 and 2".
SHORT_CELL: Final = {2: 14, 3: 9}


def text_width(text: str) -> int:
    """How wide a text is, about, in Latin letters: signs of East Asia are two wide, and marks have no width."""
    wide = sum(1 for sign in text if unicodedata.east_asian_width(sign) in "WF")
    return wide + sum(1 for sign in text if unicodedata.category(sign) not in ("Mn", "Me", "Cf"))


def word_of(name: str) -> str:
    """The layouts' word for a field or a rank."""
    return _PLACES.get(name) or _RANKS[name]


@cache
def icon_assets() -> dict[str, bytes]:
    """The drawings by the address that pages on paper call them by."""
    return {f"{_FOLDER}{path.name}": path.read_bytes().strip() for path in sorted(_ICONS.glob("*.svg"))}


def icon_style(base: str = "") -> str:
    """CSS with a property `--icon-NAME` for each drawing; without the `base` of its address, the drawing is in it."""
    rules = (
        f"--icon-{Path(address).stem}: url('{base + address if base else _embedded(svg)}')"
        for address, svg in icon_assets().items()
    )
    return f":root {{ {'; '.join(rules)} }}"


def _embedded(svg: bytes) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


class Label(NamedTuple):
    """What screen readers call something to fill in; `language` is its tag if that is not the text's around it."""

    text: str
    language: str = ""

    @property
    def spoken(self) -> Markup:
        """The attribute of its language."""
        return Markup(' lang="{}"').format(self.language) if self.language else Markup("")


def write_on(name: str, label: Label, *, screen: bool) -> Markup:
    """A line to write on, for the field of this name."""
    if screen:
        html = '<span class="write-on for-{}" role="img" aria-label="{}"{}></span>'
        return Markup(html).format(name, label.text, label.spoken)
    drawing = Markup('<img class="rule" src="{}line.svg" alt="{}"{}>').format(_FOLDER, label.text, label.spoken)
    return Markup('<span class="write-on for-{}">{}</span>').format(name, drawing)


def box_to_tick(label: Label, *, screen: bool) -> Markup:
    """An empty box before an item of a checklist."""
    if screen:
        return Markup('<span class="tick" role="img" aria-label="{}"{}></span>').format(label.text, label.spoken)
    return Markup('<img class="tick" src="{}box.svg" alt="{}"{}>').format(_FOLDER, label.text, label.spoken)


def missing_words(document: Document, words: Mapping[str, Message]) -> list[Diagnostic]:
    """The layouts' words that this document's blocks print and that `words` lacks, each at the line that needs it."""
    found: dict[str, Span] = {}
    for panel in document.panels:
        for name, span in _words(panel.blocks):
            found.setdefault(name, span)
    hint = "copy its table from layouts/words.toml of the package into the project's"
    return [
        diagnostic("layout-words", span, f"layouts/words.toml has no word {name!r}, which this prints", hint)
        for name, span in found.items()
        if name not in words
    ]


def _words(blocks: Iterable[Block]) -> Iterator[tuple[str, Span]]:
    for block in blocks:
        if block.kind == "notice":
            yield word_of(block.rank), block.span
        elif block.kind == "field":
            yield word_of(block.source), block.span
        elif block.boxes:
            yield TICK, block.span
        yield from _words(block.children)
        if block.message is not None:
            runs = parse_inline(block.message.msgid).runs
            yield from ((word_of(r.placeholder), block.span) for r in runs if r.placeholder and r.placeholder in FIELDS)
