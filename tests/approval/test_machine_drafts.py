from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.approval import (
    DraftRecord,
    parse_drafts,
    record_drafts,
    text_hash,
    translation_state,
    with_draft_comments,
    write_drafts,
)
from pressroom.catalog import Catalog, Entry, translate
from pressroom.content import Message
from pressroom.diagnostics import Span

CALL = Entry("Call {emergency}", "Llame al {emergency}")
WAIT = Entry("Wait 10 minutes", "Espere 10 minutos")
FUZZY = Entry("Sit", "Siéntese", flags=("fuzzy",))
CATALOG = Catalog("locales/es/LC_MESSAGES/a.po", entries=(CALL, WAIT, FUZZY), locale="es")
RECORD = record_drafts(DraftRecord(), CATALOG)


def test_what_is_recorded() -> None:
    """Every translated message is recorded, in its own words; a fuzzy one is nobody's translation yet."""
    assert RECORD.holds(CALL.key, CALL.msgstr)
    assert RECORD.holds(WAIT.key, WAIT.msgstr)
    assert len(RECORD.drafted) == 2


@pytest.mark.parametrize("text", ["Espere  10\nminutos", " Espere 10 minutos ", "Espere 10 minutos"])
def test_rewrapping_is_no_edit(text: str) -> None:
    """A file wrapped anew is the machine's text still."""
    assert RECORD.holds(WAIT.key, text)


@pytest.mark.parametrize(
    "text", ["Espere 100 minutos", "Espere 10 minuto", "espere 10 minutos", "Espere 10 minutos.", ""]
)
def test_an_edit_is_one(text: str) -> None:
    """A digit, a letter, a capital or a full stop changed is a person's text."""
    assert not RECORD.holds(WAIT.key, text)


def test_context_counts() -> None:
    """The same English in another context is another message."""
    assert not RECORD.holds(("card", WAIT.msgid), WAIT.msgstr)


@given(st.text(), st.text())
def test_hash(one: str, other: str) -> None:
    """Two texts have one hash only where they differ in white space or composition alone."""
    import unicodedata

    def folded(text: str) -> str:
        return " ".join(unicodedata.normalize("NFC", text).split())

    assert (text_hash(one) == text_hash(other)) == (folded(one) == folded(other))


def test_written_and_read() -> None:
    """A record is read as it was written, a row a message, sorted."""
    text = write_drafts(RECORD)
    assert parse_drafts(text, "a.txt") == (RECORD, [])
    rows = [line for line in text.splitlines() if not line.startswith("#")]
    assert rows == sorted(rows)


@pytest.mark.parametrize("row", ["0123456789abcdef", "<<<<<<< HEAD", "0123456789ABCDEF 0123456789abcdef"])
def test_spoilt(row: str) -> None:
    """A record that can't be read wholly is none: what it hides could be a draft."""
    record, (problem,) = parse_drafts(write_drafts(RECORD) + row + "\n", "a.txt")
    assert record is None
    assert problem.span == Span("a.txt", write_drafts(RECORD).count("\n") + 1)


def test_comments() -> None:
    """A machine draft bears a comment, and an edited one loses it; other comments stay."""
    from dataclasses import replace

    marked = with_draft_comments(CATALOG, RECORD)
    assert [entry.comments for entry in marked.entries] == [("machine draft: read every word",)] * 2 + [()]
    edited = replace(marked.entries[0], msgstr="Marque {emergency}", comments=("mine", *marked.entries[0].comments))
    after = with_draft_comments(replace(marked, entries=(edited, *marked.entries[1:])), RECORD)
    assert [entry.comments for entry in after.entries] == [("mine",), ("machine draft: read every word",), ()]


def test_states() -> None:
    """A piece is as far as its least: missing, then machine, then translated."""
    messages = [Message(entry.msgid, Span("a.md", 1)) for entry in (CALL, WAIT)]
    said = translate(messages, CATALOG)
    assert translation_state(messages, said, RECORD).name == "machine"
    assert translation_state(messages, said, DraftRecord()).name == "translated"
    both = [*messages, Message("Sit", Span("a.md", 2)), Message("Run", Span("a.md", 3), pending="clinician")]
    state = translation_state([*both, *both], translate(both, CATALOG), RECORD)
    assert (state.name, state.messages, state.fuzzy, state.untranslated) == ("missing", 4, 1, 1)
    assert (state.machine, state.pending) == (2, 1)
