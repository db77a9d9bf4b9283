from __future__ import annotations

from pathlib import Path

import pytest
from weasyprint import HTML

from pressroom.layout import read_layout
from pressroom.project import Files
from pressroom.render.measure import widest
from pressroom.units import ZERO, Length

_PAGE = (
    "<style>@page {{ size: {}; margin: {} }} "
    "body {{ margin: 0 }} p {{ font: 12pt sans-serif }}</style><p>A few words.<p>{}"
)


def test_words_out_of_the_margin() -> None:
    """A word that is wider than a large print's line runs out of it, by more than letters may hang out."""
    layout = read_layout(Files(Path(__file__).parents[2]), "large-print")
    page = f"{layout.width.css()} {layout.height.css()}"
    over = []
    for letters in (10, 200, 201):
        html = _PAGE.format(page, layout.safe.css(), "m" * letters)
        over.append(widest(HTML(string=html).render(), layout))
    assert over[0] == ZERO
    letter = over[2].pt - over[1].pt
    assert over[1].pt == pytest.approx(200 * letter - (layout.width - layout.safe * 2).pt, abs=0.1)
    assert widest(HTML(string=html).render(), layout, over[2].pt + 1) == ZERO
    assert isinstance(over[1], Length)
