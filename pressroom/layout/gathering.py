"""Takes windows and short boxes out of a document's panels, for the passage of a layout that has them all in a row.

What is taken stays in its panel's name and in the document's order, so each message is still printed once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final, Literal

from pressroom.content import Block, Document, Message, Panel, messages_of
from pressroom.layout.model import Layout, Passage

Gathered = Literal["", "windows", "boxes"]
GATHERED: Final[dict[str, Gathered]] = {"": "", "windows": "windows", "boxes": "boxes"}
# Letters of English that boxes in one place may have together; a slot counts as a short sentence.
_SHORT: Final = 100
_SENTENCE: Final = 40
_BELOW_SECTIONS: Final = 3
_ACTS: Final = ("important", "warning")


def gathered(panels: Sequence[Panel], passage: Passage) -> tuple[tuple[Panel, ...], tuple[Panel, ...]]:
    """What a passage gathers of these panels, at most `Passage.most` blocks, and the panels without it.

    Windows are taken wherever they are in a panel, and a panel of nothing else is gone. Boxes that say what to do are
    taken from the end of a panel, if text is above them and all that are taken are short together.
    """
    room, letters = passage.most, _SHORT
    taken: list[Panel] = []
    rest: list[Panel] = []
    for panel in panels:
        lines = {block.span.line for block in _of(panel, passage.gathers, letters)[: max(0, room)]}
        out = tuple(block for block in panel.blocks if block.span.line in lines)
        kept = tuple(block for block in panel.blocks if block.span.line not in lines)
        room, letters = room - len(out), letters - sum(map(_letters, out))
        taken += [replace(panel, blocks=tuple(map(_raised, out)))] if out else []
        rest += [replace(panel, blocks=kept)] if kept or not out else []
    return tuple(taken), tuple(rest)


def gathered_all(panels: Sequence[Panel], passage: Passage) -> tuple[tuple[Panel, ...], tuple[Panel, ...]]:
    """The same if the panels have just as many blocks as the passage takes, and text beside them; else nothing."""
    having = sum(len(_of(panel, passage.gathers, _SHORT)) for panel in panels)
    taken, rest = gathered(panels, passage) if having == passage.most else ((), tuple(panels))
    return (taken, rest) if rest else ((), tuple(panels))


def _of(panel: Panel, kind: Gathered, letters: int) -> list[Block]:
    if kind == "windows":
        return [block for block in panel.blocks if block.window]
    last = list(takewhile(lambda block: block.kind == "notice" and block.rank in _ACTS, reversed(panel.blocks)))
    fits = len(last) < len(panel.blocks) and sum(map(_letters, last)) <= letters
    return last[::-1] if fits else []


def _raised(block: Block) -> Block:
    """A box below no heading of its panel: its own is one level below those of sections."""
    children = tuple(map(_raised, block.children)) if block.kind == "notice" else block.children
    return replace(block, level=min(block.level, _BELOW_SECTIONS), children=children)


def _letters(block: Block) -> int:
    own = len(block.message.msgid) if block.message else _SENTENCE * (block.kind == "slot")
    return own + sum(map(_letters, block.children))


def without_pictures(panel: Panel) -> Panel:
    """A panel without its pictures that have neither a name nor labels."""
    return replace(panel, blocks=tuple(block for block in panel.blocks if not _is_bare(block)))


def _is_bare(block: Block) -> bool:
    return block.kind == "image" and not block.children


def unprinted(document: Document, layout: Layout) -> frozenset[Message]:
    """What is read aloud in place of pictures that a layout leaves out."""
    names = {passage.takes for passage in layout.passages if not passage.pictures}
    return frozenset(_bare(document, names))


def _bare(document: Document, names: set[str]) -> Iterator[Message]:
    for panel in (panel for panel in document.panels if panel.name in names):
        yield from messages_of(tuple(block for block in panel.blocks if _is_bare(block)))
