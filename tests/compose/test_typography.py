from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.compose.typography import stretches
from pressroom.language import find_language

ENGLISH, ARABIC = (find_language(tag) for tag in ("en", "ar"))


def _kept(text: str, tag: str) -> list[str]:
    return [s.text for s in stretches(text, find_language(tag)) if s.kept]


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
    assert [s.text for s in stretches("الجلطة (DVT)", ARABIC) if s.isolated and s.kept] == ["(DVT)"]


def test_open_bracket() -> None:
    """A bracket that is not closed before a long foreign phrase costs no more time than any other."""
    phrase = "thrombose veineuse profonde" * 9
    text = f"خثار ({phrase} أو DVT)"
    assert [s.text for s in stretches(text, ARABIC) if s.isolated] == [phrase, "DVT"]


@given(st.text(alphabet="ab 190-–.,:/()+mLجم胸%", max_size=60), st.sampled_from(["en", "ar", "zh-Hans"]))
def test_nothing_lost(text: str, tag: str) -> None:
    """The stretches are the text again."""
    assert "".join(stretch.text for stretch in stretches(text, find_language(tag))) == text
