"""The diagnostics for text that does not fit, with what a translator can do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from pressroom.catalog import Translation
from pressroom.compose import Piece, PlacedFrame
from pressroom.content import Message
from pressroom.content.inline import parse_inline
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.render.copyfit import Sizes
from pressroom.render.shorter import letters_of
from pressroom.units import Length

_LONGEST: Final = 3
_WORD_END = re.compile("[\\s\u200b/–—]+|(?<=-)")


@dataclass(frozen=True, slots=True)
class Overset:
    """How far the text of each frame runs over, downwards and sideways, and how many letters too many it has."""

    down: dict[str, Length]
    sideways: dict[str, Length]
    letters: dict[str, int] = field(default_factory=dict)

    @property
    def frames(self) -> dict[str, str]:
        """The note a proof has at the marked edge of each of these frames."""
        notes = {name: f"overset by {_tenths(over):.1f} mm" for name, over in self.down.items()}
        return {name: f"{over.mm:.1f} mm too wide" for name, over in self.sideways.items()} | notes


def overset_findings(piece: Piece, frame: PlacedFrame, over: Overset, sizes: Sizes) -> Iterator[Diagnostic]:
    """The panel, the locale, the millimetres, the longest messages with their lines, and how much they must shrink."""
    size, voice = sizes.body[frame.group], piece.voice(frame.voice)
    tag, translation = voice.language.tag, voice.translation
    where = f"panel {frame.panel!r} ({frame.name} of {piece.layout.name})"
    longest = sorted(dict.fromkeys(frame.messages), key=lambda message: -letters_of(translation, message))[:_LONGEST]
    span = translation.of(longest[0]).span if longest else Span(piece.layout.path)
    if frame.name in over.down:
        message = (
            f"{where} is overset by {_tenths(over.down[frame.name]):.1f} mm at {size:.1f} pt, its smallest, in {tag}"
        )
        yield diagnostic(
            "overset", span, message, _shorten(translation, frame, over.letters.get(frame.name, 1), longest)
        )
    if frame.name in over.sideways:
        message = f"{where}: a word is {over.sideways[frame.name].mm:.1f} mm too wide at {size:.1f} pt in {tag}"
        yield diagnostic("overset", span, message, _widest(translation, frame))


def _tenths(over: Length) -> float:
    """Rounded up, so that a small overset is never 0."""
    return ceil(over.mm * 10) / 10


def _shorten(translation: Translation, frame: PlacedFrame, cut: int, longest: list[Message]) -> str:
    if not longest:
        return "give the frame more room in its layout.toml, or its group a smaller size"
    letters = max(1, sum(letters_of(translation, message) for message in dict.fromkeys(frame.messages)))
    places = ", ".join(f"{translation.of(m).span} ({letters_of(translation, m)} letters)" for m in longest)
    return f"shorten its {letters} letters by about {cut} ({ceil(cut / letters * 100)} %); longest: {places}"


def _widest(translation: Translation, frame: PlacedFrame) -> str:
    words = [(word, m) for m in frame.messages for word in _WORD_END.split(parse_inline(translation.of(m).text).plain)]
    if not words:
        return "give the frame more room in its layout.toml"
    word, message = max(words, key=lambda pair: len(pair[0]))
    return f"use a shorter word; the longest is “{word}” at {translation.of(message).span}"
