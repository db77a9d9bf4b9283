"""Whatever a translator mixes in a sentence, it is printed as written, and what must be whole is whole."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from pressroom.catalog import Translation
from pressroom.catalog.translation import Translated
from pressroom.compose.line_break import BREAK, JOIN
from pressroom.compose.text import TextSetter
from pressroom.content import Message
from pressroom.content.inline import parse_inline
from pressroom.diagnostics import Span
from pressroom.language import find_language, languages

ROOT = Path(__file__).parents[2]
WORDS = (
    *("vein", "clot", "Thrombose", "кровь", "خون", "جلطة", "ឈាមកក", "ដុំឈាម", "เลือด", "ลิ่มเลือด", "ເລືອດ", "သွေးခဲ"),
    *(
        "ပှၤကညီ",
        "血栓",
        "肺栓塞",
        "息切れ",
        "ブラッドパッチ",
        "혈전",
        "रक्त",
        "রক্ত",
        "લોહી",
        "ਖੂਨ",
        "ደም",
        "dił",
        "ļo̧jen",
        "ʻuma",
    ),
)
WHOLE = ("10–20 mL", "801-555-0142", "(801) 555-0100", "8:00–17:30", "https://a.example/b?c", "2026-11-23", "37.5 °C")
OTHER = (
    "(CSF)",
    "CT",
    "COVID-19",
    "{phone}",
    "{clinic}",
    "[{1}",
    "(",
    ")",
    "«",
    "»",
    "“",
    "”",
    "。",
    "、",
    "؟",
    "។",
    "!",
    "?",
    ",",
    ".",
)
VALUES = {"phone": "801-555-0142", "clinic": "Ĺarkspur Clinic"}
ENDINGS = frozenset({"Pe", "Pf", "Mn", "Mc", "Me"})
PARTS = st.lists(
    st.tuples(st.sampled_from((*WORDS, *WHOLE, *OTHER)), st.sampled_from(("", " "))), min_size=1, max_size=9
)


class _Read(HTMLParser):
    """The text with the classes and directions it stands in; every tag must be closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.text: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.open.append((tag, " ".join(value or "" for _, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += [(sign, " ".join(classes for _, classes in self.open)) for sign in data]


def _set(text: str, tag: str) -> tuple[str, list[tuple[str, str]]]:
    """What is to be printed, and each sign of what is composed with all it stands in."""
    message = Message("a", Span("a.md", 1))
    translation = Translation(tag, "a.po", {message.key: Translated(text, "translated", Span("a.po", 1))})
    runs = parse_inline(text).runs
    printed = "".join(VALUES[run.placeholder] if run.placeholder else run.text for run in runs)
    return printed, _Read(str(TextSetter(find_language(tag), translation, VALUES, marks=True).set(message))).text


@given(PARTS, st.sampled_from(sorted(languages())))
def test_printed_as_written(parts: list[tuple[str, str]], tag: str) -> None:
    """Without the invisible signs, and with every fixed space an ordinary one, the words are the translator's."""
    printed, composed = _set("".join(word + gap for word, gap in parts), tag)
    shown = "".join(sign for sign, _ in composed if sign not in {BREAK, JOIN})
    assert re.sub("[\u00a0\u202f]", " ", shown) == printed


_KEPT = {"keep", "value-phone", "web-address"}


@given(PARTS, st.sampled_from(sorted(languages())))
@example([("vein", ""), ("https://a.example/b?c", "")], "am")
def test_whole_is_whole(parts: list[tuple[str, str]], tag: str) -> None:
    """No dose, range or number may be broken at a line's end, whatever is beside it; an address where it must."""
    text = "".join(f" {word} " if word in WHOLE else word + gap for word, gap in parts)
    printed, composed = _set(text, tag)
    signs = [(at, sign, where) for at, (sign, where) in enumerate(composed) if sign not in {BREAK, JOIN}]
    for token in set(WHOLE) | {VALUES["phone"]}:
        for found in re.finditer(rf"(?<!\S){re.escape(token)}(?!\S)", printed):
            inside = signs[found.start() : found.end()]
            assert all(_KEPT & {*where.split()} for _, _, where in inside)
            within = composed[inside[0][0] + 1 : inside[-1][0]]
            assert not [s for s, where in within if s == BREAK and "web-address" not in where.split()]


@given(PARTS, st.sampled_from(sorted(languages())))
@example([("?", ""), ("؟", "")], "ja")
def test_no_break_before_an_ending(parts: list[tuple[str, str]], tag: str) -> None:
    """No sign that lets a line end is put before a closing bracket, a quotation mark's end or a combining mark."""
    _, composed = _set("".join(word + gap for word, gap in parts), tag)
    text = "".join(sign for sign, _ in composed)
    after = [text[at + 1] for at, sign in enumerate(text[:-1]) if sign == BREAK]
    assert not [sign for sign in after if unicodedata.category(sign) in ENDINGS or sign in "。、؟។!?,.:;"]


@given(PARTS, st.sampled_from(["ar", "fa", "fa-AF", "ps", "ckb", "ur"]))
def test_isolated(parts: list[tuple[str, str]], tag: str) -> None:
    """In right-to-left text every Latin letter and every digit stands in an element that runs left to right."""
    _, composed = _set("".join(word + gap for word, gap in parts), tag)
    loose = [sign for sign, where in composed if sign.isascii() and sign.isalnum() and "ltr" not in where.split()]
    assert loose == []


def test_catalogs_hold_no_line_signs() -> None:
    """What the composer puts in stands in no catalog of this project."""
    catalogs = sorted((ROOT / "locales").rglob("*.po"))
    assert catalogs
    assert not [path for path in catalogs if {BREAK, JOIN} & set(path.read_text(encoding="utf-8"))]
