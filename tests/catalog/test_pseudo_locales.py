"""Invented locales: every token in its place, the letters strange, the text longer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.catalog import Catalog, Entry, pseudo_locales, pseudo_text, pseudo_translation
from pressroom.catalog.checks import check_catalog
from pressroom.content import Message
from pressroom.content.inline import parse_inline
from pressroom.diagnostics import Span
from pressroom.language import find_language

AT = Span("source/cards/card.md", 9)
PIECES = st.sampled_from(
    ["Take ", "5 mg", "{phone}", "**bold**", "*soft* ", "[our guide]{1}", "\n", "\\*", ", ", "H2O "]
)


def test_accented_english_can_be_read_and_is_longer() -> None:
    """Each letter has a mark, numbers and placeholders stay, and there is 40 % more of it."""
    text = pseudo_text(Message("Call {phone} within 24 hours", AT), "en-XA")
    assert text.startswith("Çåļļ {phone} ŵîţĥîñ 24 ĥöûŕš")
    assert len(text) >= 1.4 * len("Call {phone} within 24 hours")


def test_mirrored_english_runs_from_right_to_left_by_itself() -> None:
    """Its letters are Arabic ones; no direction control is in it."""
    assert pseudo_text(Message("Call {phone}?", AT), "ar-XB") == "كالل {phone}؟"


def test_a_number_stays_whole() -> None:
    """The comma of thousands is a sign of the number: an Arabic one would print 1,000 as 000,1."""
    assert pseudo_text(Message("To 1,000 mg, at 38 °C", AT), "ar-XB") == "تو 1,000 مغ، ات 38 °C"


@given(st.lists(PIECES, min_size=1, max_size=8).map("".join), st.sampled_from(pseudo_locales()))
def test_no_token_is_lost(msgid: str, tag: str) -> None:
    """Placeholders, links, bold passages and numbers are those of the English: nothing bars a build."""
    message = Message(msgid, AT)
    text = pseudo_text(message, tag)
    assert parse_inline(text).tokens == parse_inline(msgid).tokens
    assert parse_inline(text).problems == parse_inline(msgid).problems
    language = find_language("ar" if tag == "ar-XB" else "en")
    made = Catalog("x.po", entries=(Entry(msgid, text),), locale=tag)
    found = {problem.code for problem in check_catalog([message], made, language) if problem.severity == "error"}
    # Its letters are no language's, and its units no reader's.
    assert found <= {"unit-changed", "wrong-language"}


def test_it_is_built_like_any_locale() -> None:
    """The translation knows its tag, and every message is translated."""
    message = Message("Call", AT)
    translation = pseudo_translation([message], "en-XA")
    assert (translation.locale, translation.of(message).status) == ("en-XA", "translated")
    assert translation.of(replace(message, context="card")).status == "untranslated"


def test_there_is_no_other_invented_locale() -> None:
    """A real tag is refused."""
    with pytest.raises(KeyError):
        pseudo_text(Message("Call", AT), "es")
