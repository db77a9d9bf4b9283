"""The table of lengths, and what becomes of it in a catalog."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pressroom.catalog import Catalog, Entry
from pressroom.catalog.checks import check_catalog
from pressroom.catalog.lengths import (
    Budget,
    Lengths,
    printed_length,
    read_lengths,
    stretch,
    with_limits,
    write_lengths,
)
from pressroom.catalog.merge import merge
from pressroom.catalog.template import template_catalog
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import find_language, languages, sample_of
from pressroom.render.lengths import filled

CALL = Budget("card", None, "Call {emergency}", "act of card", {"Latn": 25, "Arab": 29, "vi": 20})
CLOT = Budget("card", "title", 'A "clot"\\', "head of card", {"Latn": 40})
TABLE = Lengths((CALL, CLOT), "0123456789abcdef")


def test_the_table_is_read_as_it_was_written():
    """Quotation marks and backslashes of a message among it."""
    assert read_lengths(write_lengths(TABLE)) == TABLE


@pytest.mark.parametrize(
    "text", ["", "layouts = ", 'layouts = ""\n[[text]]\nenglish = "a"', write_lengths(TABLE).replace("25", '"25"')]
)
def test_a_broken_table_is_refused(text: str):
    """Nothing is guessed of it."""
    with pytest.raises(ValueError, match=r"."):
        read_lengths(text)


def test_a_language_has_its_script_s_room():
    """Or its own, where it is set otherwise; a script that was not measured has none."""
    key = CALL.key
    rooms = {tag: TABLE.limits("card", find_language(tag)).get(key) for tag in ("es", "vi", "ar", "th")}
    assert rooms == {"es": 25, "vi": 20, "ar": 29, "th": None}
    assert TABLE.limits("other", find_language("es")) == {}


def test_an_update_writes_the_room_into_each_entry():
    """As a flag and as a comment; one that a translator's tool dropped comes back, and an old one goes."""
    template = Catalog("locales/card.pot", entries=(Entry("Call {emergency}"), Entry("Hello")))
    limited = with_limits(template, {CALL.key: 25})
    returned = Catalog("card.po", entries=(Entry("Call {emergency}", "Llame"), Entry("Hello", flags=("max-length:3",))))
    call, hello = merge(limited, returned, find_language("es"))[0].active
    assert call.flags == ("max-length:25",)
    assert call.extracted == (
        "At most 25 characters, {placeholders} and ** counted as they are written: the space is fixed.",
    )
    assert hello.flags == hello.extracted == ()


@pytest.mark.parametrize("tag", ["es", "zh-Hans", "km", "hi", "my", "ar", "th"])
def test_a_stretch_of_a_sample_is_as_long_as_asked(tag: str):
    """Marks take no room and stay with their letter; a sample that is too short is said again."""
    sample = sample_of(find_language(tag))
    for length in (2, 7, 40, 300):
        assert length - 4 <= printed_length(stretch(sample, length, 3)) <= length


def test_every_script_has_a_sample():
    """So that each language can be measured."""
    assert not [tag for tag, language in languages().items() if not sample_of(language)]


def test_a_filled_message_keeps_its_markers():
    """Placeholders and bold passages stand where they stood, each passage as long for its part."""
    text = filled("Clots can kill: **see other side**, {phone}", "uno dos tres cuatro cinco seis siete ocho", 60)
    assert text.count("**") == 2
    assert text.endswith("{phone}")
    assert 56 <= printed_length(text.replace("*", "").replace("{phone}", "")) <= 66


@pytest.mark.parametrize(
    ("text", "length"),
    [("रक्त", 4), ("सूजन", 4), ("e\u0301", 2), ("\u00e9", 1), ("**a** {phone}", 13), ("a\nb", 3), ("ကို", 3), ("👍🏽", 2)],
)
def test_a_limit_counts_the_code_points_that_weblate_counts(text, length):
    """Marks, markup, placeholders and line breaks, in the very form in which the text is stored."""
    language = find_language("hi")
    messages = [Message("Swelling", Span("source/card.md", 3))]
    made = template_catalog("card", messages, None, "")
    for limit, wanted in ((length, []), (length - 1, ["too-long"])):
        entry = replace(made.entries[0], msgstr=text, flags=(f"max-length:{limit}",))
        found = check_catalog(messages, replace(made, entries=(entry,)), language)
        assert [problem.code for problem in found if problem.code == "too-long"] == wanted
