"""Illustrations at their places: cut from the foot up, mirrored unless they have a side, with lines to their points."""

import re
from xml.etree import ElementTree

import pytest

from pressroom.compose.illustrations import Place, named_point, numbered_svg, placed_svg
from pressroom.content.illustrations import Illustration, Label, read_illustration

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 0 100 200" data-focus="150" fill="none">'
    b'<path d="M10 0L110 200"/><text y="150" data-names="60 150">lid</text></svg>'
)


@pytest.fixture
def jar() -> Illustration:
    """A drawing 100 wide and 200 high."""
    found = read_illustration(SVG)
    assert found is not None
    return found


def test_a_drawing_is_shown_from_its_foot_up(jar: Illustration) -> None:
    """In a place half as high as the drawing, the upper half is cut off, and the scale is that of the column."""
    place = Place(220, 100, 100)
    assert place.scale(jar) == 1
    assert place.top(jar) == 100
    assert place.point(jar, (60, 150)) == (50, 50)
    assert Place(220, 100, 50).point(jar, (60, 150)) == (25, 75)


def test_a_drawing_is_mirrored_with_its_page(jar: Illustration) -> None:
    """Read from the right, a point is as far from the right edge as it was from the left."""
    assert Place(220, 100, 100, mirrored=True).point(jar, (60, 150)) == (170, 50)
    assert "scale(-1.00000 1.00000)" in Place(220, 100, 100, mirrored=True).transform(jar)


def test_anatomy_with_a_side_moves_and_is_never_mirrored() -> None:
    """A chest keeps its heart on its side: it moves to the other end of its place."""
    chest = read_illustration(SVG.replace(b"data-focus", b'data-side="kept" data-focus'))
    assert chest is not None
    place = Place(220, 100, 100, mirrored=True)
    assert place.point(chest, (10, 150)) == (120, 50)
    assert place.point(chest, (110, 150)) == (220, 50)
    assert "scale(1.00000 1.00000)" in place.transform(chest)


def test_the_first_point_that_is_shown_is_named(jar: Illustration) -> None:
    """A label names a higher point where its window is high enough to show it."""
    label = Label("bone", 150, ((60, 50), (60, 110), (60, 150)), 1)
    assert named_point(label, jar, Place(220, 180, 100), 8) == (50, 30)
    assert named_point(label, jar, Place(220, 100, 100), 8) == (50, 10)
    assert named_point(label, jar, Place(220, 60, 100), 11) == (50, 10), "the last, where none is shown"


def test_words_are_taken_out_and_lines_are_drawn(jar: Illustration) -> None:
    """The SVG in its place has no letters, and a line with a ring and a white edge for each label."""
    drawn = placed_svg(SVG, jar, Place(220, 100, 100), [((50, 50), (118, 30))]).decode()
    root = ElementTree.fromstring(drawn)
    assert root.get("viewBox") == "0 0 220.000 100.000"
    assert not [element for element in root.iter() if element.tag.endswith("text")]
    assert "data-" not in drawn
    assert '<g fill="none"' in drawn or 'fill="none"><' in drawn
    line = 'd="M50.00 50.00L110.00 30.00L118.00 30.00" fill="none" stroke='
    assert re.findall(re.escape(line) + '"(#...)" stroke-width="([0-9.]+)"', drawn) == [
        ("#fff", "2.75"),
        ("#000", "0.75"),
    ]
    assert '<circle cx="50.00" cy="50.00" r="1.90"' in drawn


def test_a_line_to_words_at_the_left_bends_the_other_way(jar: Illustration) -> None:
    """Where words are left of their point, the line's level end is at the left too."""
    drawn = placed_svg(SVG, jar, Place(220, 100, 100, mirrored=True), [((170, 50), (102, 30))]).decode()
    assert "M170.00 50.00L110.00 30.00L102.00 30.00" in drawn
    assert "M170.00 50.00L102.00 50.00" in placed_svg(SVG, jar, Place(220, 100, 100), [((170, 50), (102, 50))]).decode()


def test_on_a_screen_points_have_numbers(jar: Illustration) -> None:
    """A screen's drawing has no words, and a number at the point of each label."""
    drawn = numbered_svg(SVG, jar, mirrored=False).decode()
    assert re.findall("<text[^>]*>(.*?)</text>", drawn) == ["1"]
    assert 'viewBox="0 0 100.000 125.000"' in drawn
    assert 'cx="50.00" cy="75.00"' in drawn
    assert 'cx="50.00"' in numbered_svg(SVG, jar, mirrored=True).decode()
