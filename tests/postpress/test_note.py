from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pressroom.layout import read_sheets
from pressroom.postpress import note as notes
from pressroom.postpress.impose import impose
from pressroom.postpress.note import outlines
from pressroom.postpress.printer import Printer, for_printer
from pressroom.project import Files

SHEETS = read_sheets(Files(Path(__file__).parents[2]))
LONG = "PROOF, not for patients · business-card-letter · DVT-001 · Simplified Chinese, Traditional Chinese, Spanish"


@pytest.fixture
def white() -> bytes:
    """A card of two empty sides."""
    with pikepdf.new() as document:
        for _ in range(2):
            page = document.add_blank_page(page_size=(240, 140))
            page.obj.Resources = pikepdf.Dictionary()
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", SHEETS)
def test_clear_of_cards_and_edges(name: str, white: bytes) -> None:
    """What a sheet says of itself stands on both sides above all cards, and 6.35 mm from the edges of the paper."""
    sheet = SHEETS[name]
    made = impose([white], sheet, "long-edge", note=LONG)
    with pypdfium2.PdfDocument(made) as document:
        assert len(document) == 2
        for page in document:
            head = page.render(scale=2).to_pil().convert("L").crop((0, 0, page.get_width() * 2, sheet.first[1].pt * 2))
            # Cut marks stand in the same margin, close to the cards.
            ink = head.crop((0, 0, head.width, head.height - 30 if sheet.marks else head.height))
            left, top, right, bottom = ink.point(lambda value: 255 if value < 128 else 0).getbbox()
            assert min(left, top, head.width - right) >= 6.35 / 25.4 * 144
            assert bottom <= head.height - 2 / 25.4 * 144


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn in margins."""
    lines: list[str] = []

    def heard(text: str, size: float) -> tuple[float, bytes]:
        lines.append(text)
        return outlines(text, size)

    monkeypatch.setattr(notes, "outlines", heard)
    return lines


def test_which_edge(white: bytes, said: list[str]) -> None:
    """The note names the side, the scale and the edge; corrected for a printer of the other edge, it names that."""
    made = impose([white], SHEETS["avery-5371"], "long-edge", note="Cards")
    ending = "print at 100 % (actual size), two sides, flip on the long edge"
    assert [line for line in said if "long" in line] == [f"Cards · front · {ending}", f"Cards · back · {ending}"]
    turned = for_printer(made, Printer(flip="short-edge"), "long-edge")
    assert _notes(turned) == [_drawn(line) for line in said if "short" in line]
    assert _notes(for_printer(made, Printer(), "long-edge")) == [_drawn(line) for line in said if "long" in line]


def test_none(white: bytes, said: list[str]) -> None:
    """Without a note nothing is added."""
    impose([white], SHEETS["avery-5371"], "long-edge")
    assert said == []


def _notes(pdf: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [page.Resources.XObject[notes.NOTE].read_bytes().partition(b"0 g\n")[2] for page in document.pages]


def _drawn(line: str) -> bytes:
    return outlines(line, 7.0)[1]
