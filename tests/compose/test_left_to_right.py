"""What is set left to right within right-to-left text: the number or word, and every sign that belongs to it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.compose.left_to_right import left_to_right_spans

TOGETHER = [
    "1½", "¼–½", "5 µg", "25 kg/m²", "10⁹/L", "CO₂", "SpO₂", "vitamin B₁₂", "x²+y²", "χ²", "β-blocker", "Ω",
    "65+", "A+", "C#", "#3", "$5.50", "€20", "$ 5", "50%", "50 %", "±2", "~5", "≥ 50 kg", "< 5", "2 × 500 mg",
    "−5 °C", "-5 °C", "37.5 °C", "37 ° C", "°C", "5–10 mL", "1,000.5 mg", "3:30", "24/7", "8 p.m.", "No. 5",
    "Advil®", "Tylenol™", "Dr. Jane Smith", "J. Smith", "Jane Smith, MD, PhD", "Ph.D.", "E. coli", "Q&A", "don't",
    "5’10”", "№ 5", "a.m./p.m.", "Ca²⁺", "p < 0.05", "A1C < 7%", "O₂ 2 L/min", "≥38.5 °C", "100°F (37.8°C)",
    "COVID-19", "COVID\u201119", "801-555-0100", "(801) 555-0100", "(DVT)", "Deep Vein Thrombosis (DVT)",
    "the Epidural (CSF) patch", "https://a.example/b/", "a.b@c.example", "Salt Lake City, UT 84101",
    "٣٫٥", "٥–١٠", "۵۰",
]  # fmt: skip
APART = [
    ("في CSF. CT هو", ["CSF", "CT"]),
    ("مثل CT، أو MRI؟", ["CT", "MRI"]),
    ("مثل CT: هو", ["CT"]),
    ("مثل CT…", ["CT"]),
    ("كوفيد-19 مرض", ["19"]),
    ("19-كوفيد", ["19"]),
    ("أعطِ-5", ["5"]),
    ("- 5 mg", ["5 mg"]),
    ("• CT", ["CT"]),
    ("الـCT", ["CT"]),
    ("CT\u200cها", ["CT"]),
    ("1) خذ", ["1"]),
    ("«CT» أو “MRI”", ["CT", "MRI"]),
    ("هو ’CT‘ أو ‘5’", ["CT", "5"]),
    ("CT / MRI", ["CT", "MRI"]),
    ("5 mg, 10 mg", ["5 mg", "10 mg"]),
    ("خثار (Deep vein thrombosis أو DVT)", ["Deep vein thrombosis", "DVT"]),
    ("Tylenol (acetaminophen) 500 mg", ["Tylenol (acetaminophen)", "500 mg"]),
    ("۵۰٪ از", ["۵۰"]),
    ("50%من", ["50%"]),
    ("و/أو – لا", []),
    ("5 + ثلاثة", ["5"]),
]
WORDS = {"ar": "هدفك", "fa": "هدف", "ur": "ہدف", "he": "מטרה"}


def spans(text: str) -> list[str]:
    """The stretches as texts."""
    return [text[start:end] for start, end in left_to_right_spans(text)]


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("whole", TOGETHER)
def test_signs_stay_with_their_number_or_word(whole, word):
    """Between two words, before a full stop and alone it is one stretch, as it was typed."""
    assert spans(f"{word} {whole} {word}.") == [whole]
    assert spans(f"{word} {whole.rstrip('.')}.")[0].rstrip(".") == whole.rstrip(".")
    assert spans(whole) == [whole]


@pytest.mark.parametrize(("text", "found"), APART)
def test_what_belongs_to_the_sentence_is_outside(text, found):
    """Marks of the sentence, joined words of the other direction and separate items are not taken in."""
    assert spans(text) == found


@given(st.text(alphabet="ab1½²µ®#+$-−°%.,:;/()[]«»'\" \u00a0جמ٣۵٫ِ\u200c\U0001d7d8\n", max_size=40))
def test_every_letter_and_digit_is_in_one_stretch(text):
    """Stretches are in order and apart, and hold every digit and every letter that runs left to right."""
    found = list(left_to_right_spans(text))
    assert all(one.end <= two.start for one, two in pairwise(found))
    inside = {at for span in found for at in range(*span)}
    assert all(at in inside for at, sign in enumerate(text) if sign in "ab1½²µ٣۵\U0001d7d8")
    assert not any(text[at] in "جמ\n" for at in inside)
