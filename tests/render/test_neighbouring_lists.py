"""A list that follows another keeps its distance, as a paragraph does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pressroom.compose import Piece, compose
from pressroom.render.engine import Engine
from pressroom.render.fitting import usual_sizes
from pressroom.render.measure import Gauge

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")
TEXT = "<!-- panel: cover -->\n\n# A title\n\n<!-- panel: text -->\n\n## A question\n\n{}\n"


@pytest.mark.parametrize("layout", ["flyer"])
def test_steps_after_points(make_piece: MakePiece, layout: str) -> None:
    """Two lists are no closer than two items of a list."""
    heights = list[float]()
    for lists in ("- A.\n- B.\n- C.\n- D.\n- E.", "- A.\n- B.\n- C.\n\n1. D.\n2. E."):
        piece = make_piece(TEXT.format(lists), project="../..", layout=layout)
        composition = compose(piece)
        gauge = Gauge(Engine(composition.page, piece.document.path), piece.layout, composition, piece.language)
        sizes = replace(usual_sizes(piece, composition).of_text, para={"text": 6.0})
        heights.append(gauge(sizes)["text"].height)
    assert heights[1] >= heights[0] - 0.1
