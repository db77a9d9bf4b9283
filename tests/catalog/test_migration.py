from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.catalog import Catalog, Entry, Header
from pressroom.catalog.merge import merge
from pressroom.catalog.migration import HEADER, FormatError, format_of, migrate
from pressroom.catalog.template import template_catalog
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import find_language

ES = find_language("es")


def links_in_brackets(text: str) -> str:
    """An invented format 2, in which a link's number stands in round brackets."""
    return re.sub(r"\]\{(\d+)\}", r"](\1)", text)


STEPS = {1: links_in_brackets, 2: str.strip}
OLD = Catalog(
    "locales/es/LC_MESSAGES/card.po",
    Header((("Language", "es"),)),
    (
        Entry("See [our guide]{1}", "Vea [la guía]{1}", comments=("Ana",)),
        Entry("Call {phone}", "Llame al {phone}"),
        Entry("Or [this]{2} ", "O [esto]{2} ", flags=("fuzzy",), previous_msgid="Or [that]{2}"),
        Entry("[Gone]{1}", "[Ido]{1}", obsolete=True),
    ),
    locale="es",
)


def test_a_format_change_turns_nothing_fuzzy():
    """After the step an update with the new templates finds every translation again."""
    new = migrate(OLD, STEPS, 3).catalog
    assert new.header.get(HEADER) == "3"
    spans = Span("source/card.md", 1)
    wanted = [Message(text, spans) for text in ("See [our guide](1)", "Call {phone}", "Or [this](2)")]
    merged, summary = merge(template_catalog("card", wanted, None, ""), new, ES)
    assert (summary.kept, summary.waiting, summary.fuzzy, summary.untranslated) == (2, 1, 0, 0)
    assert [entry.msgstr for entry in merged.active] == ["Vea [la guía](1)", "Llame al {phone}", "O [esto](2)"]
    assert merged.entries[2].previous_msgid == "Or [that](2)"
    assert [(entry.msgid, entry.msgstr) for entry in merged.obsolete] == [("[Gone](1)", "[Ido](1)")]


def test_what_a_fuzzy_message_remembers_is_carried_over_too():
    """When the English goes back after the change of format, the old translation comes back in the new one."""
    span = Span("source/card.md", 1)
    edited = template_catalog("card", [Message("See [our new guide]{1}\nnow", span)], None, "")
    before = Catalog(OLD.path, OLD.header, (Entry("See [our guide]{1}\nnow", "Vea [la guía]{1}\nya"),), locale="es")
    fuzzy, _ = merge(edited, before, ES)
    assert fuzzy.entries[0].fuzzy
    reverted = template_catalog("card", [Message("See [our guide](1)\nnow", span)], None, "")
    back, summary = merge(reverted, migrate(fuzzy, STEPS, 2).catalog, ES)
    (entry,) = back.active
    assert (entry.msgstr, entry.fuzzy, summary.reverted) == ("Vea [la guía](1)\nya", False, 1)


def test_the_records_of_a_message_can_follow_it():
    """Each old message's new name is told, so that a draft record or a signature can be carried over."""
    assert migrate(OLD, STEPS, 2).keys[None, "See [our guide]{1}"] == (None, "See [our guide](1)")


def test_two_messages_that_become_one_lose_no_translation():
    """The first translated one stays, the other's words stand beside it."""
    catalog = Catalog("card.po", entries=(Entry("a ", ""), Entry("a", "x"), Entry(" a", "y")))
    (entry,) = migrate(catalog, {1: str.strip}, 2).catalog.entries
    assert (entry.msgstr, entry.comments) == ("x", ("another translation: y",))


def test_today_s_format_changes_nothing():
    """A catalog of the current format, and one that says none, is left as it is."""
    assert migrate(OLD).catalog == OLD


@pytest.mark.parametrize("written", ["2", "0", "two", "²"])
def test_an_unknown_format_is_refused(written):
    """A catalog from a newer program is not taken for an old one."""
    with pytest.raises(FormatError):
        migrate(Catalog("card.po", Header(((HEADER, written),))))


def test_a_missing_step_is_told():
    """Nobody is carried half the way."""
    with pytest.raises(FormatError, match="no step from format 2 to 3"):
        migrate(OLD, {1: links_in_brackets}, 3)


@given(
    st.lists(st.tuples(st.text("ab ", min_size=1, max_size=3), st.text("xy ", max_size=3)), unique_by=lambda p: p[0])
)
def test_every_translation_is_still_there_after_a_step(pairs):
    """As the text of a message or as a comment beside it."""
    catalog = Catalog("card.po", entries=tuple(Entry(english, text) for english, text in pairs))
    new = migrate(catalog, {1: str.strip}, 2).catalog
    assert format_of(new) == 2
    said = {entry.msgstr for entry in new.entries} | {line for entry in new.entries for line in entry.comments}
    for _, text in pairs:
        assert text.strip() in said or f"another translation: {text.strip()}" in said or not text.strip()
