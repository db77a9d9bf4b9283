"""What of a card's side English may fill, and that nothing a patient reads is set too small."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from pressroom.compose import Piece, PlacedFrame, compose
from pressroom.language import find_language
from pressroom.layout import LOCALE, Box, FitGroup
from pressroom.render.proof import render_piece
from pressroom.units import mm
from tests.conftest import CLINIC, translation

MakePiece = Callable[..., Piece]
ROOT = Path(__file__).parents[2]
CARD = "source/cards/dvt-pe.md"


def _frame(name: str, left: float, top: float, height: float) -> PlacedFrame:
    return PlacedFrame(name, 1, Box(mm(left), mm(top), mm(20), mm(height)), "text", "a", LOCALE, ())


def _card(make_piece: MakePiece, layout: str) -> Piece:
    text = (ROOT / CARD).read_text(encoding="utf-8").replace("<!-- slot: clinician -->", "Call us")
    return make_piece(text, head="", project="../..", layout=layout)


def _said(pdf: bytes | None) -> str:
    assert pdf is not None
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def _sizes(pdf: bytes) -> Iterator[tuple[str, float]]:
    """Every letter with the size it is set in, in points: the PDF's own units are CSS pixels."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            for index, letter in enumerate(text.get_text_range()):
                if not letter.isspace():
                    yield letter, pdfium.FPDFText_GetFontSize(text, index) * 0.75


def test_tallest_stack() -> None:
    """What stands one below the other is added, what stands side by side counts once, at its tallest."""
    from pressroom.render.copyfit import TextHeight
    from pressroom.render.overset import tallest_stack

    frames = (_frame("head", 0, 0, 10), _frame("foot", 0, 10, 10), _frame("beside", 30, 10, 10))
    assert tallest_stack(frames, {"head": TextHeight(5), "foot": TextHeight(7), "beside": TextHeight(9)}) == 14
    assert tallest_stack((), {}) == 0


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("layout", ["wallet-card", "metric-card", "business-card", "folded-card"])
def test_english_leaves_room(make_piece: MakePiece, layout: str) -> None:
    """At the smallest size English fills at most 72 % of the room for words of each side: other languages need more."""
    from pressroom.render.proof import render_piece

    assert [d.message for d in render_piece(_card(make_piece, layout)).diagnostics] == []


@pytest.mark.usefixtures("fonts")
def test_a_full_side_is_told(make_piece: MakePiece) -> None:
    """A side that English fills is named with its share and how many millimetres are too many."""
    from pressroom.render.proof import render_piece

    body = "\n<!-- panel: a -->\n\n" + "\n\n".join(f"Sentence {n} of the text." for n in range(12)) + "\n"
    found = [d for d in render_piece(make_piece(body)).diagnostics if d.code == "side-full"]
    assert len(found) == 1
    assert "of slip at its smallest" in found[0].message
    assert "mm more than the 72%" in found[0].message
    assert not [d for d in render_piece(make_piece(body, "es", {})).diagnostics if d.code == "side-full"]


@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
def test_no_size_below_the_floor(make_piece: MakePiece, tag: str) -> None:
    """Whatever a layout asks for, a patient's words are never below the language's smallest size; staff's may be."""
    from pressroom.render.fitting import type_range

    piece = replace(_card(make_piece, "wallet-card"), language=find_language(tag))
    legible = piece.language.sizes["card"][0]
    assert type_range(FitGroup("foot", factor=0.5), piece).floor == legible
    assert type_range(FitGroup("foot", floor=5, preferred=6), piece).floor == legible
    assert type_range(FitGroup("foot", floor=5, preferred=6), piece).preferred == legible
    assert type_range(FitGroup("control", floor=5.5, preferred=6, staff=True), piece).floor == 5.5


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("layout", ["wallet-card", "business-card", "folded-card"])
def test_small_type_is_for_staff_alone(make_piece: MakePiece, layout: str) -> None:
    """In the finished card every letter below 7 pt is one of the clinic's own and control lines, and none below 5.5."""
    from pressroom.render.proof import render_piece

    piece = replace(_card(make_piece, layout), marking="release")
    pdf = render_piece(piece).pdf
    assert pdf is not None
    small = [(letter, size) for letter, size in _sizes(pdf) if size < 6.99]
    control = "".join((*piece.control.lines, piece.clinic.name, *piece.clinic.address)).replace(" ", "")
    assert len(small) <= len(control) + len(piece.clinic.address)
    assert min(size for _, size in small) >= 5.49
    assert max(size for _, size in _sizes(pdf)) == pytest.approx(20, abs=0.01)


@pytest.mark.usefixtures("fonts")
def test_where_to_look(make_piece: MakePiece) -> None:
    """The card of two sides says to turn it over, the folded one to look inside, the web page neither."""
    from pressroom.compose import compose_web
    from pressroom.render.proof import render_piece

    wallet, folded = (_said(render_piece(_card(make_piece, name)).pdf) for name in ("wallet-card", "folded-card"))
    assert "be fatal. See other side" in wallet
    assert "be fatal. Look inside" in folded
    assert "See other side" not in folded
    web = compose_web(_card(make_piece, "web-page")).replace("\xa0", " ")
    assert "be fatal." in web
    assert "See other side" not in web
    assert "Look inside" not in web


