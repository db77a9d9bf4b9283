"""Measures how many characters a message in a fixed space may have.

It uses the real layout, at the smallest legible sizes and the smallest leading: a proof's page with ordinary words in
place of the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pressroom.catalog import Translated
from pressroom.catalog.lengths import stretch
from pressroom.catalog.model import Key
from pressroom.compose import Piece, PlacedFrame, compose
from pressroom.content import Message
from pressroom.layout import LOCALE
from pressroom.render.engine import Engine
from pressroom.render.fitting import smallest_sizes
from pressroom.render.measure import Gauge

# A frame of at most so many lines at the smallest size, with so few messages, is a fixed space.
_LINES: Final = 4
_MESSAGES: Final = 2
_MOST: Final = 255
# Lines break differently in every text: of three starting points in the sample, the smallest result counts.
_STARTS: Final = (0, 5, 11)
_TOKEN: Final = re.compile(r"(\{[a-z][a-z0-9-]*\}|\]\{\d{1,2}\}|\\.|[*\[\]]+|\n)")


@dataclass(frozen=True, slots=True)
class LengthLimit:
    """How many characters a message may have, and the frames that it is in.

    Every character counts, marks too, as Weblate counts: `most` is that of ordinary words with their marks.
    """

    message: Message
    most: int
    frames: tuple[str, ...]


def measure_lengths(piece: Piece, sample: str) -> list[LengthLimit]:
    """The limit of every message that is in a fixed space of this piece.

    If two are in one frame, the first is measured beside a short second one, and the second beside the first at its
    full length: both may use their whole limit.
    """
    composition = compose(piece)
    floors = smallest_sizes(piece, composition, tightened=1.0).body
    frames = [
        frame
        for frame in composition.frames
        if frame.voice == LOCALE
        and 0 < len(set(frame.messages)) <= _MESSAGES
        and frame.box.height.pt <= _LINES * floors[frame.group] * piece.language.line_height[1]
    ]
    turns: dict[Key, int] = {}
    messages: dict[Key, Message] = {}
    for frame in frames:
        for turn, message in enumerate(dict.fromkeys(frame.messages)):
            turns[message.key] = max(turn, turns.get(message.key, 0))
            messages[message.key] = message
    letters = dict.fromkeys(turns, 1)
    for turn in range(_MESSAGES):
        keys = [key for key, when in turns.items() if when == turn]
        trials = [_search(piece, frames, keys, messages, letters, sample, start) for start in _STARTS] if keys else []
        letters |= {key: min(one[key] for one in trials) for key in keys}
    return [
        LengthLimit(
            message,
            len(filled(message.msgid, sample, letters[key])),
            tuple(frame.name for frame in frames if key in {one.key for one in frame.messages}),
        )
        for key, message in messages.items()
        if 0 < letters[key] < _MOST
    ]


def filled(msgid: str, sample: str, letters: int, start: int = 0) -> str:
    """The message with `letters` characters of the sample in place of its words; its markup stays in place."""
    parts = _TOKEN.split(msgid)
    words = [part if number % 2 == 0 else "" for number, part in enumerate(parts)]
    total = sum(len(word.strip()) for word in words) or 1
    left, text = letters, []
    for number, part in enumerate(parts):
        bare = part.strip() if number % 2 == 0 else ""
        if bare:
            is_last = not any(word.strip() for word in words[number + 1 :])
            share = left if is_last else max(1, round(letters * len(bare) / total))
            left -= share
            part = part.replace(bare, stretch(sample, max(1, share), start + number))
        text.append(part)
    return "".join(text)


def _search(
    piece: Piece,
    frames: list[PlacedFrame],
    keys: list[Key],
    messages: Mapping[Key, Message],
    settled: Mapping[Key, int],
    sample: str,
    start: int,
) -> dict[Key, int]:
    """The most letters of each of these messages at which all its frames hold it; all are searched at once."""
    low, high = dict.fromkeys(keys, 0), dict.fromkeys(keys, _MOST)
    while any(low[key] < high[key] for key in keys):
        trial = {key: (low[key] + high[key] + 1) // 2 for key in keys}
        texts = {key: filled(messages[key].msgid, sample, n, start) for key, n in {**settled, **trial}.items()}
        full = _overset(piece, frames, texts)
        for key, letters in trial.items():
            if any(frame.name in full for frame in frames if key in {m.key for m in frame.messages}):
                high[key] = min(letters - 1, high[key])
            else:
                low[key] = letters
            high[key] = max(low[key], high[key])
    return low


def _overset(piece: Piece, frames: Iterable[PlacedFrame], texts: Mapping[Key, str]) -> set[str]:
    known = {key: Translated(text, "translated", piece.document.front.title.span) for key, text in texts.items()}
    translation = replace(piece.translation, known={**piece.translation.known, **known})
    composition = compose(replace(piece, translation=translation))
    gauge = Gauge(Engine(composition.page, piece.document.path), piece.layout, composition, piece.language)
    heights = gauge(smallest_sizes(piece, composition, tightened=1.0))
    return {frame.name for frame in frames if heights[frame.name].height > frame.box.height.pt + 0.025}
