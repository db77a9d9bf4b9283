from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Name

from pressroom.compose import Piece
from pressroom.diagnostics import Span
from pressroom.layout import Stylesheet
from pressroom.preflight import letters
from pressroom.preflight.page_content import read_content, read_parts
from pressroom.preflight.seen import Seen, TypeFrame, check_letters
from pressroom.production.make import make
from pressroom.production.task import Task
from tests.preflight.test_examine import sheet

MakePiece = Callable[..., Piece]
HERE = Span("a.pdf")
WORDS = b"BT /F 12 Tf 20 50 Td (Call 911 now) Tj ET "
BODY = "\n<!-- panel: a -->\n\n# Blood clot\n\nCall {phone}.\n\n- Swelling of a leg\n- Sudden pain\n- Warm to touch\n"


# Around all that a page has, and more.
ALL = (-200.0, -200.0, 400.0, 400.0)


def _same_in_a_part(pdf: bytes) -> bool:
    """True if a look at a part that holds all of a page finds what a look at the page finds."""
    part, page = read_parts(pdf, [[ALL]]), read_content(pdf)
    return (part.runs, part.faults) == (page.runs, page.faults)


def _codes(drawn: bytes, *frames: TypeFrame) -> set[str]:
    return {d.code.removeprefix("preflight-") for d in check_letters(read_content(sheet(drawn)), Seen(frames), HERE)}


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        (WORDS + b"0 g 18 53 90 1 re f", "crossed"),
        (b"0 g 18 53 90 1 re f " + WORDS, "crossed"),
        (WORDS + b"1 w 18 54 m 110 54 l S", "crossed"),
        (WORDS + b"0.2 w 18 46 m 110 62 l S", "crossed"),
        (WORDS + b"1 g 18 54 90 9 re f", "covered"),
        (WORDS + b"1 g 40 45 14 20 re f", "covered"),
        (WORDS + b"q 72 0 0 9 18 54 cm /I Do Q", "covered"),
        (b"q 0 45 200 10 re W n " + WORDS + b"Q", "cut"),
        (b"q 0 0 60 100 re W n " + WORDS + b"Q", "cut"),
        (b"BT /F 12 Tf 160 50 Td (Call 911 now) Tj ET", "cut"),
        (b"BT /F 12 Tf 20 -4 Td (Call 911 now) Tj ET", "cut"),
        (b"BT /F 12 Tf -1 0 0 -1 150 50 Tm (Call 911) Tj ET", "turned"),
        (b"BT /F 12 Tf -1 0 0 1 150 50 Tm (Call 911) Tj ET", "turned"),
        (b"BT /F 12 Tf 1 0 0 -1 50 50 Tm (Call 911) Tj ET", "turned"),
        (b"BT /F 12 Tf 0 1 -1 0 50 10 Tm (Call 911) Tj ET", "turned"),
        (b"BT /F 12 Tf 1 0 0.6 1 50 50 Tm (Call 911) Tj ET", "turned"),
        (b"BT /F 12 Tf 0.5 0 0 1 50 50 Tm (Call 911) Tj ET", "turned"),
        (b"q -1 0 0 1 200 0 cm " + WORDS + b"Q", "turned"),
        (WORDS + b"BT /F 12 Tf 20 51 Td (Wait and see) Tj ET", "overlapping"),
        (WORDS + b"BT /F 12 Tf 44 54 Td (No) Tj ET", "overlapping"),
    ],
)
def test_words_that_are_not_seen_as_they_were_set(drawn: bytes, code: str) -> None:
    """Struck, covered, cut, turned and overlapping words are found, whatever the colours and the order of painting.

    A look at a part of a page finds the same.
    """
    assert code in _codes(drawn)
    assert _same_in_a_part(sheet(drawn))


