from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage import tmx as toolkit_tmx
from translate.storage import xliff as toolkit_xliff

from pressroom.catalog import Catalog, Entry
from pressroom.catalog.read import read_catalog
from pressroom.catalog.tmx import write_tmx
from pressroom.catalog.xliff import read_xliff, write_xliff
from pressroom.catalog.xliff_inline import protected, unprotected
from pressroom.catalog.xml_tree import XmlError, parse_xml
from pressroom.language import find_language

PATH = "locales/es/LC_MESSAGES/card.po"
ROOT = Path(__file__).parents[2]
CATALOGS = sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po"))
FULL = Entry(
    "**Swelling** in *one* leg: call {phone}\nor see [our guide]{1}",
    "**Hinchazón** en una pierna: llame al {phone}\no vea [nuestra guía]{1}",
    context="card",
    previous_msgid="**Swelling**: call {phone}",
    previous_context="brochure",
    flags=("fuzzy", "max-length:60", "md-text"),
    comments=("?: one leg or both?", "", "Ana"),
    extracted=("list item in card", "At most 60 characters: the space is fixed."),
    references=("source/card.md", "source/other.md"),
)

texts = st.lists(
    st.sampled_from(["**", "*", "{phone}", "{bold1}", "[guide]{1}", "[a **b**]{2}", "\n", "\\*", "\\", "{", "]", "<b>"])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    max_size=8,
).map("".join)
lines = st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs", "Cc", "Cn"]), max_size=20)
words = st.text("abc:-/.", min_size=1, max_size=8)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An active entry as a catalog of documents may hold it."""
    fuzzy = draw(st.booleans())
    previous = draw(st.none() | texts) if fuzzy else None
    return Entry(
        draw(texts.filter(bool)),
        draw(texts.filter(bool)) if fuzzy else draw(texts),
        context=draw(st.none() | lines),
        previous_msgid=previous,
        previous_context=draw(st.none() | lines) if previous is not None else None,
        flags=(*(["fuzzy"] if fuzzy else []), *draw(st.lists(words, max_size=2, unique=True))),
        comments=tuple(draw(st.lists(lines, max_size=3))),
        extracted=tuple(draw(st.lists(lines, max_size=3))),
        references=tuple(draw(st.lists(words, max_size=2))),
    )


def made(*held: Entry) -> Catalog:
    """A catalog of these entries."""
    return Catalog(PATH, entries=held, locale="es")


def back(catalog: Catalog) -> tuple[Entry, ...]:
    """The entries as they come out of the XLIFF."""
    files, problems = read_xliff(write_xliff(catalog), "card.xlf")
    assert not problems
    return files[0].catalog.entries


def codes(data: bytes) -> list[tuple[str, int]]:
    """What is said of these bytes, with the lines."""
    return [(problem.code, problem.span.line) for problem in read_xliff(data, "card.xlf")[1]]


@given(texts)
def test_any_text_comes_out_of_its_tags_as_it_went_in(text):
    """Protecting a text's tokens is undone exactly by reading them."""
    assert unprotected(parse_xml(f"<source>{protected(text)}</source>".encode())) == text


@given(st.lists(entries(), max_size=4, unique_by=lambda entry: entry.key))
def test_a_catalog_comes_back_from_xliff_as_it_was(held):
    """Texts, contexts, marks, previous texts, comments, references and flags all survive."""
    assert back(made(*held)) == tuple(held)


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_every_catalog_of_the_project_comes_back_from_xliff(path):
    """What translators have done so far loses nothing on the way."""
    catalog, _ = read_catalog(path.read_bytes(), path.name, find_language(path.parts[-3]))
    assert catalog is not None
    assert back(catalog) == catalog.active


def test_tokens_are_tags_that_a_tool_can_not_break():
    """A placeholder, bold words, a link and a hard break stand in inline elements with ids of their own."""
    written = protected(FULL.msgid)
    assert '<g id="bold1" ctype="bold">Swelling</g>' in written
    assert '<ph id="phone" ctype="x-placeholder">{phone}</ph>' in written
    assert '<x id="lb1" ctype="lb"' in written
    assert '<g id="link1" ctype="link">our guide</g>' in written


def test_unpaired_emphasis_stays_as_it_was_typed():
    """A broken translation is handed off as it is: `check` tells of it, not the XML."""
    assert protected("**a *b** c*") == "**a *b** c*"


