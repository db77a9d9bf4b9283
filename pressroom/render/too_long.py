"""How many letters a text is too long for its frame.

Letters are removed from the ends of the longest messages until the rest fits. An estimate by height is wrong by lines:
each message ends with a line that is not full, and a shorter text beside a heading saves nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import ceil
from typing import Final

from pressroom.compose import Composition, Piece, PlacedFrame, SharedFrames, compose
from pressroom.compose.page import drawn_in
from pressroom.content import Message
from pressroom.content.inline import TOKEN
from pressroom.layout import LOCALE
from pressroom.render.copyfit import Sizes, TextHeight
from pressroom.render.engine import Engine
from pressroom.render.measure import Gauge
from pressroom.render.numbers import Numbers
from pressroom.render.overset import letters_of

# How much more is removed in each turn, in lines, and once more at the end: other words break differently.
_TURN: Final = 0.4
# Letters of a full line for one of the average line.
_FULL: Final = 1.2
_HAIR: Final = 0.025


def letters_to_cut(piece: Piece, frame: PlacedFrame, sizes: Sizes, over: float, numbers: Numbers) -> int:
    """How many letters too many this frame has; its text runs over by `over` points at these sizes.

    They are found by `numbers` of the piece, and looked at in layouts.
    """
    voice = piece.voice(frame.voice)
    messages = tuple(dict.fromkeys(frame.messages))
    letters = sum(letters_of(voice.translation, message) for message in messages)
    # The closer leading: rather a line too many than one too few.
    line = sizes.body[frame.group] * sizes.leading.get("tight", 1.0)
    a_line = letters * line / (frame.box.height.pt + over)
    lines = ceil(over / line)
    if frame.voice != LOCALE:
        return min(letters, ceil(_FULL * lines * a_line))

    @cache
    def runs_over(cut: float) -> float:
        return _over(_cut(piece, messages, ceil(cut)), frame, sizes, numbers.composition)

    def next_cut(cut: float, over: float) -> float:
        return cut + max(1.0, _TURN * ceil(over / line) * a_line)

    tried, long = [lines * a_line], [letters_of(voice.translation, message) for message in messages]
    while tried[-1] < letters:
        height = numbers.shortened(frame.name, sizes, _longest_left(long, ceil(tried[-1])))
        if height is None or (more := _runs_over(height, frame, sizes)) <= _HAIR:
            break
        tried.append(next_cut(tried[-1], more))
    # The last one fits by numbers. Those before it are asked of the page, which may have room sooner.
    while len(tried) > 1 and runs_over(tried[-2]) <= _HAIR:
        tried.pop()
    cut = tried[-1]
    while cut < letters:
        over = runs_over(cut)
        if over <= _HAIR:
            cut += _TURN * a_line
            break
        cut = next_cut(cut, over)
    return max(1, min(letters, ceil(cut)))


def _over(piece: Piece, frame: PlacedFrame, sizes: Sizes, before: Composition) -> float:
    """By how many points the frame's text runs over when laid out alone, with headings as tall as in the piece.

    `before` is the composition of the whole text.
    """
    composition = _composed_again(piece, frame.name, before)
    # Its page alone: the others would be laid out empty.
    page = replace(composition, sheets=(composition.sheets[frame.page - 1],), frames=(replace(frame, page=1),))
    engine = Engine(page.only({frame.name}), piece.document.path)
    text = Gauge(engine, piece.layout, page, piece.language)(sizes)[frame.name]
    return _runs_over(text, frame, sizes)


def _composed_again(piece: Piece, name: str, before: Composition) -> Composition:
    """The composition with a frame that is written again; with all, if there are illustrations to compose again."""
    if before.illustrations:
        return compose(piece)
    others = tuple(part for part in before.parts if part.frame != name)
    return compose(piece, drawn=drawn_in(before), like=SharedFrames(others, ()))


def _runs_over(text: TextHeight, frame: PlacedFrame, sizes: Sizes) -> float:
    slots = sum(sizes.own_slots.get(frame.name, sizes.slot)[kind] for kind in text.slots)
    return text.height + slots - frame.box.height.pt


def _cut(piece: Piece, messages: Sequence[Message], letters: int) -> Piece:
    """The piece with `letters` removed from these messages: the longest are cut to one length."""
    texts = {message.key: piece.translation.of(message) for message in messages}
    long = {message.key: letters_of(piece.translation, message) for message in messages}
    most = _longest_left(list(long.values()), letters)
    shorter = {key: replace(one, text=shortened(one.text, max(0, long[key] - most))) for key, one in texts.items()}
    known = piece.translation.known | shorter
    return replace(piece, translation=replace(piece.translation, known=known))


def _longest_left(long: list[int], letters: int) -> int:
    """The length that messages must be cut to, to lose this many letters together."""
    most = max(long, default=0)
    while most > 0 and sum(max(0, one - most) for one in long) < letters:
        most -= 1
    return most


def shortened(text: str, letters: int) -> str:
    """The text without this many letters at its end; markup, placeholders, links, and each letter's accents stay."""
    kept: list[str] = []
    end = len(text)
    for match in [*reversed(list(TOKEN.finditer(text))), None]:
        start = match.end() if match else 0
        words = text[start:end]
        left = max(0, len(words) - letters)
        letters -= len(words) - left
        while 0 < left < len(words) and unicodedata.category(words[left]).startswith("M"):
            left += 1
        kept.append(words[:left])
        if match:
            kept.append(match[0])
            end = match.start()
    return "".join(reversed(kept))
