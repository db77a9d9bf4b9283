"""A document's whole life: edits of the English, one after the other, and what becomes of the translations."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.catalog import Catalog, Entry, translate
from pressroom.catalog.merge import merge
from pressroom.catalog.read import read_catalog
from pressroom.catalog.template import template_catalog
from pressroom.catalog.write import write_catalog
from pressroom.content.parse import parse_document
from pressroom.language import find_language

ES = find_language("es")
FRONT = (
    "---\nnumber: X-1\ntitle: Clots\nproducts: [card]\nversion: '1'\ndate: 2026-11\nreview-by: 2027-11\n---\n\n"
    "<!-- panel: signs -->\n\n"
)
PARAGRAPHS = [
    "# Signs of a blood clot",
    "Swelling, usually in one leg or arm.",
    "Leg pain or tenderness often described as a cramp.",
    "Do not take aspirin before you have called the clinic.",
    "Sudden shortness of breath that does not go away. A clot may have travelled to the lung.",
    "- Chest pain: **sharp**, stabbing\n- Rapid heart rate",
    "Call {emergency} at once.",
]


def source(paragraphs: list[str]) -> str:
    """A document of these paragraphs."""
    return FRONT + "\n\n".join(paragraphs) + "\n"


def extracted(text: str, name: str = "clots") -> Catalog:
    """The template of a document's text."""
    document, problems = parse_document(text, f"source/cards/{name}.md")
    assert document is not None, problems
    return template_catalog(name, document.messages, None, "2026-11-01 09:00+0000")


def updated(paragraphs: list[str], existing: Catalog | None, *donors: Catalog, name: str = "clots") -> Catalog:
    """Update, write, read again, and hold that a second update changes nothing and nothing stands twice."""
    template = extracted(source(paragraphs), name)
    made, _ = merge(template, existing, ES, donors)
    read, problems = read_catalog(write_catalog(made), made.path, ES)
    assert read is not None
    assert not problems
    assert write_catalog(merge(template, read, ES, donors)[0]) == write_catalog(made)
    keys = [entry.key for entry in read.entries]
    assert len(keys) == len(set(keys))
    return read


def finished(catalog: Catalog) -> Catalog:
    """The catalog as a translator returns it: all translated, no mark left."""
    entries = tuple(
        entry if entry.obsolete else replace(entry, msgstr=spanish(entry.msgid), flags=(), previous_msgid=None)
        for entry in catalog.entries
    )
    return replace(catalog, entries=entries)


def spanish(english: str) -> str:
    """The one right translation."""
    return f"es: {english}"


def right(catalog: Catalog) -> list[str]:
    """The messages whose translation is printed, and is the right one."""
    assert all(entry.msgstr == spanish(entry.msgid) for entry in catalog.active if entry.translated)
    return [entry.msgid for entry in catalog.active if entry.translated]


@pytest.fixture
def done() -> Catalog:
    """The document translated to the last word."""
    return finished(updated(PARAGRAPHS, None))


def test_a_paragraph_inserted_at_the_top_costs_nothing(done: Catalog) -> None:
    """No translation turns fuzzy, and the diff is the new entry alone."""
    now = updated(["A new first paragraph about hydration.", *PARAGRAPHS], done)
    assert len(right(now)) == len(done.active)
    assert not now.obsolete
    assert [entry.msgid for entry in now.active if not entry.msgstr] == ["A new first paragraph about hydration."]
    before, after = (write_catalog(catalog).decode().split("\n\n") for catalog in (done, now))
    assert [block for block in after if block not in before and 'msgid ""' not in block] == [after[2]]


def test_reordering_costs_nothing(done: Catalog) -> None:
    """Every translation stays good, in the new order."""
    now = updated([PARAGRAPHS[0], *reversed(PARAGRAPHS[1:])], done)
    assert set(right(now)) == {entry.msgid for entry in done.active}
    assert not now.obsolete


