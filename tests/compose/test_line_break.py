from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.compose.line_break import BREAK, JOIN, line_signs
from pressroom.compose.no_break import joints, stretches
from pressroom.compose.weak_ends import parted_words, weak_ends
from pressroom.language import find_language, languages

INVISIBLE = re.compile(f"[{BREAK}{JOIN}]")


def _set(text: str, tag: str, bind: str = "no", *, heading: bool = False) -> str:
    """The text with `|` where a line may end and `_` where it may not."""
    changed = joints(text, find_language(tag), bind=bind, heading=heading).apply(text, 0)
    return changed.replace(BREAK, "|").replace(JOIN, "_").replace("\u00a0", "~").replace("\u202f", "≈")


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("km", "ខ្ញុំឈឺក្បាលខ្លាំងណាស់ហើយ"),
        ("lo", "ຂ້ອຍເຈັບຫົວຫຼາຍ"),
        ("my", "ခေါင်းကိုက်ခြင်းသည်ပျောက်သွားပါမည်"),
        ("ksw", "ပှၤကညီအကျိာ်"),
    ],
)
def test_scripts_without_spaces(tag: str, text: str) -> None:
    """Where words are not parted, lines may end between them, and never before a mark or a closed syllable."""
    found = _set(text, tag)
    assert "|" in found
    assert found.replace("|", "") == text
    assert not re.search(r"\|[^\w]", found.replace("\u17d2", "x"))
    assert not re.search("\\|.[\u1039\u103a]", found)


def test_japanese() -> None:
    """Lines of a heading end between phrases; a particle is never parted from its word, a short word never cut."""
    text = "突然の息切れがあれば電話してください"
    found = _set(text, "ja", heading=True)
    assert found.replace("_", "") == "突然の|息切れが|あれば|電話してください"
    assert "ブ_ラ_ッ_ド" in _set("硬膜外ブラッドパッチとは", "ja", heading=True)


def test_korean() -> None:
    """No line ends within a word, nor before its bracket or the particle after a number or a bracket."""
    assert _set("혈전(DVT)은 위험 10mL를", "ko") == "혈_전_(DVT)_은 위_험 10mL_를"


def test_chinese() -> None:
    """Words of two to four signs stay whole, and the last three signs stand together."""
    assert "致_命" in _set("血栓可能移动到肺部并致命", "zh-Hans", heading=True)
    assert _set("血栓可能移动到肺部并致命", "zh-Hans", "text").endswith("并_致_命")


@pytest.mark.parametrize(
    ("tag", "text", "parts"),
    [
        ("ja", "突然の息切れがあれば電話してください", "突然の|息切れが|あれば|電話してください"),
        ("zh-Hans", "血栓可能移动到肺部", "血栓|可能|移动|到|肺部"),
        ("zh-Hans", "血栓可能移动\u2060到\u2060肺部", "血栓|可能|移动|\u2060|到|\u2060|肺部"),
        ("ko", "위험", "위|험"),
    ],
)
def test_words_give_way_in_running_text(tag: str, text: str, parts: str) -> None:
    """Running text of Chinese has no signs, that of Japanese no breaks; where a word would be parted is known."""
    language = find_language(tag)
    weak = weak_ends(text, language)
    shown = "".join(sign if at in weak or at == 0 else f"|{sign}" for at, sign in enumerate(text))
    assert shown == parts
    assert bool(line_signs(text, language, ())) is (tag in {"ja", "ko"})
    assert BREAK not in line_signs(text, language, ()).values()


@pytest.mark.parametrize(
    ("text", "firm", "whole"),
    [
        ("心臓に関わります。", "心臓に関_わ_り_ま_す。", "心臓に関_わ_り_ま_す。"),
        ("痛みが続いている場合", "痛みが続いている場合", "痛_み_が続_い_てい_る場合"),
        ("ひどくなることがあります", "ひどくなることがあ_り_ま_す", "ひ_ど_くな_るこ_と_があ_り_ま_す"),
        ("薬を飲んではいけません。", "薬を飲んではい_け_ま_せ_ん。", "薬を飲_ん_で_はい_け_ま_せ_ん。"),
        ("CTで薬には効果", "CTで薬には効果", "CTで薬には効果"),
        ("行います。", "行_い_ま_す。", "行_い_ま_す。"),
        ("痛みの少ない処置", "痛みの少_な_い処置", "痛_み_の少_な_い処置"),
        ("異なります", "異_な_り_ま_す", "異_な_り_ま_す"),
        ("かなり痛い", "かなり痛い", "か_な_り痛_い"),
        ("血のかたまりがはがれて", "血のかたまりがはがれて", "血_の_か_た_ま_り_がは_が_れ_て"),
    ],
)
def test_japanese_endings(text: str, firm: str, whole: str) -> None:
    """No line ends within the end of a predicate; within other endings only if others are worse."""
    assert _set(text, "ja") == firm
    weak = weak_ends(text, find_language("ja"))
    assert "".join(f"_{sign}" if weak.get(at) == "ending" else sign for at, sign in enumerate(text)) == whole


