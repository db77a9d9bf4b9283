"""Where the clinic's own lines stand in a language that is read from the right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from pressroom.compose import Piece, compose

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")
ROOT = Path(__file__).parents[2]
HAIR = 1.5


@pytest.mark.parametrize(("tag", "side"), [("ar", "right"), ("en", "left")])
def test_name_and_address_on_one_edge(make_piece: MakePiece, tag: str, side: str) -> None:
    """On the folded card's back the clinic's name and each line of its address begin at one edge."""
    from pressroom.render.proof import render_piece

    source = (ROOT / "source/cards/dvt-pe.md").read_text(encoding="utf-8")
    piece = make_piece(source, tag, None, head="", project="../..", layout="folded-card", marking="release")
    pdf = render_piece(replace(piece, instead=None)).pdf
    (frame,) = (frame for frame in compose(piece).frames if frame.name == "phone")
    assert pdf is not None
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[frame.page - 1]
        text, lines = page.get_textpage(), defaultdict(list)
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            height = page.get_height() - (bottom + top) / 2
            inside = frame.box.left.pt - 2 < left < (frame.box.left + frame.box.width).pt + 2
            if right > left and inside and frame.box.top.pt < height < (frame.box.top + frame.box.height).pt:
                lines[round(height / 10)].append((left, right))
    # The name and two lines of address stand below the number.
    imprint = [lines[height] for height in sorted(lines)[-3:]]
    ends = {
        "left": [min(left for left, _ in line) - frame.box.left.pt for line in imprint],
        "right": [(frame.box.left + frame.box.width).pt - max(right for _, right in line) for line in imprint],
    }[side]
    assert max(ends) - min(ends) < HAIR