def test_one_word_changed_and_reverted_is_as_before(done: Catalog) -> None:
    """The edited message waits, with its previous text; the revert restores the file to the byte."""
    edited = updated([PARAGRAPHS[0], "Swelling, often in one leg or arm.", *PARAGRAPHS[2:]], done)
    waiting = [entry for entry in edited.active if entry.fuzzy]
    assert [(e.msgid, e.previous_msgid) for e in waiting] == [("Swelling, often in one leg or arm.", PARAGRAPHS[1])]
    assert len(right(edited)) == len(done.active) - 1
    assert write_catalog(updated(PARAGRAPHS, edited)) == write_catalog(done)


def test_a_dangerous_edit_is_loud_and_never_printed(done: Catalog) -> None:
    """Turned from don't to do, the old translation is fuzzy, with a warning, and English is printed."""
    paragraphs = [text.replace("Do not take", "Do take") for text in PARAGRAPHS]
    now = updated(paragraphs, done)
    entry = now.by_key()[None, "Do take aspirin before you have called the clinic."]
    assert entry.fuzzy
    assert "DANGER" in entry.extracted[-1]
    assert "−not" in entry.extracted[-1]
    document, _ = parse_document(source(paragraphs), "source/cards/clots.md")
    assert document is not None
    translation = translate(document.messages, now)
    assert {translation.of(m).status for m in document.messages if m.msgid == entry.msgid} == {"fuzzy"}


def test_deleted_and_restored_is_as_before(done: Catalog) -> None:
    """Obsolete in between, the translation comes back untouched."""
    without = updated(PARAGRAPHS[:3] + PARAGRAPHS[4:], done)
    assert [entry.msgid for entry in without.obsolete] == [PARAGRAPHS[3]]
    assert write_catalog(updated(PARAGRAPHS, without)) == write_catalog(done)


def test_a_message_split_in_two_keeps_its_words_near(done: Catalog) -> None:
    """Both halves are fuzzy with the whole as previous text; put together again, all is as before."""
    one, two = PARAGRAPHS[4].split(". ")
    split = updated([*PARAGRAPHS[:4], f"{one}.", two, *PARAGRAPHS[5:]], done)
    halves = [split.by_key()[None, f"{one}."], split.by_key()[None, two]]
    assert all(half.msgstr == spanish(PARAGRAPHS[4]) and half.fuzzy for half in halves)
    assert write_catalog(updated(PARAGRAPHS, split)) == write_catalog(done)
    translated = finished(split)
    again = updated(PARAGRAPHS, translated)
    assert len(right(again)) == len(done.active)


def test_a_passage_moved_to_another_document_takes_its_translation_along(done: Catalog) -> None:
    """From brochure to card: translated there at once, whichever of the two is updated first."""
    moved = PARAGRAPHS[1:3]
    rest = [text for text in PARAGRAPHS if text not in moved]
    late = updated(moved, None, updated(rest, done), name="card")
    early = updated(moved, None, done, name="card")
    assert right(late) == right(early) == ["Clots", *moved]


def test_a_renamed_document_takes_everything_along(done: Catalog) -> None:
    """With the old catalog as a donor the translations come; with it as the existing one, comments and marks too."""
    donated = updated(PARAGRAPHS, None, done, name="blood-clots")
    assert len(right(donated)) == len(done.active)
    noted = replace(done, entries=(replace(done.entries[0], comments=("see Ana",)), *done.entries[1:]))
    renamed = updated(PARAGRAPHS, replace(noted, path="locales/es/LC_MESSAGES/blood-clots.po"), name="blood-clots")
    assert renamed.entries[0].comments == ("see Ana",)
    assert len(right(renamed)) == len(done.active)


VOCABULARY = ["clot", "leg", "arm", "call", "not", "before", "after", "5", "10", "mg", "doctor", "pain", "take", "do"]
WORDS = st.sampled_from(VOCABULARY)
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
VERSIONS = st.lists(st.lists(TEXTS, min_size=1, max_size=5, unique=True), min_size=2, max_size=6)