def test_sentences_of_full_width(make_piece: MakePiece) -> None:
    """No space follows a full stop that brings its own: where to look joins the sentence as its script does."""
    text = {"Clots can travel to the lung and be fatal.": "血栓可能移动到肺部并致命。"}
    source = (ROOT / CARD).read_text(encoding="utf-8")
    chinese = compose(make_piece(source, "zh-Hans", text, head="", project="../..", layout="wallet-card")).html
    english = compose(_card(make_piece, "wallet-card")).html
    where = '<b class="look">'
    assert f" {where}" in english
    assert where in chinese
    assert f" {where}" not in chinese


# Two lines each, above two places with a line to write on: nothing of it is read by anybody.
_TWO_LINES = {
    "en": "Call us to ask or to book, at whichever of the places below is the nearest to you or to your work, any day",
    "ru": "Позвоните, чтобы спросить или записаться, в ближайшую к вам клинику из этих двух",
    "ar": "اتصل بنا لتسأل أو لتحجز موعدا في أقرب مكان إليك من هذه الأماكن "
    "المذكورة أدناه هنا والمفتوحة كل يوم من الصباح",
    "ja": "質問または予約のお電話は、下に記した場所のうち一番近いところへ、平日の朝から夕方までの間にお願いいたします",
}


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("tag", _TWO_LINES)
def test_a_flyers_heading_of_two_lines(make_piece: MakePiece, tag: str) -> None:
    """At the smallest size a heading of two lines fits above the places behind a flyer, with a line to write on."""
    from pressroom.render.copyfit import Sizes
    from pressroom.render.engine import Engine
    from pressroom.render.measure import Gauge

    source = (ROOT / "source/brochures/epidural-blood-patch.md").read_text(encoding="utf-8")
    # With its boxes the places have less width.
    source = source.partition("> [!IMPORTANT]")[0] + source[source.index("<!-- panel: contact -->") :]
    piece = make_piece(source, tag, None, head="", project="../..", layout="flyer-two-sides")
    piece = replace(piece, places=tuple(replace(place, phone="") for place in piece.places * 2))
    (contact,) = (m for m in piece.document.messages if m.panel == "contact" and m.role.startswith("heading"))
    heights = []
    for text in ("X", _TWO_LINES[tag]):
        known = piece.translation.known | {contact.key: replace(piece.translation.of(contact), text=text)}
        composition = compose(replace(piece, translation=replace(piece.translation, known=known)))
        (frame,) = (frame for frame in composition.frames if frame.name == "places")
        sizes = Sizes({g.name: piece.language.sizes["brochure"][0] for g in piece.layout.groups})
        gauge = Gauge(Engine(composition.page, "x"), piece.layout, composition, piece.language)
        heights.append(gauge(replace(sizes, leading=piece.language.leading(1.0)))["places"].height)
    assert heights[0] + 12 < heights[1] < heights[0] + 24
    assert heights[1] <= frame.box.height.pt + 0.025


@pytest.mark.usefixtures("fonts")
def test_the_clinics_number_in_the_words_above_its_field(make_piece: MakePiece) -> None:
    """A clinician may write "Call {phone}" on a card: the number has its sentence's size, and stays in its frame."""
    source = (ROOT / "source" / "cards" / "dvt-pe.md").read_text(encoding="utf-8")
    source = source.replace("<!-- slot: clinician -->", "Call {phone}")
    clinic = replace(CLINIC, phone="801-555-0142")
    piece = make_piece(source, "es", head="", project="../..", layout="wallet-card", clinic=clinic)
    said = {message.msgid: "Texto" for message in piece.document.messages} | {"Call {phone}": "Llame al {phone}."}
    proof = render_piece(replace(piece, translation=translation(piece.document.messages, "es", said)))
    assert [finding.code for finding in proof.diagnostics if finding.bars] == []
    assert proof.joined is not None


@pytest.mark.usefixtures("fonts")
def test_what_no_language_makes_taller(make_piece: MakePiece) -> None:
    """Of a card's side only the room for words counts: what stays as tall in every language takes none of it."""
    from pressroom.render.copyfit import TextHeight
    from pressroom.render.overset import full_sides

    piece = _card(make_piece, "wallet-card")
    (said, *_) = piece.document.messages
    words = replace(_frame("words", 5, 4, 20), messages=(said,))
    number = _frame("number", 5, 24, 20)
    # Of 47.58 mm the number has 7.58: 0.72 of the other 40 mm are 28.8.
    for tall, full in ((28.7, 0), (28.9, 1)):
        heights = {"words": TextHeight(mm(tall).pt), "number": TextHeight(mm(7.58).pt)}
        assert len(list(full_sides(piece.layout, (words, number), heights))) == full
