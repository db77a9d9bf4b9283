"""What every kind of card has: a line to write on, a number clear of its label, a list clear of its head."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_PATH as PATH
from weasyprint.formatting_structure import boxes

from pressroom.compose import Piece, compose
from pressroom.preflight.page_content import read_content
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
    assert tops == {43.8}


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


@pytest.mark.parametrize("layout", CARDS)
def test_a_gap_below_each_list(make_piece: MakePiece, layout: str) -> None:
    """On every kind of card a list of signs ends 0.8 mm or more above what is below it, or 0.4 mm above a rule."""
    card = _card(make_piece, layout).layout
    for signs in (frame for frame in card.frames if frame.role == "signs"):
        left, right = signs.box.left, signs.box.left + signs.box.width
        foot = signs.box.top + signs.box.height
        others = [one for one in (*card.frames, *card.areas) if one.page == signs.page and one.box.top >= foot]
        below = [one for one in others if one.box.left < right and one.box.left + one.box.width > left]
        rule = min((one.box.top.mm for one in below if getattr(one, "kind", "") == "foot-rule"), default=999)
        nearest = min((one.box.top.mm for one in below if one.box.top.mm < rule), default=999)
        assert nearest - foot.mm >= 0.8
        assert rule - foot.mm >= 0.4


@pytest.mark.parametrize("layout", ["wallet-card", "business-card", "metric-card", "bilingual-card"])
def test_the_sentence_is_no_sign(make_piece: MakePiece, layout: str) -> None:
    """Where both are as full as can be, the letters of the sentence are 1 mm or more below those of the last sign."""
    piece = _card(make_piece, layout)
    known = {m.msgid: m.msgid if "{" in m.msgid else "Texto" for m in piece.document.messages}
    front = [m.msgid for m in piece.document.messages if m.panel == "dvt"]
    known |= dict.fromkeys(front[2:], "Q" * 36) | {front[3]: "Q" * 36 + " " + "Q" * 36}
    known["Clots can travel to the lung and be fatal."] = " ".join(["HHHHHHHHHHHHH"] * 3)
    pdf = _pdf(replace(piece, translation=translation(piece.document.messages, "es", known)))
    page = _letters(pdf, "Q")[0][0]
    last = max(foot.mm for number, _, _, foot in _letters(pdf, "Q") if number == page)
    first = min(top.mm for number, _, top, _ in _letters(pdf, "H") if number == page and top.mm > last)
    assert first - last >= 1.0


@pytest.mark.parametrize("tag", ["es", "ar"])
@pytest.mark.parametrize("layout", CARDS)
def test_what_a_photocopy_keeps(make_piece: MakePiece, layout: str, tag: str) -> None:
    """Black where it is half dark and white elsewhere, a card keeps all words and rules: none is pale, thin or tiny."""
    pdf = _pdf(_card(make_piece, layout, tag))
    runs = read_content(pdf).runs
    assert {(_lightness(run.colour) > 0.5, _lightness(run.paper) > 0.5) for run in runs} == {
        (False, True),
        (True, False),
    }
    assert all(abs(_lightness(shade) - 0.5) > 0.2 for run in runs for shade in (run.colour, run.paper))
    assert min(run.size for run in runs) >= 5.5
    with pypdfium2.PdfDocument(pdf) as document:
        shapes = [thing.get_bounds() for page in document for thing in page.get_objects() if thing.type == PATH]
    assert min(min(right - left, top - bottom) for left, bottom, right, top in shapes) >= 0.49


def _lightness(colour: tuple[int, int, int]) -> float:
    """As a photocopier sees it, from 0 to 1."""
    red, green, blue = colour
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


@pytest.mark.parametrize("layout", ["wallet-card", "business-card", "bilingual-card"])
def test_the_number_is_the_largest_below_the_title(make_piece: MakePiece, layout: str) -> None:
    """In a hurry the number is found first: it is half as large again as any sign."""
    pdf = _pdf(_card(make_piece, layout, phone="777-777-7777"))
    sizes = [run.size for run in read_content(pdf).runs if run.page == 1]
    assert 13.5 in sizes
    assert 13.5 >= 1.45 * 9.2


def test_the_lower_half_of_a_tall_card_is_used(make_piece: MakePiece) -> None:
    """The sentence on a tall card is twice as large as the signs' smallest size, and fills a third of its half."""
    piece = _card(make_piece, "bilingual-tall-card")
    known = {m.msgid: m.msgid if "{" in m.msgid else WORDS["es"] for m in piece.document.messages}
    known["Clots can travel to the lung and be fatal."] = "HHHHHH HHHHH HHHHHHH HHHH HHHHHH."
    pdf = _pdf(replace(piece, translation=translation(piece.document.messages, "es", known)))
    rows = [(top.mm, foot.mm) for page, _, top, foot in _letters(pdf, "H") if page == 0 and top.mm > 54]
    assert max(foot for _, foot in rows) - min(top for top, _ in rows) > 38.5 / 3
