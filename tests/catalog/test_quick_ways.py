"""The quick ways of the rules through plain texts find what the whole way finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.catalog.checks import english_left, kept
from pressroom.catalog.checks.kept import _LONGEST_END, _ending_marks
from pressroom.content.error_prone import _SIGN, _forms, _has_latin, _patterns
from pressroom.planning.glyphs import _signs_of

PARTS = [
    "Take",
    "two",
    "add-on",
    "don’t",
    "it's",
    "día",
    "5",
    "2.5",
    ",",
    ".",
    "...",
    "…",
    "?",
    " ",
    "  ",
    "\n",
    "é",
    "_",
    "İ",
]
texts = st.lists(st.sampled_from(PARTS), max_size=9).map(" ".join) | st.lists(st.sampled_from(PARTS)).map("".join)


@given(texts)
def test_words_with_one_space_between_them(text: str) -> None:
    """A text of words and spaces has the words and gaps that the pattern of words finds."""
    assert english_left._Text.of(text) == english_left._Text._split(text)


@given(texts)
def test_the_words_of_the_english(text: str) -> None:
    """The English of ASCII letters has the words that the pattern of words finds."""
    assert english_left._english(text) == f" {' '.join(english_left._Text._split(text).low)} "


def test_no_mark_that_ends_a_text_is_longer_than_what_is_looked_at() -> None:
    """The rule of endings looks at the last signs alone."""
    assert max(len(mark) for marks in _ending_marks().values() for mark in marks) == _LONGEST_END
    assert kept._ending("Wait...") == "dots"


@pytest.mark.parametrize("text", ["QD", "take q.d. now", "prn", "twice bid", "subq", "sub q", ".5 mL", "1.0 mg"])
def test_every_form_has_a_sign_of_one(text: str) -> None:
    """A text in which a form is found is looked at."""
    whole = [match for pattern, _ in _patterns() for match in pattern.finditer(text)]
    assert whole
    assert len(list(_forms(text))) == len(whole)
    assert _SIGN.search(text) or _has_latin(text)


@given(texts)
def test_the_signs_of_a_text(text: str) -> None:
    """Each sign once, in ASCII and beyond."""
    assert _signs_of(text) == set(text)