@pytest.mark.parametrize(
    ("text", "shown"),
    [("由脑脊液渗漏引起的头痛", "由脑?脊?液?渗漏引起的头痛"), ("深静脉血栓可能会脱落", "深?静脉血栓可能会脱落")],
)
def test_chinese_words_that_no_dictionary_has(text: str, shown: str) -> None:
    """Beside a sign that is no word by itself a line may end within a word that ICU does not know."""
    weak = weak_ends(text, find_language("zh-Hans"))
    assert "".join(f"?{sign}" if weak.get(at) == "unknown" else sign for at, sign in enumerate(text)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("의료진에게", "의|료|진에게"),
        ("환자에게", "환|자에게"),
        ("권리를", "권리를"),
        ("위험", "위험"),
        ("사용합니다", "사|용합니다"),
        ("위\u2060험\u2060성\u2060이", "위\u2060|험\u2060|성\u2060이"),
    ],
)
def test_korean_words_may_be_parted(text: str, shown: str) -> None:
    """A word of four syllables is parted before two or more, and never before a particle or an ending alone."""
    places = parted_words(text, find_language("ko"))
    assert "".join(f"|{sign}" if at in places else sign for at, sign in enumerate(text)) == shown
    assert parted_words(text, find_language("en")) == []


@pytest.mark.parametrize("tag", sorted(languages()))
@pytest.mark.parametrize(
    "dose", ["10–20 mL", "801-555-0100", "911", "2026-11-23", "https://a.example/b", "(801) 555-0100"]
)
def test_never_broken(tag: str, dose: str) -> None:
    """In no language does a sign that allows a break stand in a dose, a number, a date or an address."""
    for text in (f"{dose}", f"かた{dose}かた", f"ខ្ញុំ{dose} ហើយ", f"a {dose}。"):
        signs = joints(text, find_language(tag), bind="text").before
        start = text.index(dose)
        inside = range(start + 1, start + len(dose))
        assert not [at for at in inside if signs.get(at) == BREAK], text


@given(st.text(alphabet="ខញក្ាុំ 1–0mLមលកခါး်က္가나 はで血栓ーA()", max_size=40), st.sampled_from(sorted(languages())))
def test_nothing_lost(text: str, tag: str) -> None:
    """Without the signs that were put in, and spaces as they were, the text is the translator's."""
    changed = joints(text, find_language(tag), bind="text").apply(text, 0)
    assert re.sub("[\u00a0\u202f]", " ", INVISIBLE.sub("", changed)) == text


def test_kept_words() -> None:
    """A loan word of the registry is one stretch that no line breaks, and a line may end beside it."""
    khmer = find_language("km")
    word = khmer.keep_whole[0]
    text = f"ឈាម{word}ឈាម"
    assert [s.text for s in stretches(text, khmer) if s.kept] == [word]
    start = text.index(word)
    signs = line_signs(text, khmer, [(start, start + len(word))])
    assert signs[start] == signs[start + len(word)] == BREAK
    assert not [at for at in signs if start < at < start + len(word)]


def test_astral_signs() -> None:
    """A sign beyond the basic plane, which ICU counts twice, moves no break."""
    text = "ខ្ញុំឈឺក្បាល"
    plain = joints(text, find_language("km"), bind="no").before
    after = joints("😀 " + text, find_language("km"), bind="no").before
    assert {at + 2 for at in plain} <= set(after)


@pytest.mark.parametrize(
    "text", ["သွေးဖြင့်ဖာထေးခြင်းသည်ဝန်ဆောင်မှုများဖြစ်ပါသည်", "ခန္ဓာကိုယ်ကိုထိခိုက်မှုအနည်းဆုံး", "သက်သာစေရန်အသုံးပြုပါသည်။ ရက်များနှင့်"]
)
def test_endings_stay_with_their_word(text: str) -> None:
    """No Burmese line begins with a particle, or an ending that the dictionary takes for a word."""
    burmese = find_language("my")
    ends = [at for at, sign in line_signs(text, burmese, ()).items() if sign == BREAK]
    assert ends
    assert not [at for at in ends if text.startswith(burmese.never_first, at)]


@pytest.mark.parametrize("word", ["ကိုယ်", "သောက်", "များ"])
def test_words_that_begin_as_an_ending_may_begin_a_line(word: str) -> None:
    """A body and to drink begin with the letters of particles, and their syllables go on: a line may begin so."""
    burmese = find_language("my")
    text = f"သူ့{word}သည်"
    assert (line_signs(text, burmese, ()).get(3) == BREAK) is (word not in burmese.never_first)
