"""The order in which signs are seen: what FriBidi, which Pango uses, makes of composed text."""

from __future__ import annotations

import ctypes
import ctypes.util
import re
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pressroom.catalog import Catalog, Entry, Translation
from pressroom.catalog.checks import check_catalog
from pressroom.catalog.translation import Translated
from pressroom.compose.line_break import BREAK, JOIN
from pressroom.compose.text import TextSetter
from pressroom.content import Message
from pressroom.diagnostics import Severity, Span
from pressroom.language import find_language

_LIBRARY = ctypes.util.find_library("fribidi")
FRIBIDI = ctypes.CDLL(_LIBRARY) if _LIBRARY else None
pytestmark = pytest.mark.skipif(FRIBIDI is None, reason="this machine has no FriBidi as a library of its own")
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT = 0x00000111, 0x00000110  # FRIBIDI_PAR_RTL and FRIBIDI_PAR_LTR
VALUES = {"phone": "801-555-0142", "emergency": "911", "clinic": "Larkspur ٣ (West) –"}
WORDS = {
    "ar": ["اتصل", "على", "خلال", "ساعة،", "(طوارئ)", "دواء."],
    "fa": ["زنگ", "بزنید", "ساعت،", "(فوری)", "دارو."],
    "ur": ["کال", "کریں", "گھنٹے،", "(ہنگامی)", "دوا۔"],
    "es": ["Llame", "al", "hora,", "(urgencia)", "ya."],
}
MIXED = [
    "CT",
    "10–20 mL",
    "2.5 mg",
    "≥ 38 °C",
    "(",
    ")",
    "-",
    "/",
    "—",
    "+",
    "%",
    "«",
    "»",
    "ABC",
    "٣٫٥",
    "۵۰",
    "א",
    "\u200f",
    "\u200e",
    "\u061c",
    "\u202e",
    "\u2067",
    "\u202c",
    "\u2069",
    "\u200d",
    "!",
    ":",
]


class _Plain(HTMLParser):
    """Composed HTML as text in which every element with a direction is an isolate, as CSS has it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self._ends = "", list[str]()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        direction = dict(attrs).get("dir")
        if tag != "br":
            self.text += {"ltr": "\u2066", "rtl": "\u2067", "auto": "\u2068"}.get(direction or "", "")
            self._ends.append("\u2069" if direction else "")

    def handle_endtag(self, tag: str) -> None:
        self.text += self._ends.pop()

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(text: str, *, right_to_left: bool) -> str:
    """The signs of a line from its left to its right."""
    assert FRIBIDI is not None
    size = len(text)
    line, visual = (ctypes.c_uint32 * size)(*map(ord, text)), (ctypes.c_uint32 * (size + 1))()
    base = ctypes.c_uint32(_RIGHT_TO_LEFT if right_to_left else _LEFT_TO_RIGHT)
    assert FRIBIDI.fribidi_log2vis(line, size, ctypes.byref(base), visual, None, None, None)
    return re.sub("[\u2066-\u2069\u200e\u200f\u061c\u2060\u200b\u00ad]", "", "".join(map(chr, visual[:size]))).replace(
        "\u00a0", " "
    )


def composed(text: str, tag: str) -> str:
    """A translation as it is seen on its line."""
    message, language = Message("a", Span("a.md", 1)), find_language(tag)
    translation = Translation(tag, "a.po", {message.key: Translated(text, "translated", Span("a.po", 1))})
    html = str(TextSetter(language, translation, VALUES, marks=False).set(message))
    plain = re.sub(f"[{BREAK}{JOIN}]", "", _Plain(html).text)
    return seen(plain, right_to_left=language.direction == "rtl")


def passes(english: str, text: str, tag: str) -> bool:
    """True if no check stops the translation."""
    catalog = Catalog("a.po", entries=(Entry(english, text),))
    found = check_catalog([Message(english, Span("a.md", 1))], catalog, find_language(tag))
    return not any(finding.severity is Severity.ERROR and finding.code in _ABOUT_SIGNS for finding in found)


_ABOUT_SIGNS = {
    "bidi-control",
    "control-character",
    "zero-width",
    "phone-altered",
    "placeholder-doubled",
    "phone-typed",
}


@st.composite
def sentences(draw: st.DrawFn, tag: str) -> str:
    """Words of a language, other signs and numbers among them, and one number to call."""
    parts = draw(st.lists(st.sampled_from([*WORDS[tag], *MIXED]), max_size=8))
    place = draw(st.integers(0, len(parts)))
    gaps = draw(st.lists(st.sampled_from([" ", " ", ""]), min_size=len(parts) + 1, max_size=len(parts) + 1))
    words = [*parts[:place], "{emergency}", *parts[place:]]
    return "".join(word + gap for word, gap in zip(words, gaps, strict=True))


@pytest.mark.parametrize("tag", WORDS)
@settings(max_examples=120)
@given(data=st.data())
def test_nothing_turns_the_number_to_call(tag: str, data: st.DataObject) -> None:
    """Whatever is around it in a translation that no check stops, 911 is seen as 911, and once."""
    text = data.draw(sentences(tag))
    assume(passes("Call {emergency}", text, tag))
    line = composed(text, tag)
    assert line.count("911") == 1, (text, line)
    assert "119" not in line


@pytest.mark.parametrize("tag", WORDS)
@settings(max_examples=120)
@given(
    data=st.data(),
    dose=st.sampled_from(["10–20 mL", "801-555-0100", "2.5 mg", "37.5 °C", "8:00–17:30", "1,000.5 mg", "½ tablet"]),
)
def test_nothing_turns_a_dose(tag: str, data: st.DataObject, dose: str) -> None:
    """A number between spaces is seen with its unit and its other end as it was written, whatever is around it."""
    parts = data.draw(st.lists(st.sampled_from([*WORDS[tag], *MIXED]), max_size=6))
    place = data.draw(st.integers(0, len(parts)))
    words = WORDS[tag]
    text = " ".join([*parts[:place], words[0], dose, words[1], *parts[place:]])
    assume(passes(dose, text, tag))
    assert dose in composed(text, tag), text


@pytest.mark.parametrize("tag", ["ar", "fa", "ur"])
@given(st.integers(1, 99), st.integers(1, 99))
def test_a_clinic_s_name_turns_no_number(tag: str, one: int, two: int) -> None:
    """The name of a clinic, which ends in an open dash, takes no number of the sentence with it."""
    line = composed(f"{WORDS[tag][0]} {one}–{two} mL {{clinic}} {WORDS[tag][1]} {{phone}}", tag)
    assert f"{one}–{two} mL" in line
    assert VALUES["phone"] in line


def test_what_is_not_composed_turns() -> None:
    """Without the composer the ends of a range change places, so these tests can fail."""
    assert "10–20 mL" not in seen("اتصل 10–20 mL على", right_to_left=True)
