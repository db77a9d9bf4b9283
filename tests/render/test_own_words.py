"""What a frame must say: numbers whole and once, in order, or in any order of right-to-left text."""

from __future__ import annotations

import pytest

from pressroom.diagnostics import Span
from pressroom.drawing.frame_words import FrameWords
from pressroom.production.by_parts import check_words
from pressroom.render.own_words import _own_text
from pressroom.render.proof import render_piece
from pressroom.render.tags import addresses
from tests.render.test_base_and_imprint import KINDS, MAPPED, prepared

HTML = '<p>Ring <a href="tel:8015559110">801-555-9110</a>, in an emergency <b>911</b></p>'
HTML_SAID = "Ring 801-555-9110, in an emergency911"


@pytest.mark.parametrize(
    ("said", "drawn", "missed"),
    [
        ("Ring 801-555-9110, in an emergency911", "8015559110911", ""),
        # In right-to-left text the last words of a line are painted first.
        ("911in an emergency801-555-9110,Ring", "9118015559110", ""),
        ("Ring 801-555-9110, in an emergency", "8015559110", "say the digits"),
        ("Ring 801-555-9110, in an emergency 112", "8015559110112", "say the digits"),
        ("Ring 801-555-9110, in an emergency 119", "8015559110119", "say the digits"),
        ("Ring 801-555-9110, in an emergency 911 2", "80155591109112", "say the digits"),
        ("Ring 801-555-9110, in an emergency 911", "8015559110119", "draw the digits"),
        ("Ring 801-555-9110, in an emergency 911", "8015559110", "draw the digits"),
    ],
)
def test_numbers(said: str, drawn: str, missed: str) -> None:
    """A number is missed though another one has its digits."""
    text = _own_text(HTML, turned=True)
    found = text.missed(FrameWords(said, said, drawn))
    assert found.startswith(missed) if missed else not found


@pytest.mark.parametrize(
    ("drawn", "in_order"),
    [
        ("8015559110\n911", True),
        ("911\n8015559110", False),
        ("9118015559110", True),  # one line, read from the right
        ("801\n5559110911", True),  # a number that the end of a line parts
    ],
)
def test_lines_of_right_to_left_text(drawn: str, in_order: bool) -> None:
    """Two numbers may change places in a line, and not with those of another line."""
    missed = _own_text(HTML, turned=True).missed(FrameWords(HTML_SAID, HTML_SAID, drawn))
    assert ("line after line" in missed) is not in_order
    assert bool(missed) is not in_order


def test_a_parted_number_whose_digits_another_one_has() -> None:
    """A number that the end of a line parts is no fault, though a longer number has its digits."""
    text = _own_text("<p>Rooms 81\u201375, 1</p><p>801-555-8175</p>", turned=True)
    said = "Rooms 81\u201375, 1 801-555-8175"
    assert not text.missed(FrameWords(said, said, "81\n75\n1\n8015558175"))


@pytest.mark.parametrize(
    "said",
    [
        "Ring 911, in an emergency 801-555-9110",
        "Ring 801-555-9110, an emergency in 911",
        "Ring 801-555-9110, in an Emergency 911",
        "Ring us 801-555-9110, in an emergency 911",
    ],
)
def test_left_to_right_text(said: str) -> None:
    """Left-to-right text has its Latin letters and digits in their order, and no other; right-to-left text may not."""
    assert "in this order and nothing else" in _own_text(HTML).missed(FrameWords(said, said, "8015559110911"))
    assert not _own_text(HTML).missed(FrameWords(HTML_SAID, HTML_SAID, "8015559110911"))
    assert not _own_text(f"{HTML}<p>\u0627</p>").in_order


def test_what_programs_are_given_in_place_of_glyphs() -> None:
    """Words that marks give in place of glyphs must be the same."""
    said = "Ring 801-555-9110, in an emergency 911"
    assert _own_text(HTML).missed(FrameWords(said, said.replace("555", "556"), "8015559110911"))


@pytest.mark.parametrize(("document", "tag", "product"), KINDS)
def test_real_files_say_what_they_must(document: str, tag: str, product: str) -> None:
    """In files of this project each number is drawn and read, and a brochure has it as a link."""
    made = render_piece(prepared(document, tag, product, MAPPED))
    assert made.joined is not None
    assert any("8015550142" in frame.numbers for frame in made.joined.words.frames.values())
    assert check_words(made, Span("")) == ()
    assert set(addresses(made.joined.imprint)) == made.joined.words.links
    assert ("tel:8015550142" in made.joined.words.links) is (product == "trifold")
