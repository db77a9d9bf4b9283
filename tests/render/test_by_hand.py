"""What is for the reader's hand is there once, and in both languages of a piece or in none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

import pytest

from pressroom.compose import Composition, Piece, PlacedFrame, compose
from pressroom.layout import LOCALE
from pressroom.render.by_hand import with_by_hand
from pressroom.render.copyfit import Sizes, TextHeight
from pressroom.render.numbers import Numbers
from pressroom.units import Length

MakePiece = Callable[..., Piece]
SIZES = Sizes({"text": 10.0})
NOTES = '<div class="by-hand">Notes</div>'


@dataclass(frozen=True)
class _Gauge:
    """Each frame has a text of 100 pt and 50 pt for each element for the reader's hand; no word is too wide."""

    composition: Composition

    def __call__(self, sizes: Sizes) -> dict[str, TextHeight]:
        return {frame.name: TextHeight(100.0 + 50.0 * frame.by_hand) for frame in self.composition.frames}

    def of(self, composition: Composition) -> _Gauge:
        return _Gauge(composition)

    def sideways(self, sizes: Sizes) -> dict[str, object]:
        return {}


def _kept(make_piece: MakePiece, frames: dict[str, tuple[str, str, float]]) -> dict[str, int]:
    """How many elements are kept of each frame: its language, its HTML and its height by its name."""
    composition = compose(make_piece("\n<!-- panel: a -->\n\nText.\n"))
    first, part = composition.frames[0], composition.parts[0]
    placed = {
        name: replace(
            first, name=name, voice=voice, role="a", by_hand=html.count("by-hand"), filler=None, box=_box(first, height)
        )
        for name, (voice, html, height) in frames.items()
    }
    parts = tuple(replace(part, frame=name, html=type(part.html)(html)) for name, (_, html, _) in frames.items())
    sheets = (replace(composition.sheets[0], parts=parts),)
    whole = replace(composition, frames=tuple(placed.values()), sheets=sheets)
    by_hand = {name: frame.by_hand for name, frame in placed.items()}
    gauge = cast("Numbers", _Gauge(replace(whole, frames=tuple(replace(f, by_hand=0) for f in placed.values()))))
    out = with_by_hand(whole, {}, by_hand, SIZES, gauge)
    return {name: by_hand[name] - out[name].by_hand for name in frames}


def _box(frame: PlacedFrame, height: float):
    return replace(frame.box, height=Length(height))


def test_the_same_is_there_once(make_piece: MakePiece) -> None:
    """Of frames that have the same lines to write on, the one with the most room keeps them; others keep other ones."""
    other = NOTES.replace("Notes", "Questions")
    frames = {"a": (LOCALE, NOTES, 160.0), "b": (LOCALE, NOTES, 400.0), "c": (LOCALE, other, 200.0)}
    assert _kept(make_piece, frames) == {"a": 0, "b": 1, "c": 1}


@pytest.mark.parametrize(("height", "kept"), [(140.0, 0), (160.0, 1)])
def test_both_languages_or_neither(make_piece: MakePiece, height: float, kept: int) -> None:
    """A frame of one language keeps what is for the reader's hand only if that of the other one has room for it."""
    frames = {"a": (LOCALE, NOTES.replace("Notes", "Notas"), height), "a-en": ("en", NOTES, 400.0)}
    assert _kept(make_piece, frames) == {"a": kept, "a-en": kept}
