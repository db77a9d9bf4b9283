"""Extraction: what stands in a template, and when its date changes."""

from __future__ import annotations

from dataclasses import replace

from pressroom.catalog.template import CommentContext, template_catalog
from pressroom.catalog.write import write_catalog
from pressroom.content import Message
from pressroom.content.parse import parse_document
from pressroom.diagnostics import Span

CALL = Message(
    "Call {phone} or see [our guide]{1}",
    Span("source/cards/dvt-pe.md", 12),
    panel="act",
    section=("Signs", "In the leg"),
    role="list item",
    notes=("The first thing to do.",),
    links=("https://clinic.example/guide",),
    pending="clinician",
)


def test_a_translator_is_told_all_there_is_to_know() -> None:
    """Where it stands, the author's note, what is filled in, and where links lead, in every entry."""
    context = CommentContext(prints={"phone": "801-555-0100"}, elsewhere={CALL.key: ["services", "faq"]})
    entry = template_catalog("dvt-pe", [CALL], None, "2026-11", context=context).entries[0]
    assert entry.extracted == (
        "list item in dvt-pe, panel act, under “Signs › In the leg”",
        "The first thing to do.",
        "Not yet confirmed by: clinician. Translate it; it is printed on proofs only.",
        "{phone} prints “801-555-0100”",
        "{1} leads to https://clinic.example/guide",
        "The same text is in: services, faq",
    )
    assert entry.references == ("source/cards/dvt-pe.md",)


def test_one_text_in_two_places_is_one_entry_with_both() -> None:
    """Duplicates merge and keep all references, places and notes; another context is another entry."""
    other = replace(
        CALL, span=Span("layouts/words.toml", 3), panel="", section=(), role="layout word", notes=("Short.",)
    )
    apart = replace(CALL, context="card")
    made = template_catalog("dvt-pe", [CALL, other, apart], None, "2026-11")
    assert [entry.context for entry in made.entries] == [None, "card"]
    assert made.entries[0].references == ("source/cards/dvt-pe.md", "layouts/words.toml")
    assert {"The first thing to do.", "Short.", "layout word in words"} <= set(made.entries[0].extracted)


def test_the_date_changes_only_with_the_messages() -> None:
    """An author who reorders or annotates gets no new date; one who changes a word does."""
    first = template_catalog("dvt-pe", [CALL, replace(CALL, msgid="b")], None, "day 1")
    moved = template_catalog("dvt-pe", [replace(CALL, msgid="b", notes=()), CALL], first, "day 2")
    edited = template_catalog("dvt-pe", [CALL], moved, "day 3")
    assert [made.header.get("POT-Creation-Date") for made in (first, moved, edited)] == ["day 1", "day 1", "day 3"]


def test_templates_have_no_language_and_no_plural_rule() -> None:
    """An unfilled Plural-Forms is fatal to msgfmt and Babel, an empty Language blanks the target's."""
    text = write_catalog(template_catalog("dvt-pe", [CALL], None, "2026-11")).decode()
    assert "Plural-Forms" not in text
    assert "Language:" not in text


def test_an_empty_message_is_not_taken_for_the_header() -> None:
    """A picture without a text in its place has nothing to translate."""
    assert template_catalog("dvt-pe", [replace(CALL, msgid="")], None, "2026-11").entries == ()


def test_a_real_document_is_extracted_whole() -> None:
    """Every message of a parsed document is in its template, in the order of the story."""
    text = (
        "---\nnumber: X-1\ntitle: Clots\nproducts: [card]\nversion: '1'\ndate: 2026-11\nreview-by: 2027-11\n---\n\n"
        "<!-- panel: act -->\n\n# Signs\n\n- **Swelling**\n- Call {emergency}\n"
    )
    document, _ = parse_document(text, "source/cards/clots.md")
    assert document is not None
    made = template_catalog(document.name, document.messages, None, "2026-11")
    assert made.path == "locales/clots.pot"
    assert [entry.msgid for entry in made.entries] == ["Clots", "Signs", "**Swelling**", "Call {emergency}"]
