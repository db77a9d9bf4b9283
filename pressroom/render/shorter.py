"""Measures how many letters a text that runs over must lose.

Letters are removed from the ends of the longest messages until the rest fits. An estimate by height is wrong by lines:
each message ends with a line that is not full, and a shorter text beside a heading saves nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from pressroom.catalog import Translation
from pressroom.compose import Piece, PlacedFrame, compose
from pressroom.content import Message
from pressroom.content.inline import TOKEN, parse_inline
from pressroom.layout import LOCALE
from pressroom.render.copyfit import Sizes
from pressroom.render.engine import Engine
from pressroom.render.measure import Gauge

# How much more is removed in each turn, in lines, and once more at the end: other words break differently.
_TURN: Final = 0.4
# Letters of a full line for one of the average line.
_FULL: Final = 1.2
_HAIR: Final = 0.025


def letters_to_cut(piece: Piece, frame: PlacedFrame, sizes: Sizes, over: float) -> int:
    """How many letters too many this frame has; its text runs over by `over` points at these sizes."""
    voice = piece.voice(frame.voice)
    messages = tuple(dict.fromkeys(frame.messages))
    letters = sum(letters_of(voice.translation, message) for message in messages)
    # The closer leading: rather a line too many than one too few.
    line = sizes.body[frame.group] * sizes.leading.get("tight", 1.0)
    a_line = letters * line / (frame.box.height.pt + over)
    lines = ceil(over / line)
    if frame.voice != LOCALE:
        return min(letters, ceil(_FULL * lines * a_line))
    cut = lines * a_line
    while cut < letters:
        over = _over(_cut(piece, messages, ceil(cut)), frame, sizes)
        if over <= _HAIR:
            cut += _TURN * a_line
            break
        cut += max(1.0, _TURN * ceil(over / line) * a_line)
    return max(1, min(letters, ceil(cut)))


def letters_of(translation: Translation, message: Message) -> int:
    """The number of letters of a message, without its markup."""
    return len(parse_inline(translation.of(message).text).plain)


def _over(piece: Piece, frame: PlacedFrame, sizes: Sizes) -> float:
    """By how many points the frame's text runs over when laid out alone, with headings as tall as in the piece."""
    composition = compose(piece)
    engine = Engine(composition.only({frame.name}), piece.document.path)
    heights = Gauge(engine, piece.layout, replace(composition, frames=(frame,)), piece.language)(sizes)
    slots = sum(sizes.slot[kind] for kind in heights.slots.get(frame.name, ()))
    return heights.frames[frame.name] + slots - frame.box.height.pt


def _cut(piece: Piece, messages: Sequence[Message], letters: int) -> Piece:
    """The piece with `letters` removed from these messages: the longest are cut to one length."""
    said = {message.key: piece.translation.of(message) for message in messages}
    long = {message.key: letters_of(piece.translation, message) for message in messages}
    most = _longest_left(list(long.values()), letters)
    shorter = {key: replace(one, text=without(one.text, max(0, long[key] - most))) for key, one in said.items()}
    known = piece.translation.known | shorter
    return replace(piece, translation=replace(piece.translation, known=known))


def _longest_left(long: list[int], letters: int) -> int:
    """The length that messages must be cut to, to lose this many letters together."""
    most = max(long, default=0)
    while most > 0 and sum(max(0, one - most) for one in long) < letters:
        most -= 1
    return most


def without(text: str, letters: int) -> str:
    """The text without this many letters at its end; markup, placeholders and links stay.

    A letter is never separated from its accents.
    """
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
