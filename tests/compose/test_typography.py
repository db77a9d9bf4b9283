from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.compose.binding import NBSP, joints
from pressroom.compose.breaking import JOIN
from pressroom.compose.typography import stretches
from pressroom.language import find_language

ENGLISH, ARABIC = find_language("en"), find_language("ar")


def _kept(text: str, tag: str) -> list[str]:
    return [s.text.replace(NBSP, " ") for s in stretches(text, find_language(tag)) if s.kept]


def _bound(text: str, tag: str) -> str:
    return joints(text, find_language(tag), bind="text").apply(text, 0)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Take 10–20 mL of blood", ["10–20 mL"]),
        ("Call 801-555-0100 now", ["801-555-0100"]),
        ("Call 911.", ["911"]),
        ("From 9:30 to 17:00", ["9:30", "17:00"]),
        ("5 mg, 2.5 mg", ["5 mg", "2.5 mg"]),
        ("See https://a.example/b?c for more", ["https://a.example/b?c"]),
        ("No number here", []),
    ],
)
def test_kept(text: str, kept: list[str]) -> None:
    """Numbers, doses, ranges and addresses are kept on one line, with their units."""
    assert _kept(text, "en") == kept


def test_chinese_numbers() -> None:
    """A number in a script without spaces is kept too: phrase breakers cut 911 in two."""
    assert _kept("请立即拨打911求助", "zh-Hans") == ["911"]


def test_isolated() -> None:
    """In right-to-left text numbers and Latin words run left to right, each in a stretch of its own."""
    found = list(stretches("اتصل على 801-555-0100 أو CSF الآن", ARABIC))
    assert [s.text for s in found if s.isolated] == ["801-555-0100", "CSF"]
    assert not any(s.isolated for s in stretches("Call 801-555-0100", ENGLISH))


def test_brackets_go_with_their_word() -> None:
    """An abbreviation in brackets is isolated with them, or they would be mirrored apart."""
    found = [(s.text, s.kept, s.isolated) for s in stretches("الجلطة (DVT)", ARABIC) if s.isolated]
    assert found == [("(DVT)", True, True)]


@given(st.text(alphabet="ab 190-–.,:/()+mLجم胸%", max_size=60), st.sampled_from(["en", "ar", "zh-Hans"]))
def test_nothing_lost(text: str, tag: str) -> None:
    """The stretches are the text again, but for spaces that no longer break."""
    joined = "".join(stretch.text for stretch in stretches(text, find_language(tag)))
    assert joined.replace(NBSP, " ") == text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("a needle is put in", f"a needle is put{NBSP}in"),
        ("Leg warm to touch", f"Leg warm to{NBSP}touch"),
        ("an embolization procedure", "an embolization procedure"),
        ("word", "word"),
        ("Contrast media – or dye", f"Contrast media{NBSP}– or{NBSP}dye"),
    ],
)
def test_bind(text: str, bound: str) -> None:
    """A short last word is bound to a short one before it, and a dash to the word before."""
    assert _bound(text, "en") == bound


def test_bind_han() -> None:
    """The last three signs of Han text stay together, so that none stands alone."""
    assert _bound("腿部肿胀疼痛", "zh-Hans") == "腿部肿" + JOIN.join("胀疼痛")
    assert _bound("肿胀", "zh-Hans") == "肿胀"
