"""Whose word is too wide: panels stand side by side, and a long word of one may end in the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pressroom.compose import Piece, compose
from pressroom.layout import Frame, Layout
from pressroom.render.copyfit import Sizes
from pressroom.render.engine import Engine
from pressroom.render.measure import Gauge
from pressroom.units import mm

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")
SIZES = Sizes({"text": 10.0, "control": 6.0}, {}, {}, {"line-height": 1.3, "tight": 1.2, "title-lead": 1.2})
# Letters of one width; the word they make can't be broken.
WORD = {"en": "nnnnn", "ar": "بببببببببب"}


def _beside(layout: Layout) -> Layout:
    """The text's frame 25 mm wide, and beside it, 2 mm away, the control line's, as tall."""
    boxes = {"text": (mm(6), mm(25)), "control": (mm(33), mm(50))}

    def placed(frame: Frame) -> Frame:
        left, width = boxes[frame.name]
        return replace(frame, box=replace(frame.box, left=left, width=width, top=mm(6), height=mm(38)))

    return replace(layout, frames=tuple(placed(frame) for frame in layout.frames))


def _gauge(make_piece: MakePiece, tag: str, words: int) -> Gauge:
    said = " ".join([WORD[tag], WORD[tag] * words])
    piece = make_piece(f"\n<!-- panel: a -->\n\n{said}\n", tag, {said: said})
    composition = compose(replace(piece, layout=_beside(piece.layout)))
    return Gauge(Engine(composition, "x"), _beside(piece.layout), composition, piece.language)


@pytest.mark.parametrize("tag", WORD)
def test_a_word_that_ends_in_the_next_panel(make_piece: MakePiece, tag: str) -> None:
    """A long word is told of its own panel by all that stands out of it, also where it ends inside the next one's."""
    shorter, longer = (_gauge(make_piece, tag, words).sideways(SIZES) for words in (3, 4))
    assert set(shorter) == set(longer) == {"text"}
    word = longer["text"] - shorter["text"]
    # The last letter of a joined script is the widest.
    assert 3 * word.pt - 1 <= (mm(25) + shorter["text"]).pt <= 3.2 * word.pt
    assert mm(2) < shorter["text"] < longer["text"] < mm(50)


@pytest.mark.parametrize("tag", WORD)
def test_nothing_is_told_of_what_fits(make_piece: MakePiece, tag: str) -> None:
    """Side by side, words as wide as their frame are nobody's fault."""
    assert _gauge(make_piece, tag, 1).sideways(replace(SIZES, body={"text": 7.0, "control": 6.0})) == {}
