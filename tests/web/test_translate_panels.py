"""The pictures of a proof are cut into the panels that a reader sees, and each word leads to its message."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.layout import Layout, read_layout
from pressroom.production.live_proof import LivePage, LiveProof, Words
from pressroom.project import Files
from pressroom.web.faces.translate_pages import pairs_of, panels_of

ROOT = Path(__file__).parents[2]
KEY = (None, "Signs")


@pytest.fixture(scope="module")
def trifold() -> Layout:
    """The letter-fold brochure of six panels on two pages."""
    return read_layout(Files(ROOT), "trifold")


def proof(*places: tuple[int, float], height: float = 612) -> LiveProof:
    """A brochure with the words of one message at these places: the page, and points from the left."""
    pages = []
    for number in (1, 2):
        words = [
            Words("a", KEY, 1, "frame", "es", "translated", "paragraph", ((left, 100, left + 50, 112),))
            for page, left in places
            if page == number
        ]
        pages.append(LivePage(number, b"", f"{number:064}", (1342, 1037), 792, height, tuple(words)))
    return LiveProof(tuple(pages), (), (), "trifold", "trifold")


def panels(made: LiveProof, layout: Layout | None, direction: str = "ltr"):
    """Its panels, with the message under the number 7."""
    return panels_of(made, layout, "es", direction, lambda catalog, key: 7 if (catalog, key) == ("a", KEY) else 0)


def test_panels_are_in_the_order_of_the_story(trifold: Layout) -> None:
    """The cover is the right third of the outside, and comes first."""
    made = panels(proof(), trifold)
    assert [panel.name for panel in made] == ["cover", "flap", "back", "one", "two", "three"]
    assert made[0].box == (526.5, 0, 265.5, 612)
    assert [panel.picture[-1] for panel in made] == ["1", "1", "1", "2", "2", "2"]


def test_a_right_to_left_brochure_has_its_panels_mirrored(trifold: Layout) -> None:
    """The cover is then the left third."""
    assert panels(proof(), trifold, "rtl")[0].box == (0, 0, 265.5, 612)


def test_words_are_in_the_panel_that_they_are_printed_in(trifold: Layout) -> None:
    """And only the first of two places is the one that links lead to."""
    made = panels(proof((1, 540), (2, 20)), trifold)
    assert {panel.name: [(spot.number, spot.first) for spot in panel.spots] for panel in made if panel.spots} == {
        "cover": [(7, True)],
        "one": [(7, False)],
    }
    (spot,) = made[0].spots
    assert spot.rows == ((540, 100, 50, 12),)
    assert spot.around == (538.5, 98.5, 53, 15)


def test_a_page_with_too_much_text_is_shown_to_its_end(trifold: Layout) -> None:
    """Its paper ends at 612 points, its text at 700."""
    assert panels(proof(height=700), trifold)[0].box == (526.5, 0, 265.5, 700)


def test_without_panels_each_page_is_shown_whole() -> None:
    """Large print has as many pages as it needs."""
    made = panels(proof((2, 20)), None)
    assert [panel.box for panel in made] == [(0, 0, 792, 612)] * 2
    assert [len(panel.spots) for panel in made] == [0, 1]


def test_each_panel_is_beside_the_english_one_of_its_name(trifold: Layout) -> None:
    """A panel that only one of them has is alone."""
    made = panels(proof(), trifold)
    pairs = pairs_of(made[1:], made)
    assert [(pair.name, pair.english is not None) for pair in pairs] == [
        ("cover", False), ("flap", True), ("back", True), ("one", True), ("two", True), ("three", True),
    ]  # fmt: skip


def test_the_english_is_shown_while_the_language_is_drawn(trifold: Layout) -> None:
    """Its panels have nothing beside them yet."""
    pairs = pairs_of(panels(proof(), trifold), [])
    assert [pair.own for pair in pairs] == [None] * 6
