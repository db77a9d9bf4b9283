"""Reads the marks at the head of quotations and list items: `[!NOTE]` makes a box, `[ ]` a box to tick."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from markdown_it.token import Token

from pressroom.content.model import Block
from pressroom.nearest import nearest

# The keys of a node's `meta`.
BOX: Final = "box"
TICK: Final = "tick"
# What may be in `[!…]`, and the rank of the notice; a fact is no notice.
RANKS: Final = {"NOTE": "note", "IMPORTANT": "important", "WARNING": "warning"}
FACT: Final = "FACT"
_BOX: Final = re.compile(r"\[!([^\]\n]*)\][ \t]*(\n|$)?")
_TICK: Final = re.compile(r"\[([ xX]?)\](?=\s|$)[ \t]*(\n|$)?")
# A fact's figure, and what follows in the same text.
_FIGURE: Final = re.compile(r"\*\*[^*\n]+\*\*(.*)", re.DOTALL)
_KINDS: Final = (
    "[!NOTE] informs, [!IMPORTANT] says when to call you, [!WARNING] is for an emergency, [!FACT] is a figure"
)


class MarkFault(NamedTuple):
    """What is wrong with a mark, and the next move."""

    message: str
    hint: str


def read_marks(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with each mark in the `meta` of the quotation or item that it heads, and no longer in its text."""
    kept = list(tokens)
    for opening, paragraph, text in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if paragraph.type != "paragraph_open":
            continue
        if opening.type == "blockquote_open":
            key, match = BOX, _BOX.match(text.content)
        elif opening.type == "list_item_open":
            key, match = TICK, _TICK.match(text.content)
        else:
            continue
        if match is None:
            continue
        opening.meta = {**opening.meta, key: match[1].strip()}
        text.content = text.content[match.end() :]
        if match[2] == "\n" and paragraph.map:
            paragraph.map = [paragraph.map[0] + 1, paragraph.map[1]]
        if not text.content.strip():
            at = kept.index(paragraph)
            # The paragraph, its text, and its end.
            del kept[at : at + 3]
    return kept


def box_fault(name: str) -> MarkFault | None:
    """Why `[!name]` can't head a box; None if it can."""
    if name.upper() in (*RANKS, FACT):
        return None
    near = nearest(name, [*RANKS, FACT])
    hint = f"write [!{near}]; {_KINDS}" if near else _KINDS
    return MarkFault(f"no box is called [!{name}]", hint)


def fact_fault(blocks: Sequence[Block]) -> MarkFault | None:
    """Why these blocks are not a figure and what it says; None if they are, or await it."""
    text = blocks[0].message.msgid if blocks and blocks[0].kind == "paragraph" and blocks[0].message else ""
    figure = _FIGURE.match(text)
    hint = "write > **10–20 mL** of your own blood"
    if blocks and blocks[0].kind == "slot":
        return None
    if blocks and figure is None:
        return MarkFault("a fact does not begin with its figure in bold", hint)
    if figure and not figure[1].strip() and len(blocks) == 1:
        return MarkFault("a fact does not say what its figure is", hint)
    return None


def tick_fault(ticks: Sequence[str | None], *, ordered: bool) -> MarkFault | None:
    """Why a list whose items have these marks (None for no mark) can't be a checklist; None if it can, or is none."""
    if all(tick is None for tick in ticks):
        return None
    if ordered:
        return MarkFault("a numbered list has boxes to tick", "write - [ ] for a checklist, or take the [ ] away")
    if any(tick is None for tick in ticks):
        return MarkFault(
            "only some items of this list have a box to tick", "write [ ] before each item, or make two lists"
        )
    if any(tick and tick.lower() == "x" for tick in ticks):
        return MarkFault("a box is ticked already", "write - [ ]: the reader ticks it, on paper")
    return None


def stray_mark(text: str) -> tuple[str, MarkFault] | None:
    """The code and fault of a paragraph that begins with a mark of a box or a checklist; None for others."""
    if _BOX.match(text):
        return "box", MarkFault("a box does not begin with >", "write > before each of its lines")
    if _TICK.match(text):
        return "checklist", MarkFault("a box to tick is not in a list", "write - [ ] before the words")
    return None
