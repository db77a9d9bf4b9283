"""Shares a document's panels out over places in a row, in order, so that all places are about as full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise
from math import ceil
from typing import Final

from pressroom.content import Block, Panel
from pressroom.content.inline import parse_inline

# Letters of English in a line of about 100 mm, and heights in lines of text. Only their relation matters: the estimate
# decides what is on which page, and copyfit then finds the size of the type.
_LETTERS: Final = 56
_GAP: Final = 0.5
_HEADING: Final = 2.0
_PICTURE: Final = 8.0
_WRITTEN: Final = 1.6
_AWAITED: Final = 4.2
_AROUND: Final = {"notice": 2.2, "fact": 1.2}
# A panel goes on in the next place if the fullest place is otherwise so much fuller than the mean of all. Pages seen
# together may differ more than the sides of a sheet, of which the fuller one makes the type small.
UNEVEN_PAGES: Final = 1.15
UNEVEN_SIDES: Final = 1.05


def shared_out(
    panels: Sequence[Panel], places: int, *, whole: bool, uneven: float = UNEVEN_PAGES
) -> list[tuple[Panel, ...]]:
    """The panels by place, in order, so that the fullest place is as low as can be; the first are fuller if in doubt.

    Each place has a panel as long as there are enough. Unless they stay `whole`, a panel goes on in the next place
    where the fullest is more than `uneven` times as full as the mean: its heading stays with what follows, and an
    introduction with its list.
    """
    shares = _divided(panels, places)
    heights = [sum(map(panel_height, share)) for share in shares]
    if whole or max(heights) <= uneven * sum(heights) / places:
        return shares
    parts = [part for panel in panels for part in _parts(panel)]
    return [tuple(_joined(share)) for share in _divided(parts, places)]


def _divided(panels: Sequence[Panel], places: int) -> list[tuple[Panel, ...]]:
    heights = [panel_height(panel) for panel in panels]

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        """The height of the fullest place from the panel `start` on, and where the places end."""
        if left == 1 or start == len(panels):
            return sum(heights[start:]), (len(panels),) * left
        last = max(start + 1, len(panels) - left + 1)
        options = []
        for end in range(start + 1, last + 1):
            tallest, ends = best(end, left - 1)
            options.append((max(sum(heights[start:end]), tallest), -end, ends))
        tallest, end, ends = min(options)
        return tallest, (-end, *ends)

    return [tuple(panels[start:end]) for start, end in pairwise((0, *best(0, places)[1]))]


def _parts(panel: Panel) -> Iterator[Panel]:
    """The parts of a panel that another place may begin with."""
    blocks: list[Block] = []
    for block, after in pairwise([*panel.blocks, None]):
        blocks += [block] if block else []
        if block and not (after and _leads(block, after)):
            yield replace(panel, blocks=tuple(blocks))
            blocks = []


def _leads(block: Block, after: Block) -> bool:
    """True for what is never the last on a page: a heading, text before its window, a paragraph before its list."""
    return (
        block.kind == "heading"
        or after.window
        or (block.kind == "paragraph" and after.kind in ("list", "table", "lines"))
    )


def _joined(parts: Sequence[Panel]) -> Iterator[Panel]:
    for _, same in groupby(parts, key=lambda part: part.span):
        first, *others = same
        yield replace(first, blocks=sum((part.blocks for part in others), first.blocks))


def panel_height(panel: Panel) -> float:
    """About how tall a panel's English is, in lines of text."""
    return sum(map(_height, panel.blocks))


def _height(block: Block) -> float:
    match block.kind:
        case "heading":
            return _HEADING
        case "image":
            return _PICTURE * (block.width or 100) / 100
        case "lines":
            return _WRITTEN * len(block.children)
        case "slot":
            return _AWAITED
        case "table":
            return sum(map(_row, block.children)) + _GAP
    own = _lines(block) + _GAP if block.message else 0.0
    return own + _AROUND.get(block.kind, 0.0) + sum(map(_height, block.children))


def _row(row: Block) -> float:
    said = [_lines(cell, len(row.children)) for cell in row.children if cell.message]
    return max(said) + _GAP if said else _WRITTEN


def _lines(block: Block, columns: int = 1) -> int:
    """The lines of a text in one of so many columns."""
    return ceil(len(parse_inline(block.message.msgid).plain) * columns / _LETTERS) if block.message else 0