@pytest.mark.parametrize(
    "drawn",
    [
        WORDS,
        WORDS + b"BT /F 12 Tf 20 38 Td (by telephone) Tj ET",
        WORDS + b"0.5 w 18 48.5 m 110 48.5 l S",
        WORDS + b"0.5 w 18 66 m 110 66 l S",
        b"0.6 0 0 rg 0 40 200 30 re f 1 g " + WORDS,
        b"q 10 40 180 30 re W n " + WORDS + b"Q",
        b"BT /F 12 Tf 1 0 0.2 1 20 50 Tm (Call 911) Tj ET",
        WORDS + b"1 g 120 40 40 40 re f",
        b"BT /F 12 Tf 20 50 Td (Call ) Tj /F 14 Tf (911) Tj /F 12 Tf ( now) Tj ET",
    ],
)
def test_honest_words(drawn: bytes) -> None:
    """Lines below and above, bands behind, boxes beside and words of another size in a line are no faults."""
    assert _codes(drawn) == set()
    assert _same_in_a_part(sheet(drawn))


@pytest.mark.parametrize(("text", "x", "y"), [("Call 911", 20, 50), ("Wait", 150, 50), ("Come", 20, 10)])
def test_words_of_several_columns(text: str, x: int, y: int) -> None:
    """A page is drawn column by column, and of three texts that are far apart the one that is covered is found."""
    texts = b"BT /F 12 Tf 20 50 Td (Call 911) Tj 130 0 Td (Wait) Tj -130 -40 Td (Come) Tj ET "
    pdf = sheet(texts + b"1 g %d %d 40 9 re f" % (x - 2, y + 4))
    faults = read_content(pdf).faults
    assert [(fault.kind, fault.text) for fault in faults] == [("covered", text)]
    assert _same_in_a_part(pdf)
    assert read_parts(pdf, [[(0, 0, 100, 100)]]).faults == tuple(fault for fault in faults if fault.across < 100)


def test_words_in_a_form() -> None:
    """A word in a form that another one covers is found in a part of the page too, and words beside it are not."""
    with pikepdf.open(io.BytesIO(sheet(b"/A Do /B Do BT /F 12 Tf 120 10 Td (now) Tj ET"))) as pdf:
        page = pdf.pages[0]
        for name, content in (("/A", WORDS), ("/B", b"1 g 18 54 90 9 re f")):
            form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 100])
            form.Resources = page.Resources
            page.Resources.XObject[name] = form
        out = io.BytesIO()
        pdf.save(out)
    faults = read_parts(out.getvalue(), [[(0, 40, 200, 100)]]).faults
    assert [(fault.kind, fault.text) for fault in faults] == [("covered", "Call 911 now")]
    assert _same_in_a_part(out.getvalue())
    assert read_parts(out.getvalue(), [[(110, 0, 200, 30)]]).faults == ()


def test_type_below_the_floor_of_its_frame() -> None:
    """Type is measured in the frame that it is in; Latin words in another script may be a little smaller."""
    upper, lower = TypeFrame("a", 1, (0, 40, 200, 100), 9), TypeFrame("b", 1, (0, 0, 200, 40), 6)
    drawn = b"BT /F %b Tf 20 50 Td (words) Tj ET BT /F 6 Tf 20 20 Td (words) Tj ET"
    assert _codes(drawn % b"8.0", upper, lower) == set()
    assert _codes(drawn % b"7.5", upper, lower) == {"small"}
    assert _codes(drawn % b"7.5", lower) == set()