@settings(max_examples=150, deadline=None)
@given(VERSIONS, st.data())
def test_no_life_prints_a_wrong_word_or_loses_a_translation(versions: list[list[str]], data: st.DataObject) -> None:
    """However the English changes and whenever the translator works, what is printed is right and nothing is lost."""
    catalog: Catalog | None = None
    ever: dict[str, str] = {}
    for version in versions:
        catalog = updated(version, catalog)
        assert set(right(catalog)) >= ever.keys() & {entry.msgid for entry in catalog.active}
        if data.draw(st.booleans()):
            catalog = finished(catalog)
            ever |= {entry.msgid: entry.msgstr for entry in catalog.active}
    assert catalog is not None
    everything = write_catalog(catalog).decode()
    assert all(text in everything for text in ever.values())


@settings(max_examples=60, deadline=None)
@given(VERSIONS, st.data())
def test_begun_work_never_passes_for_finished(versions: list[list[str]], data: st.DataObject) -> None:
    """A text typed into a fuzzy entry that keeps its mark is never printed, whatever the English does next."""
    catalog: Catalog | None = finished(updated(versions[0], None))
    for version in versions[1:]:
        catalog = updated(version, catalog)
        right(catalog)
        fuzzy = [entry for entry in catalog.active if entry.fuzzy]
        if fuzzy:
            one = data.draw(st.sampled_from(fuzzy))
            begun = replace(one, msgstr="begun, not finished")
            catalog = replace(catalog, entries=tuple(begun if entry is one else entry for entry in catalog.entries))


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_branches_of_translators_and_an_editor_merge_without_conflict(done: Catalog, tmp_path: Path) -> None:
    """Two translators at different messages of one file, and an editor who adds a paragraph: git merges all three."""
    base = replace(done, entries=tuple(replace(entry, msgstr="") for entry in done.entries))
    one = _worked(base, 1, "PO-Revision-Date", "2026-11-02 10:00+0000")
    two = _worked(base, 5, "X-Reviewer", "Ana")
    template = template_catalog(
        "clots", _messages(["New words.", *PARAGRAPHS]), extracted(source(PARAGRAPHS)), "2026-11-03"
    )
    edited, _ = merge(template, base, ES)
    merged = _git_merge(tmp_path, *(write_catalog(catalog).decode() for catalog in (base, one, two)))
    merged = _git_merge(tmp_path, write_catalog(base).decode(), merged, write_catalog(edited).decode())
    catalog, problems = read_catalog(merged.encode(), done.path, ES)
    assert catalog is not None
    assert not problems
    assert sum(entry.translated for entry in catalog.active) == 2
    assert len(catalog.active) == len(done.active) + 1


def _messages(paragraphs: list[str]) -> tuple:  # type: ignore[type-arg]
    document, _ = parse_document(source(paragraphs), "source/cards/clots.md")
    assert document is not None
    return document.messages


def _worked(catalog: Catalog, place: int, name: str, value: str) -> Catalog:
    entries = list(catalog.entries)
    entries[place] = replace(entries[place], msgstr=spanish(entries[place].msgid))
    header = replace(catalog.header, fields=catalog.header.replaced({name: value}))
    return replace(catalog, header=header, entries=tuple(entries))


def _git_merge(folder: Path, base: str, one: str, two: str) -> str:
    for name, text in (("base", base), ("one", one), ("two", two)):
        (folder / name).write_text(text, encoding="utf-8")
    command = ["git", "merge-file", "-p", *(str(folder / name) for name in ("one", "base", "two"))]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    return ran.stdout


def test_an_entry_is_never_lost_on_the_way_through_a_file(done: Catalog) -> None:
    """Obsolete entries with all they may carry survive updates they take no part in."""
    old = Entry("Old", "Viejo", "card", comments=("a word",), flags=("fuzzy",), previous_msgid="Older", obsolete=True)
    now = updated(PARAGRAPHS, replace(done, entries=(*done.entries, old)))
    assert now.obsolete == (old,)
