"""How hard an English text is to read."""

from __future__ import annotations

import pytest

from pressroom.content import Message
from pressroom.content.check import explained_terms, grade, plain_english, sentences, syllables
from pressroom.content.parse import parse_document
from pressroom.diagnostics import Span

HEAD = '---\nnumber: A-1\ntitle: Vena cava filter\nproducts: [slip]\nversion: "1"\ndate: 2026-11\nreview-by: 2027-11\n'
AT = Span("source/a.md", 9)
# Counted by a dictionary.
COUNTS = {
    1: "a the leg clot blood use used calls called scale cured done breath rule",
    2: "patient table tables handled vessel uses needed often fatal people doing pressure surgeon before",
    3: "procedure invasive opinion medicine physician arteries prevention hospital",
    4: "minimally radiation complication emergency mechanism gradually",
    5: "hysterectomy",
}


@pytest.mark.parametrize(("count", "words"), COUNTS.items())
def test_syllables(count: int, words: str) -> None:
    """Counted by the letters, as a dictionary counts them."""
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_an_abbreviation_is_spelt() -> None:
    """A letter is a syllable."""
    assert (syllables("DVT"), syllables("I")) == (3, 1)


def test_the_grade_is_flesch_and_kincaid_s() -> None:
    """Ten words, two sentences, thirteen syllables: 0.39 × 5 + 11.8 × 1.3 − 15.59."""
    found = sentences([Message("The doctor puts a tube in. **You** stay {phone} awake.", AT)])
    assert [len(one.words) for one in found] == [6, 4]
    assert grade(found) == pytest.approx(0.39 * 5 + 11.8 * sum(one.syllables for one in found) / 10 - 15.59)
    assert grade(()) == 0


def test_what_the_document_explains_does_not_count() -> None:
    """A term with its abbreviation behind it is one easy word."""
    message = Message("A pulmonary embolism (PE) is a clot. Uterine things (UFE) are not.", AT)
    assert explained_terms([message]) == {"pulmonary embolism", "PE"}
    (first, *_) = sentences([message], explained_terms([message]))
    assert first.words == ("A", "term", "term", "is", "a", "clot")


def _told(body: str, *, card: bool = False, terms: str = "") -> dict[str, str]:
    document, problems = parse_document(f"{HEAD}{terms}---\n\n<!-- panel: a -->\n\n# Title\n\n{body}\n", "source/a.md")
    assert document is not None, problems
    return {d.code: f"{d.span.line}: {d.message} / {d.hint}" for d in plain_english(document, card=card)}


HARD = "Immediate hospitalisation necessitates anticoagulation and continuous observation of the extremities. " * 4


def test_hard_english_is_told() -> None:
    """With its grade, the limit, where to begin, and the words to replace."""
    told = _told(HARD.strip())["reading-grade"]
    assert "a brochure should at 6" in told
    assert "source/a.md:14" in told
    assert "hospitalisation" in told
    assert "should at 5" in _told(HARD.strip(), card=True)["reading-grade"]


def test_terms_of_the_front_matter_are_explained_ones() -> None:
    """A text of its terms alone is easy."""
    terms = ", ".join(["immediate hospitalisation", "necessitates", "anticoagulation", "continuous observation"])
    assert "reading-grade" not in _told(HARD.strip(), terms=f"terms: [{terms}, extremities]\n")


def test_easy_english_is_not() -> None:
    """Short words and short sentences; and a few words have no grade."""
    assert _told("Your leg may hurt. Sit down and rest. " * 6 + "Call us.") == {}
    assert _told("Immediate hospitalisation.") == {}


def test_a_sentence_has_less_room_on_a_card() -> None:
    """Sixteen words are too many there, and not in a brochure."""
    text = "If your leg hurts or swells you should sit down and then call us at once today."
    assert "17 words, more than 15" in _told(text, card=True)["sentence-long"]
    assert _told(text) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Call us , please", "a space before a punctuation mark"),
        ("Call the the clinic", "a word twice"),
        ("Call us..", "a punctuation mark twice"),
        ("Don't call", "straight"),
        ('Say "clot"', "straight"),
        ("Call (us", "( without )"),
        ("A “clot", "“ without ”"),
    ],
)
def test_slips_of_the_keyboard_are_told(text: str, said: str) -> None:
    """Before they cost every translator a look."""
    assert said in _told(text)["english-typing"]


@pytest.mark.parametrize(
    "text", ["Wait … then call.", "10–20 mL (two to four spoons).", "Don’t say “clot”.", "1.5 mL."]
)
def test_good_typing_passes(text: str) -> None:
    """Curly marks, dashes, numbers."""
    assert _told(text) == {}
