from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.compose.no_break import joints, stretches
from pressroom.language import find_language


def _set(text: str, tag: str, bind: str = "text") -> str:
    return joints(text, find_language(tag), bind=bind).apply(text, 0).replace("\u00a0", "~").replace("\u202f", "≈")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Leg (or arm) warm to touch", "Leg (or arm) warm to~touch"),
        ("Unexplained circumstances", "Unexplained circumstances"),
        ("Chest pain – sharp", "Chest pain~–~sharp"),
        ("word", "word"),
    ],
)
def test_last_words(text: str, bound: str) -> None:
    """Two short last words stay together, long ones are left alone, and a dash stays with the word before it."""
    assert _set(text, "en") == bound


def test_headings() -> None:
    """A heading does not end in a tiny word, and its long words are free."""
    assert _set("Blood clot in the leg or arm", "en", "heading") == "Blood clot in the leg or~arm"
    assert _set("Epidural Blood Patch", "en", "heading") == "Epidural Blood Patch"


def test_nothing_bound() -> None:
    """Where it is not asked for, the end stays as it is."""
    assert _set("warm to touch", "en", "no") == "warm to touch"


def test_french_signs() -> None:
    """French signs keep the space before or after them on their line."""
    assert _set("Un caillot : « grave » ?", "fr", "no") == "Un caillot~: «~grave~»≈?"


def test_lone_letters() -> None:
    """In Slavic languages a word of one letter does not end a line."""
    assert _set("Тромб в ноге и руке", "ru", "no") == "Тромб в~ноге и~руке"
    assert _set("Bol u nozi", "bs", "no") == "Bol u~nozi"
    assert _set("I am a nurse", "en", "no") == "I am a nurse"


@pytest.mark.parametrize(
    ("tag", "text", "bound"),
    [
        ("ru", "10–20 мл крови", "10–20~мл крови"),
        ("ar", "يُسحب 10–20 مل من", "يُسحب 10–20~مل من"),
        ("fa", "مقدار 10 میلی لیتر خون", "مقدار 10~میلی~لیتر خون"),
        ("ru", "10 минут", "10 минут"),
        ("zh-Hans", "抽取10–20 毫升血液", "抽取10–20~毫升血液"),
        ("ko", "혈액 10 mL를", "혈액 10~mL를"),
    ],
)
def test_doses(tag: str, text: str, bound: str) -> None:
    """A number and its unit, in the language's own words, are not parted; another word after it is no unit."""
    assert _set(text, tag, "no").replace("\u2060", "") == bound


def _whole(text: str, tag: str) -> list[str]:
    return [text[start:end] for start, end in joints(text, find_language(tag), bind="text").whole]


def test_no_hyphen_in() -> None:
    """A compound, a name and a paragraph's last word are not hyphenated; headings and other languages never are."""
    text = "Ask Doctor Constantinople for a minimally-invasive procedure. Understanding helps understanding."
    assert _whole(text, "en") == ["Constantinople", "minimally-invasive", "understanding."]
    assert _whole("Fragen Sie nach der Behandlung heute.", "de") == []
    assert joints(text, find_language("en"), bind="no", heading=True).whole == ()
    assert _whole(text, "vi") == []


@pytest.mark.parametrize(("text", "tag"), [("ខ្មែរ ។ ខ្មែរ ។", "km"), ("है । है", "hi"), ("छ ?", "ne"), ("نعم ؟", "ar")])
def test_no_line_begins_with_an_ending(text: str, tag: str) -> None:
    """Where a space stands before the sign that ends a sentence, the two stay together."""
    changed = joints(text, find_language(tag), bind="no").apply(text, 0)
    assert not re.search(" [។।?؟]", changed)


@pytest.mark.parametrize(("text", "tag"), [("ช้า ๆ มาก", "th"), ("ຊ້າ ໆ ຫຼາຍ", "lo"), ("យឺត ៗ ណាស់", "km")])
def test_no_line_begins_with_a_repetition(text: str, tag: str) -> None:
    """The sign that repeats a word stays beside it, also after a space."""
    changed = joints(text, find_language(tag), bind="no").apply(text, 0)
    assert not re.search("[ \u200b][ๆໆៗ]", changed)


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