def test_translate_toolkit_reads_what_is_written():
    """Its reader finds the texts, the notes of both kinds, the state, the limit and the previous text."""
    store = toolkit_xliff.xlifffile.parsestring(write_xliff(made(FULL, Entry("Fever", "Fiebre"), Entry("Cough"))))
    first, second, third = store.units
    assert store.gettargetlanguage() == "es"
    assert first.getnotes("translator").splitlines() == ["?: one leg or both?", "", "Ana"]
    assert "list item in card" in first.getnotes("developer")
    assert first.get_state_id() == first.S_NEEDS_REVIEW
    assert first.xmlelement.get("maxwidth") == "60"
    assert [unit.source for unit in first.getalttrans()] == ["Swelling: call {phone}"]
    assert (second.source, second.target, second.get_state_id()) == ("Fever", "Fiebre", second.S_TRANSLATED)
    assert (third.source, third.target) == ("Cough", "")


def test_what_translate_toolkit_saves_is_read():
    """A text typed there, and a mark set there, come back; nothing else changes."""
    store = toolkit_xliff.xlifffile.parsestring(
        write_xliff(made(Entry("Fever", context="card"), Entry("Cough", "Tos")))
    )
    store.units[0].target = "Fiebre"
    store.units[0].markfuzzy(False)
    store.units[1].markfuzzy()
    files, problems = read_xliff(bytes(store), "card.xlf")
    assert not problems
    first, second = files[0].catalog.entries
    assert (first.key, first.msgstr, first.fuzzy) == (("card", "Fever"), "Fiebre", False)
    assert (second.msgstr, second.fuzzy) == ("Tos", True)


def test_obsolete_and_plural_entries_stay_at_home():
    """Only what documents say is handed off."""
    held = made(Entry("Fever"), Entry("Gone", "Ido", obsolete=True), Entry("{n} day", plural="{n} days"))
    assert [entry.msgid for entry in back(held)] == ["Fever"]


def test_a_machine_draft_is_shown_as_one():
    """A tool shows its translator that a machine wrote the text; the state stays what it is."""
    data = write_xliff(made(Entry("Fever", "Fiebre")), drafts={(None, "Fever")})
    assert b'state="translated" state-qualifier="mt-suggestion"' in data
    assert read_xliff(data, "card.xlf")[0][0].catalog.entries == (Entry("Fever", "Fiebre"),)


def test_a_context_with_the_same_english_is_told_apart():
    """No context, an empty one and a named one are three units with three ids."""
    held = (Entry("Cover", "a"), Entry("Cover", "b", context=""), Entry("Cover", "c", context="book"))
    assert back(made(*held)) == held


def test_a_document_type_is_refused_before_it_is_read():
    """Entities, from the file or from another, never come to be expanded."""
    bomb = b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>\n<xliff>&c;</xliff>'
    assert codes(bomb) == [("handoff-unreadable", 2)]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"<xliff version='1.2'>\n<file>", 2),
        (b"<a>" * 100 + b"</a>" * 100, 1),
        (b"<html/>", 1),
        (b"<xliff version='2.0'/>", 1),
        (b"", 1),
        (b"\xff\xfe\x00", 1),
        (b"<?xml version='1.0' encoding='rot-13'?><xliff/>", 1),
    ],
)
def test_what_is_no_xliff_is_refused_with_its_line(data, line):
    """A file cut short, nested without end, or of another kind is told and not read."""
    assert codes(data) == [("handoff-unreadable", line)]


def test_a_foreign_inline_element_costs_its_unit_only():
    """A tag that was not in the export is refused at its line; the other units are read."""
    data = write_xliff(made(Entry("Fever", "Fiebre"), Entry("Cough", "Tos")))
    files, problems = read_xliff(data.replace(b">Tos<", b'>T<bx id="9"/>os<'), "card.xlf")
    assert [problem.code for problem in problems] == ["handoff-unit"]
    assert [entry.msgid for entry in files[0].catalog.entries] == ["Fever"]


def test_the_memory_has_what_is_translated_and_nothing_else():
    """TMX holds each translated pair once, with its context; fuzzy and empty ones are not memories."""
    held = made(Entry("Fever", "Fiebre", context="card"), Entry("Cough"), FULL)
    memory = toolkit_tmx.tmxfile.parsestring(write_tmx([held, replace(held, path="other.po")]))
    assert [(unit.source, unit.target) for unit in memory.units] == [("Fever", "Fiebre")]
    assert b'<prop type="x-context">card</prop>' in write_tmx([held])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<a>" + b"<b/>" * 210_000 + b"</a>", "200000 elements"),
        (b"<a " + b" ".join(b'a%d="x"' % number for number in range(400_000)) + b"/>", "a tag is longer"),
        (b"<a>" * 5_000, "60 elements deep"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "XML"),
    ],
)
def test_xml_that_is_made_to_harm(data: bytes, said: str) -> None:
    """Too many elements or attributes, and a nesting without end, are refused before they fill the memory."""
    with pytest.raises(XmlError, match=said):
        parse_xml(data)
