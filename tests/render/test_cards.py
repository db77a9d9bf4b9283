"""What every kind of card has: a line to write on, a number clear of its label, a list clear of its head."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from weasyprint.formatting_structure import boxes

from pressroom.compose import Piece, compose
from pressroom.render.engine import Engine
from pressroom.render.page_boxes import PT_PER_PX, classes_of, place_of, placed_children
from pressroom.render.proof import render_piece
from pressroom.units import Length
from tests.conftest import CLINIC, translation

pytestmark = pytest.mark.usefixtures("fonts")
MakePiece = Callable[..., Piece]
ROOT = Path(__file__).parents[2]
CARDS = ["wallet-card", "business-card", "metric-card", "folded-card", "bilingual-card", "bilingual-tall-card"]
# Short words, so that no text gives way; what they say does not matter.
WORDS = {"es": "Texto", "ar": "اتصل بنا", "th": "ข้อความ", "zh-Hans": "文字"}


def _card(make_piece: MakePiece, layout: str, tag: str = "es", phone: str = "") -> Piece:
    text = (ROOT / "source/cards/dvt-pe.md").read_text(encoding="utf-8").replace("<!-- slot: clinician -->", "Call us")
    piece = make_piece(text, tag, head="", project="../..", layout=layout, clinic=replace(CLINIC, phone=phone))
    said = {m.msgid: m.msgid if "{" in m.msgid else WORDS[tag] for m in piece.document.messages}
    return replace(piece, translation=translation(piece.document.messages, tag, said), marking="release")


def _pdf(piece: Piece) -> bytes:
    proof = render_piece(piece)
    assert proof.pdf is not None
    assert [finding.code for finding in proof.diagnostics if finding.bars] == []
    return proof.pdf


def _boxes(box: boxes.Box) -> Iterator[boxes.Box]:
    yield box
    for child in placed_children(box):
        yield from _boxes(child)


def _lines_to_write_on(piece: Piece) -> list[tuple[float, float]]:
    """The line at the foot of each empty field: its length and its lower edge on the page, in mm."""
    proof, composition = render_piece(piece), compose(piece)
    assert proof.sizes is not None
    pages = Engine(composition.page, piece.document.path).lay_out(proof.sizes.css()).pages
    fields = (box for page in pages for box in _boxes(page._page_box) if "field" in classes_of(box))
    places = [place_of(box) for box in fields if box.border_bottom_width]
    return [(Length((right - left) * PT_PER_PX).mm, Length(foot * PT_PER_PX).mm) for left, _, right, foot in places]


def _letters(pdf: bytes, wanted: str) -> list[tuple[int, Length, Length, Length]]:
    """Each of these letters: its page, and its left, top and foot from the page's top left."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for index, letter in enumerate(text.get_text_range()):
                if letter in wanted:
                    left, bottom, _, top = text.get_charbox(index)
                    height = page.get_height()
                    found.append((number, Length(left), Length(height - top), Length(height - bottom)))
    return found


@pytest.mark.parametrize("layout", CARDS)
def test_a_line_to_write_on(make_piece: MakePiece, layout: str) -> None:
    """Where a clinic gives no number, every kind of card has a line of 45 mm or more to write it on."""
    piece = _card(make_piece, layout)
    lines = _lines_to_write_on(piece)
    assert len(lines) == (2 if piece.layout.bilingual else 1)
    assert min(length for length, _ in lines) >= 45


@pytest.mark.parametrize("layout", ["wallet-card", "business-card"])
def test_whose_number_it_is(make_piece: MakePiece, layout: str) -> None:
    """The clinic's name is below the line to write on, and clear of it."""
    piece = _card(make_piece, layout)
    piece = replace(piece, clinic=replace(piece.clinic, name="HHHH"))
    ((_, line),) = _lines_to_write_on(piece)
    tops = [top.mm for page, _, top, _ in _letters(_pdf(piece), "H") if page == 0]
    assert min(tops) > line + 0.3


@pytest.mark.parametrize("tag", ["es", "ar", "th", "zh-Hans"])
def test_a_number_below_its_handset(make_piece: MakePiece, tag: str) -> None:
    """The clinic's number is at one height in every script, which is below the handset's foot."""
    pdf = _pdf(_card(make_piece, "wallet-card", tag, "777-777-7777"))
    tops = {round(top.mm, 1) for page, _, top, _ in _letters(pdf, "7") if page == 0}
    assert tops == {44.1}


def test_the_clinic_of_a_frame_read_from_the_right(make_piece: MakePiece) -> None:
    """A frame for whom to call, beside signs, has the clinic's name at the right in a language read from the right."""
    text = (ROOT / "tests/projects/warning-cards/source/cards/stroke.md").read_text(encoding="utf-8")
    piece = make_piece(text, "ar", head="", project="../..", layout="folded-card", clinic=replace(CLINIC, name="QQQQ"))
    said = {m.msgid: m.msgid if "{" in m.msgid else WORDS["ar"] for m in piece.document.messages}
    pdf = _pdf(replace(piece, translation=translation(piece.document.messages, "ar", said), marking="release"))
    (frame,) = (frame for frame in piece.layout.frames if frame.name == "right-call")
    mirrored = frame.box.mirrored(piece.layout.width)
    inside = [left for page, left, _, _ in _letters(pdf, "Q") if page == 1]
    assert len(inside) == 4
    assert min(inside) > mirrored.left + mirrored.width * 0.5


@pytest.mark.parametrize("tag", ["es", "zh-Hans"])
@pytest.mark.parametrize("layout", ["wallet-card", "business-card"])
def test_a_list_is_clear_of_its_head(make_piece: MakePiece, layout: str, tag: str) -> None:
    """Between the medical term and the first sign is about as much as between signs, or more: the term is no sign."""
    text = (ROOT / "source/cards/dvt-pe.md").read_text(encoding="utf-8").replace("<!-- slot: clinician -->", "Call us")
    piece = make_piece(text, tag, head="", project="../..", layout=layout)
    said = {m.msgid: m.msgid if "{" in m.msgid else WORDS[tag] for m in piece.document.messages}
    front = [m.msgid for m in piece.document.messages if m.panel == "dvt"]
    said |= dict.fromkeys(front[1:], "QQQ")
    piece = replace(piece, translation=translation(piece.document.messages, tag, said), marking="release")
    feet = sorted({round(foot.mm, 1) for page, _, _, foot in _letters(_pdf(piece), "Q") if page == 0})
    term, first, second, *_ = feet
    assert first - term > (second - first) * 0.95
