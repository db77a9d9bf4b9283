"""Pictures on paper: no wider than their column, no taller than half of it, at their side, named in findings."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from pressroom.compose import Composition, Piece, compose
from pressroom.render.engine import Engine
from pressroom.render.placed_pictures import PlacedPicture, placed_pictures, smaller_picture
from pressroom.render.proof import render_piece
from pressroom.units import Length, mm

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")
# The text frame of the slip.
WIDE, HIGH = 78, 38
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path d="M0 0h30v10h-30z"/></svg>'


def _png(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("L", (width, height), 90).save(file, "PNG")
    return file.getvalue()


IMAGES = {
    "wide.png": _png(1200, 240),
    "tall.png": _png(300, 1200),
    "icon.png": _png(60, 60),
    "leg.svg": SVG,
}


def _piece(make_piece: MakePiece, body: str, tag: str = "en") -> Piece:
    said = {"Say.": "قل.", "Title": "T"} if tag == "ar" else None
    piece = make_piece(f"<!-- panel: text -->\n\n{body}\n", tag, said)
    return replace(piece, images=IMAGES)


def _placed(piece: Piece) -> tuple[list[PlacedPicture], Composition, list[float]]:
    composition = compose(piece)
    document = Engine(composition.page, "a.md").lay_out(":root { --fs-text: 8; --fs-control: 6 }")
    lefts = [box.position_x * 25.4 / 96 for box in _replaced(document.pages[0]._page_box)]
    return list(placed_pictures(document)), composition, lefts


def _replaced(box: object) -> list[object]:
    inside = [found for child in getattr(box, "children", ()) for found in _replaced(getattr(child, "_box", child))]
    return [box, *inside] if hasattr(box, "replacement") else inside


@pytest.mark.parametrize(
    ("written", "width", "height"),
    [
        ("![A](wide.png)", WIDE, WIDE / 5),
        ("![A](wide.png){width=50%}", WIDE / 2, WIDE / 10),
        ("![A](leg.svg)", WIDE, HIGH / 2),
        ("![A](leg.svg){width=30%}", WIDE * 0.3, WIDE * 0.1),
        # No coarser than 150 dots an inch, unless the document says how wide.
        ("![A](icon.png)", 60 / 150 * 25.4, 60 / 150 * 25.4),
        ("![A](icon.png){width=20%}", WIDE * 0.2, WIDE * 0.2),
        # As tall as half of its frame, and not cut.
        ("![A](tall.png)", HIGH / 2 / 4, HIGH / 2),
    ],
)
def test_size(make_piece: MakePiece, written: str, width: float, height: float) -> None:
    """A picture is as wide as its column or as its document says, and leaves its text half of the height."""
    (picture,), _, _ = _placed(_piece(make_piece, written))
    assert picture.width.mm == pytest.approx(width, abs=0.2)
    assert picture.height.mm == pytest.approx(height, abs=0.2)


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("side", ["start", "end"])
def test_side(make_piece: MakePiece, tag: str, side: str) -> None:
    """A picture is at its side, which is the other one where the page is read from the right."""
    _, composition, (left,) = _placed(_piece(make_piece, f'![A](wide.png "Say."){{width=40% side={side}}}', tag))
    frame = composition.frames[0].box
    at_left = (side == "start") == (tag == "en")
    wanted = frame.left.mm if at_left else frame.left.mm + WIDE * 0.6
    assert left == pytest.approx(wanted, abs=0.3)


def test_in_a_list(make_piece: MakePiece) -> None:
    """A picture that is a step is printed beside its number."""
    pictures, _, _ = _placed(_piece(make_piece, "1. ![Sit](icon.png)\n2. Stand"))
    assert [picture.source for picture in pictures] == ["icon.png"]


def test_overset(make_piece: MakePiece) -> None:
    """Text that runs over names its picture and how tall it is; what is read aloud in its place is no letter."""
    body = f"![{'A leg on a pillow. ' * 9}](wide.png)\n\n" + "\n\n".join(["Walk a little each day."] * 8)
    (finding,) = render_piece(_piece(make_piece, body)).diagnostics
    assert finding.code == "overset"
    assert "the picture wide.png is 16 mm tall; write {width=" in finding.hint
    assert "shorten its 184 letters" in finding.hint


def test_no_picture_where_words_are_set_alone(make_piece: MakePiece) -> None:
    """A layout that sets words alone refuses a picture at its line; it does not print what stands for it."""
    piece = _piece(make_piece, "![A](leg.svg)")
    macro = "{% macro text(panels, say) %}<p>{{ say(panels[0].blocks[0].message) }}</p>{% endmacro %}\n"
    rest = piece.layout.templates["template.html"].partition("{% endmacro %}")[2]
    layout = replace(piece.layout, templates={"template.html": macro + rest})
    (finding,) = render_piece(replace(piece, layout=layout)).diagnostics
    assert (finding.code, finding.span.path) == ("text-unset", "source/a.md")
    assert "has no place for a picture in panel 'text'" in finding.message


@pytest.mark.parametrize(
    ("over", "says"),
    [
        (mm(5), "write {width=35%} behind it"),
        (mm(1), "write {width=45%} behind it"),
        (mm(30), "take it out, or put it where there is more room"),
    ],
)
def test_smaller(over: Length, says: str) -> None:
    """The width to write is one at which the text fits."""
    pictures = [PlacedPicture("a.png", mm(30), mm(20)), PlacedPicture("b.png", mm(39), mm(26))]
    assert smaller_picture(pictures, mm(WIDE), over) == f"the picture b.png is 26 mm tall; {says}"
    assert smaller_picture([], mm(WIDE), over) == ""
