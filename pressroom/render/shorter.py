"""A frame with its longest texts cut to one length, by numbers: how many letters are too many needs few layouts."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import Final

from pressroom.render.frame_model import FrameModel, Words
from pressroom.render.paragraphs import Sign
from pressroom.typesetting import LineBreak, Paragraph
from pressroom.typesetting.blocks import Block, Text

# Signs for breaks, which no message has.
_ADDED: Final = frozenset("\u200b\u2060\n")


def shortened_model(model: FrameModel, most: int) -> FrameModel:
    """The frame with at most so many letters in each of its texts."""
    changed: dict[Block, Block] = {}

    def cut(block: Block) -> Block:
        text, words = block.text, model.words.get(block)
        if text is not None and words is not None:
            text = _cut(text, words, most)
        changed[block] = new = replace(block, children=tuple(map(cut, block.children)), text=text)
        return new

    block = cut(model.block)
    anchors = {name: changed[one] for name, one in model.anchors.items() if one in changed}
    return replace(model, block=block, anchors=anchors, words={})


def _cut(text: Text, words: Words, most: int) -> Text:
    signs = words.lines.signs
    at = _behind(signs, most)
    if at == len(signs):
        return text

    def parts(of: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
        cut = (_part(part, signs[start:], at - start) for part, start in zip(of, words.starts, strict=True))
        return tuple(part for part in cut if part.breaks)

    whole = parts(text.parts)
    width = max((part.width for part in whole), default=0.0)
    return replace(text, parts=whole, parted=parts(text.parted) if text.parted else (), width=width, seen=0)


def _behind(signs: list[Sign], most: int) -> int:
    """The sign behind so many letters."""
    counted = accumulate(sign.text not in _ADDED for sign in signs)
    return next((at for at, letters in enumerate(counted) if letters > most), len(signs))


def _part(part: Paragraph, signs: list[Sign], at: int) -> Paragraph:
    """The part up to this sign, which is one of its `signs`."""
    if not part.breaks or at >= part.breaks[-1].at:
        return part
    if at <= 0:
        return replace(part, breaks=())
    end = sum(sign.width for sign in signs[:at])
    kept = tuple(place for place in part.breaks if place.at < at)
    return replace(part, breaks=(*kept, LineBreak(at, end, end)))