LIES = {
    "line-through": ".frame-text p { text-decoration: line-through }",
    "a box turned": ".frame-text p { transform: rotate(180deg) }",
    "mirrored": ".frame-text p { transform: scaleX(-1) }",
    "shrunk": ".frame-text p { transform: scale(0.3) }",
    "3 px": ".frame-text li + li { font-size: 3px }",
    "6 pt": ".frame-text p { font-size: 6pt }",
    "white on white": ".frame-text p { color: #fff }",
    "nearly white": ".frame-text p { color: #f4f4f4 }",
    "1 % of opacity": ".frame-text p { opacity: 0.01 }",
    "clear": ".frame-text p { color: transparent }",
    "nearly clear": ".frame-text p { color: rgb(0 0 0 / 3%) }",
    "a background over half a line": ".frame-text li + li { position: relative; background: #fff; margin-top: -0.6em }",
    "a cover": ".frame-text ul { position: relative } .frame-text ul::after { content: ''; position: absolute;"
    " background: #fff; left: 0; top: 60%; width: 99%; height: 20% }",
    "a black bar": ".frame-text p { position: relative } .frame-text p::after { content: ''; position: absolute;"
    " background: #000; left: 0; top: 0.6em; width: 5em; height: 1pt }",
    "signs reversed": ".frame-text ul { display: flex; flex-direction: column-reverse }",
    "one sign first": ".frame-text ul { display: flex; flex-direction: column }"
    " .frame-text li:last-child { order: -1 }",
    "a row reversed": ".frame-text ul { display: flex; flex-direction: row-reverse }",
    "signs changed over": ".frame-text li:first-child { position: relative; top: 3em } .frame-text li:last-child"
    " { position: relative; top: -3em }",
    "lines on each other": ".frame-text p { margin-bottom: -1.1em }",
    "a line on another": ".frame-text li { line-height: 0.2 }",
    "letters spaced away": ".frame-text p { letter-spacing: -0.9em }",
    "off the paper": ".frame-text p { position: relative; left: 70mm }",
    "indented away": ".frame-text p { text-indent: -5em }",
    "cut in half": ".frame-text p { height: 0.6em; overflow: hidden }",
    "cut off below": ".frame-text ul { max-height: 1em; overflow: hidden }",
    "clipped": ".frame-text p { clip-path: inset(0 0 50% 0); overflow: hidden; height: 0.5em }",
    "a shadow": ".frame-text p { outline: 6mm solid #fff; outline-offset: -5mm }",
    "a word moved": ".frame-text p span { position: relative; left: -2em }",
    "a word pulled": ".frame-text p span { margin-left: -3em }",
    "a second title": ".frame-text h1::before { content: 'Not a Blood clot ' }",
    "words at the end": ".frame-text p::after { content: ' or wait and see' }",
    "a marker": ".frame-text li { display: list-item; list-style: 'Never ' inside }",
    "a margin": "@page { @top-center { content: 'Do not call' } }",
}  # fmt: skip


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("name", LIES)
def test_a_style_that_got_past_its_reader(name: str, make_piece: MakePiece) -> None:
    """What a lying style draws is found on the page too: no release is made of it, whatever reads styles."""
    piece = make_piece(BODY)
    styles = (*piece.layout.stylesheets, Stylesheet("layouts/slip/lie.css", LIES[name]))
    made = make(Task(replace(piece, layout=replace(piece.layout, stylesheets=styles))))
    bars = {d.code for d in made.diagnostics if d.bars}
    assert bars - {"overset"}, (name, made.diagnostics)


@pytest.mark.usefixtures("fonts")
def test_an_honest_piece(make_piece: MakePiece) -> None:
    """The piece that the lies are told of has no finding of its own."""
    assert make(Task(make_piece(BODY))).diagnostics == ()


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("words", ["Call {emergency}", "{emergency} is the number", "Call {emergency} at once"])
def test_a_number_on_a_line_of_its_own(words: str, make_piece: MakePiece) -> None:
    """Words are before the number, after it, or both: a card prints it large, on a line of its own."""
    piece = make_piece(f"\n<!-- panel: a -->\n\n# Blood clot\n\n{words}\n")
    style = Stylesheet("layouts/slip/number.css", ".value-emergency { display: block; line-height: 1.2 }")
    piece = replace(piece, layout=replace(piece.layout, stylesheets=(*piece.layout.stylesheets, style)))
    assert make(Task(piece)).diagnostics == ()


def test_letters_are_read_where_lines_reach_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a line that go on from each other need no look at each letter; two on each other do."""
    asked = list[object]()
    read = letters._read
    monkeypatch.setattr(letters, "_read", lambda page: asked.append(page) or read(page))
    line = b"BT /F 12 Tf 20 50 Td (Call ) Tj (911) Tj ( now) Tj ET BT /F 12 Tf 20 30 Td (soon) Tj ET "
    assert _codes(line) == set()
    assert asked == []
    assert _codes(line + b"BT /F 12 Tf 20 51 Td (Wait and see) Tj ET") == {"overlapping"}
    assert len(asked) == 1
