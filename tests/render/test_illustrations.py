"""Labels of illustrations on pages: in one column, none over another, on the side that the page is read to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.compose import Piece, compose
from pressroom.compose.illustrations import Place, showing_points
from pressroom.content.illustrations import read_illustration, with_labels
from pressroom.render.copyfit import Sizes
from pressroom.render.engine import Engine
from pressroom.render.illustrations import Words, labels_placed, stacked
from pressroom.render.illustrations import with_labels as with_placed
from pressroom.render.measure import Gauge
from pressroom.render.numbers import Numbers
from pressroom.render.proof import render_piece
from tests.conftest import translation

MakePiece = Callable[..., Piece]
ROOT = Path(__file__).parents[2]
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 124 300" data-focus="240">'
    b'<path d="M20 0V300" stroke="#000"/><text y="220" data-names="20 220">lid</text>'
    b'<text y="222" data-names="20 230">a wall of glass that is as thick as a thumb</text>'
    b'<text y="290" data-names="20 290">foot</text></svg>'
)
TEXT = (
    "<!-- panel: front -->\n\n# A\n\n<!-- panel: left -->\n\nSay.\n\n{}\n\n"
    "<!-- panel: right -->\n\nB\n\n<!-- panel: back -->\n\nC\n"
)
SIZES = Sizes({"reading": 12, "small": 6}, leading={"line-height": 1.5, "tight": 1.34})


def _piece(make_piece: MakePiece, tag: str = "en", svg: bytes = SVG, written: str = '![Jar](jar.svg "Jar")') -> Piece:
    piece = make_piece(TEXT.format(written), tag, project="other-clinic", layout="leaflet")
    document, problems = with_labels(piece.document, {"source/jar.svg": svg}.get)
    assert not problems
    said = None if tag == "en" else {m.msgid: "كلمة" for m in document.messages}
    return replace(
        piece, document=document, images={"jar.svg": svg}, translation=translation(document.messages, tag, said)
    )


@pytest.mark.parametrize(
    ("levels", "heights", "column", "tops"),
    [
        # Each at its level, which is the middle of its first line.
        ((20, 50), (10, 10), (0, 100), (15, 45)),
        # A label of three lines pushes the next one down.
        ((20, 30), (30, 10), (0, 100), (15, 47)),
        # At the foot all are pushed up.
        ((60, 95), (30, 10), (0, 100), (55, 90)),
        ((80, 95), (30, 10), (0, 100), (58, 90)),
        # A label whose point is at the head begins at the head, or where words may begin.
        ((2, 50), (10, 10), (0, 100), (0, 45)),
        ((20, 30), (10, 10), (40, 100), (40, 52)),
        # More words than room run out at the foot.
        ((5, 10), (60, 60), (0, 100), (0, 62)),
    ],
)
def test_labels_are_stacked(
    levels: tuple[float, ...], heights: tuple[float, ...], column: tuple[float, float], tops: tuple[float, ...]
) -> None:
    """Labels keep their levels as far as none is over another and all are above the foot."""
    words = [Words(height, 10) for height in heights]
    assert stacked(levels, words, column) == list(tops)


@pytest.mark.parametrize(
    ("height", "below"),
    [
        # All points are shown from the foot up.
        (150, 0.0),
        # As much is cut at the foot as shows the highest point, 8 below the head.
        (87, 1.0),
        # No more than leaves the lowest point as far above the foot.
        (40, 2.0),
    ],
)
def test_a_low_window_shows_what_its_labels_name(height: float, below: float) -> None:
    """A window that is too low for its points from the foot up shows those that it can."""
    drawing = read_illustration(SVG)
    assert drawing is not None
    place = showing_points(drawing, Place(240, height, 124), 8.0)
    assert place.below == pytest.approx(below)


@pytest.mark.usefixtures("fonts")
def test_labels_are_placed_by_their_measured_heights(make_piece: MakePiece) -> None:
    """The label of several lines pushes the next down; each line of the drawing ends at its label's first line."""
    composition = compose(_piece(make_piece))
    engine = Engine(composition.page, "a.md")
    found = labels_placed(composition, engine, SIZES)
    assert not found.findings
    placed = with_placed(composition, found)
    (drawn,) = placed.illustrations
    svg = placed.assets[drawn.address].decode()
    # 85 mm of column, 150 pt high: the foot of a drawing 300 high.
    assert 'viewBox="0 0 240.945 150.000"' in svg
    levels = [float(y) for y in re.findall(r'L123\.00 ([0-9.]+)" fill="none" stroke="#000"', svg)]
    assert len(levels) == 3
    assert levels[0] == pytest.approx(70)
    assert levels[0] < levels[1] < levels[2] < 150
    assert levels[1] - levels[0] == pytest.approx(11 * 1.34 + 2, abs=0.1)
    css = placed.stylesheets[-1].text
    assert ".names > .name-3 { margin-top:" in css


