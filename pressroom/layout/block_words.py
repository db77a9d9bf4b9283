"""The layouts' own words that a document's blocks print: the rank of a notice, a slot, what is filled in by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pressroom.content import Block, Document, Message
from pressroom.content.fields import FIELDS
from pressroom.content.inline import parse_inline
from pressroom.diagnostics import Diagnostic, Span, diagnostic

TICK: Final = "box-to-tick"
AWAITED: Final = "awaiting-clinician"
_FIELDS: Final = {name: f"room-for-{name}" for name in FIELDS}
RANKS: Final = {"note": "notice-note", "important": "notice-important", "warning": "notice-warning"}


def word_of(name: str) -> str:
    """The name of the layouts' word for a field or a rank."""
    return _FIELDS.get(name) or RANKS[name]


def block_words(document: Document) -> dict[str, Span]:
    """The names of the layouts' words that this document's blocks print, each with the first line that needs it."""
    found: dict[str, Span] = {}
    for panel in document.panels:
        for name, span in _words(panel.blocks):
            found.setdefault(name, span)
    return found


def missing_words(document: Document, words: Mapping[str, Message]) -> list[Diagnostic]:
    """The layouts' words that this document's blocks print and that `words` lacks, each at the line that needs it."""
    hint = "copy its table from layouts/words.toml of the package into the project's"
    return [
        diagnostic("layout-words", span, f"layouts/words.toml has no word {name!r}, which this prints", hint)
        for name, span in block_words(document).items()
        if name not in words
    ]


def _words(blocks: Iterable[Block]) -> Iterator[tuple[str, Span]]:
    for block in blocks:
        if block.kind == "notice" and block.children[0].kind != "heading":
            yield word_of(block.rank), block.span
        elif block.kind == "field":
            yield word_of(block.source), block.span
        elif block.kind == "slot":
            yield AWAITED, block.span
        elif block.boxes:
            yield TICK, block.span
        yield from _words(block.children)
        if block.message is not None:
            runs = parse_inline(block.message.msgid).runs
            yield from ((word_of(r.placeholder), block.span) for r in runs if r.placeholder and r.placeholder in FIELDS)
