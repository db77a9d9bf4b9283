"""Text in the middle of its frame: where it stands on the finished card; that it is too much is never hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest

from pressroom.compose import Piece
from pressroom.layout import Box
from pressroom.units import Length, mm

MakePiece = Callable[..., Piece]
ROOT = Path(__file__).parents[2]
CARD = "source/cards/dvt-pe.md"
TITLE, TERM = "Blood clot in the lung", "Pulmonary Embolism (PE)"
# Letters that nothing else on the card has, marks of a proof included.
OWN = frozenset("XZKW")
PRODUCTS = ["wallet-card", "metric-card", "business-card", "folded-card"]


def _card(make_piece: MakePiece, layout: str, title: str, term: str) -> Piece:
    text = (ROOT / CARD).read_text(encoding="utf-8").replace(TITLE, title).replace(TERM, term)
    return make_piece(text, head="", project="../..", layout=layout)


def _inked(pdf: bytes) -> Iterator[tuple[int, Length, Length]]:
    """Each of those letters: its page, and from the page's top its head and its foot."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            for index, letter in enumerate(text.get_text_range()):
                if letter in OWN:
                    _, bottom, _, top = text.get_charbox(index)
                    yield number, Length(page.get_height() - top), Length(page.get_height() - bottom)


def _bands(piece: Piece) -> list[tuple[int, Box]]:
    layout = piece.layout
    return [(layout.page_number(area.page), area.box) for area in layout.areas if area.kind == "band"]


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("layout", PRODUCTS)
@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("XZX ZXXX", "KWK ZKKZ"),
        ("XZX ZXXX XX XZXX XXZ XXXXX XXZ ZX", "KWK ZKKZ"),
        ("XZX ZXXX", "KWK ZKKZ KKWKK WKKKZKK KZKWKZZKK"),
    ],
)
def test_all_of_it_stands_in_the_band(make_piece: MakePiece, layout: str, title: str, term: str) -> None:
    """White letters stand inside the red band, in its middle, whether the title or the term takes a line or two."""
    from pressroom.render.proof import render_piece

    piece = _card(make_piece, layout, title, term)
    proof = render_piece(piece)
    assert not [found for found in proof.diagnostics if found.code == "overset"]
    assert proof.pdf is not None
    inked = list(_inked(proof.pdf))
    for page, band in _bands(piece):
        heads = [head - band.top for number, head, _ in inked if number == page]
        feet = [band.top + band.height - foot for number, _, foot in inked if number == page]
        assert len(heads) == len((title + term).replace(" ", ""))
        assert min(*heads, *feet) > mm(0.4)
        assert abs((min(heads) - min(feet)).mm) < 0.8


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("layout", PRODUCTS)
def test_too_much_is_told(make_piece: MakePiece, layout: str) -> None:
    """A title of more lines than the band holds is overset, though its frame is aligned in the middle."""
    from pressroom.render.proof import render_piece

    proof = render_piece(_card(make_piece, layout, " ".join(["XZXX ZXXX"] * 8), "KWK ZKKZ"))
    assert {"pe"} == {found.message.split("'")[1] for found in proof.diagnostics if found.code == "overset"}