@pytest.mark.usefixtures("fonts")
def test_read_from_the_right_labels_are_at_the_left(make_piece: MakePiece) -> None:
    """In Arabic the drawing is at the right, mirrored, and lines lead to words at its left."""
    composition = compose(_piece(make_piece, "ar"))
    placed = with_placed(composition, labels_placed(composition, Engine(composition.page, "a.md"), SIZES))
    svg = placed.assets[placed.illustrations[0].address].decode()
    assert "scale(-1.00000 1.00000)" in svg
    assert "M220.94 70.00L117.95 70.00" in svg


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("tag", ["en", "ar"])
def test_labels_are_where_a_layout_has_them(make_piece: MakePiece, tag: str) -> None:
    """Labels that are placed by numbers, from a page of another size, are where those of a layout are."""
    piece = _piece(make_piece, tag)
    composition = compose(piece)
    engine = Engine(composition.page, "a.md")
    other = replace(SIZES, body={"reading": 10.0, "small": 6.0})
    numbers = Numbers(Gauge(engine, piece.layout, composition, piece.language), other)
    calculated = labels_placed(composition, engine, SIZES, calculate=lambda names: numbers.laid(SIZES, names))
    measured = labels_placed(composition, engine, SIZES)
    assert (calculated.style, calculated.findings, calculated.lacking) == (measured.style, (), {})
    one, other = (
        [float(number) for svg in placed.drawings.values() for number in re.findall(rb"[0-9]+\.[0-9]+", svg)]
        for placed in (calculated, measured)
    )
    assert one == pytest.approx(other, abs=0.011)


@pytest.mark.usefixtures("fonts")
def test_more_words_than_room_are_a_finding_at_the_picture(make_piece: MakePiece) -> None:
    """Labels that run out of a low drawing are reported at the line that names it."""
    low = SVG.replace(b"0 0 124 300", b"0 200 124 100").replace(b"as thick as a thumb", b"as thick as a thumb" * 6)
    proof = render_piece(_piece(make_piece, svg=low))
    (finding,) = [one for one in proof.diagnostics if one.code == "labels-crowded"]
    assert (finding.span.path, finding.span.line) == ("source/a.md", 17)
    assert "the labels of jar.svg run" in finding.message


@pytest.mark.usefixtures("fonts")
def test_a_label_that_is_longer_than_a_page_is_refused(make_piece: MakePiece) -> None:
    """Where text flows, the rest of its words has no drawing beside it; the piece is not released, and no fault."""
    source = (ROOT / "source" / "brochures" / "services.md").read_text(encoding="utf-8")
    piece = make_piece(source, head="", project="../..", layout="large-print")
    said = {message.msgid: message.msgid for message in piece.document.messages}
    said["clots can break off"] += " and travel" * 200
    piece = replace(piece, translation=translation(piece.document.messages, "es", said))
    proof = render_piece(piece)
    assert {finding.code for finding in proof.diagnostics if finding.bars} & {"text-hidden", "labels-crowded"}


@pytest.mark.usefixtures("fonts")
def test_a_piece_with_labels_is_made(make_piece: MakePiece) -> None:
    """A page with an illustration has its words as text, and no finding."""
    proof = render_piece(_piece(make_piece))
    assert proof.pdf is not None
    assert not proof.diagnostics
