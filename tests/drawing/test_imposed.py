"""A sheet or a printer's copy draws its cards as their own files do; anything else on the way is refused."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pressroom.drawing import DrawingError
from pressroom.drawing.imposed import check_imposed
from tests.drawing.pdfs import page_pdf, text

PLACES = (((1.0, 0.0, 0.0, 1.0, 0.0, 300.0), (1.0, 0.0, 0.0, 1.0, 0.0, 100.0)),)
CLIP = "0 0 200 100 re W n "


def sheet(first: str, second: str, around: str = "") -> bytes:
    """Two cards on a page of 200 × 500 points, and what is around them."""
    spots = [" ".join(f"{number:g}" for number in place) for place in PLACES[0]]
    cards = zip(spots, (first, second), strict=True)
    content = "".join(f"q {spot} cm {CLIP}{card} Q\n" for spot, card in cards) + around
    with pikepdf.open(io.BytesIO(page_pdf(content))) as pdf:
        pdf.pages[0].MediaBox = [0, 0, 200, 500]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def check(made: bytes, *cards: str) -> None:
    """Compare the sheet with these cards."""
    check_imposed(made, [page_pdf(card) for card in cards], PLACES, "sheet.pdf", trimmed=True)


def test_the_cards_as_they_are() -> None:
    """One card twice, two cards, and lines beside them."""
    check(sheet(text("AB"), text("AB")), text("AB"))
    check(sheet(text("AB"), text("BA"), "0 450 m 100 450 l S\n"), text("AB"), text("BA"))


@pytest.mark.parametrize(
    "made",
    [
        sheet(text("AB"), text("BA")),
        sheet(text("NAB"), text("AB")),
        sheet(text("AB"), "1 g " + text("AB")),
        sheet(text("AB"), "q 0 0 20 20 re W n " + text("AB") + " Q"),
        sheet(text("AB"), text("AB"), "1 g 0 100 200 100 re f\n"),
        sheet(text("AB"), text("AB"), text("N", x=12, y=152)),
        page_pdf(f"q 1 0 0 1 0 300 cm {CLIP}{text('AB')} Q"),
    ],
)
def test_anything_else_is_refused(made: bytes) -> None:
    """A word more, another colour, a clip, a cover, a word over a card, a card that is missing."""
    with pytest.raises(DrawingError) as refusal:
        check(made, text("AB"))
    assert {found.code for found in refusal.value.problems} == {"look-unsigned"}
