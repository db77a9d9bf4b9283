"""One message is written as a PO editor writes it, and no work is lost."""

from __future__ import annotations

import shutil
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pressroom.approval.machine_drafts import COMMENT, key_hash
from pressroom.catalog.edited import entry_mark, texts_of, with_entry, with_texts
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.commands.catalogs.edit_message import (
    Edit,
    Editor,
    Refused,
    Saved,
    ask_author,
    close_question,
    edit_message,
    undo_edit,
)
from pressroom.commands.catalogs.questions import questions
from pressroom.commands.catalogs.update import record_machine_drafts, update
from pressroom.language import find_language
from pressroom.project import find_project
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[3]
NOW, LATER = "2026-11-01 09:00+0000", "2026-12-01 10:30+0000"
NAME, FA = "after-your-visit", find_language("fa")
ANA = Editor(LATER, "Ana Quintero")
DRINK = key_hash((None, "Drink water"))
EAT = key_hash((None, "Eat what you like"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The invented clinic of another country, its catalogs up to date."""
    shutil.copytree(
        ROOT / "tests/projects/other-clinic", tmp_path / "p", ignore=shutil.ignore_patterns(".cache", "output")
    )
    workspace = Workspace(find_project(tmp_path / "p"))
    update(workspace, (), NOW)
    return workspace.reopened()


def path_of(workspace: Workspace) -> Path:
    """The catalog that is edited."""
    return workspace.project.catalog_file("fa", NAME)


def entry_of(workspace: Workspace, message: str = DRINK):
    """The message as the file has it now."""
    catalog, _ = read_catalog(path_of(workspace).read_bytes(), "x.po", FA)
    return next(entry for entry in catalog.active if key_hash(entry.key) == message)


def edit_of(workspace: Workspace, text: str, message: str = DRINK, **how) -> Edit:
    """An edit of the message as it is now."""
    return Edit(message, entry_mark(entry_of(workspace, message)), (text,), **how)


def save(workspace: Workspace, text: str, message: str = DRINK, **how) -> Saved | Refused:
    """Save a text for the message as it is now."""
    return edit_message(workspace, NAME, FA, edit_of(workspace, text, message, **how), ANA)


def test_a_save_changes_the_text_and_two_fields_of_the_header_and_no_other_byte(workspace):
    """A save changes the text and two fields of the header and no other byte."""
    before = path_of(workspace).read_text(encoding="utf-8")
    saved = save(workspace, "آب زیاد بنوشید")
    assert isinstance(saved, Saved)
    assert saved.written == (path_of(workspace),)
    expected = before.replace('msgstr "آب بنوشید"', 'msgstr "آب زیاد بنوشید"')
    expected = expected.replace("PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE", f"PO-Revision-Date: {LATER}")
    expected = expected.replace("Last-Translator: ", "Last-Translator: Ana Quintero")
    assert path_of(workspace).read_text(encoding="utf-8") == expected


def test_a_save_of_the_same_text_writes_nothing(workspace):
    """A save of the same text writes nothing."""
    before = path_of(workspace).read_bytes()
    assert save(workspace, "آب بنوشید").written == ()
    assert path_of(workspace).read_bytes() == before


def test_who_is_not_known_leaves_the_name_of_the_last_translator(workspace):
    """Who is not known leaves the name of the last translator."""
    edit_message(workspace, NAME, FA, edit_of(workspace, "آب"), Editor(LATER))
    assert '"Last-Translator: \\n"' in path_of(workspace).read_text(encoding="utf-8")


def test_a_name_can_not_write_a_second_field_of_the_header(workspace):
    """A name can't write a second field of the header."""
    edit_message(workspace, NAME, FA, edit_of(workspace, "آب"), Editor(LATER, "A\nLanguage: xx\n"))
    catalog, problems = read_catalog(path_of(workspace).read_bytes(), "x.po", FA)
    assert problems == []
    assert catalog.header.get("Language") == "fa"


def test_a_form_sends_cr_lf_and_the_catalog_gets_lf(workspace):
    """A form sends CR LF and the catalog gets LF."""
    save(workspace, "a\r\nb")
    assert entry_of(workspace).msgstr == "a\nb"


def test_a_message_that_changed_meanwhile_is_refused_with_its_text(workspace):
    """A message that changed meanwhile is refused with its text."""
    mine = edit_of(workspace, "mine")
    save(workspace, "theirs")
    bytes_of_theirs = path_of(workspace).read_bytes()
    refused = edit_message(workspace, NAME, FA, mine, ANA)
    assert isinstance(refused, Refused)
    assert (refused.why, refused.theirs.msgstr) == ("changed", "theirs")
    assert path_of(workspace).read_bytes() == bytes_of_theirs


def test_a_change_on_the_disk_that_no_watcher_reported_is_seen(workspace, edit):
    """A change on the disk that no watcher reported is seen."""
    mine = edit_of(workspace, "mine")
    workspace.catalog(NAME, FA)
    edit(path_of(workspace), "آب بنوشید", "theirs")
    assert edit_message(workspace, NAME, FA, mine, ANA).why == "changed"


def test_another_message_that_changed_meanwhile_is_no_conflict(workspace):
    """Another message that changed meanwhile is no conflict."""
    mine = edit_of(workspace, "mine")
    save(workspace, "theirs", EAT)
    assert isinstance(edit_message(workspace, NAME, FA, mine, ANA), Saved)
    assert (entry_of(workspace).msgstr, entry_of(workspace, EAT).msgstr) == ("mine", "theirs")


def test_two_people_who_wrote_the_same_have_no_conflict(workspace):
    """Two people who wrote the same have no conflict."""
    mine = edit_of(workspace, "same")
    save(workspace, "same")
    assert isinstance(edit_message(workspace, NAME, FA, mine, ANA), Saved)


def test_a_message_whose_english_changed_meanwhile_is_gone(workspace, edit):
    """A message whose English changed meanwhile is gone."""
    mine = edit_of(workspace, "mine")
    edit(workspace.root / "source/leaflets/after-your-visit.md", "Drink water", "Drink much water")
    update(workspace.reopened(), (), NOW)
    assert edit_message(workspace, NAME, FA, mine, ANA).why == "gone"


def test_a_text_with_faults_is_saved_as_a_po_editor_saves_it(workspace):
    """A text with faults is saved as a PO editor saves it."""
    save(workspace, "**bold without an end {phone}")
    assert entry_of(workspace).msgstr == "**bold without an end {phone}"


@pytest.mark.parametrize("text", ["\0", "x" * 10_001, "\ud800"])
def test_what_a_catalog_can_not_hold_is_refused_with_a_reason_and_writes_nothing(workspace, text):
    """What a catalog can't hold is refused with a reason and writes nothing."""
    before = path_of(workspace).read_bytes()
    refused = save(workspace, text)
    assert refused.why == "unreadable"
    assert refused.findings
    assert path_of(workspace).read_bytes() == before


def test_a_catalog_that_can_not_be_read_is_left_as_it_is(workspace):
    """A catalog that can't be read is left as it is."""
    mine = edit_of(workspace, "mine")
    path_of(workspace).write_text("<<<<<<< a\n", encoding="utf-8")
    refused = edit_message(workspace, NAME, FA, mine, ANA)
    assert (refused.why, refused.findings[0].code) == ("unreadable", "merge-conflict")
    assert path_of(workspace).read_text(encoding="utf-8") == "<<<<<<< a\n"


def test_a_catalog_that_is_missing_is_refused(workspace):
    """A catalog that is missing is refused."""
    mine = edit_of(workspace, "mine")
    path_of(workspace).unlink()
    assert edit_message(workspace, NAME, FA, mine, ANA).findings[0].code == "catalog-missing"


def test_doubt_is_set_and_taken_away_with_the_earlier_english(workspace, edit):
    """Doubt is set and taken away with the earlier English."""
    edit(workspace.root / "source/leaflets/after-your-visit.md", "Drink water", "Drink much water")
    update(workspace.reopened(), (), NOW)
    much = key_hash((None, "Drink much water"))
    assert entry_of(workspace, much).previous_msgid == "Drink water"
    save(workspace, "آب", much, fuzzy=True)
    assert (entry_of(workspace, much).fuzzy, entry_of(workspace, much).previous_msgid) == (True, "Drink water")
    save(workspace, "آب", much)
    assert (entry_of(workspace, much).fuzzy, entry_of(workspace, much).previous_msgid) == (False, None)


def test_undo_brings_back_the_very_bytes_but_for_the_header(workspace, edit):
    """Undo brings back the very bytes but for the header."""
    edit(workspace.root / "source/leaflets/after-your-visit.md", "Drink water", "Drink much water")
    update(workspace.reopened(), (), NOW)
    much = key_hash((None, "Drink much water"))
    before = path_of(workspace).read_text(encoding="utf-8")
    saved = save(workspace, "other", much)
    undone = undo_edit(workspace, NAME, FA, saved, Editor("YEAR-MO-DA HO:MI+ZONE"))
    assert isinstance(undone, Saved)
    after = path_of(workspace).read_text(encoding="utf-8")
    assert after.replace("Last-Translator: Ana Quintero", "Last-Translator: ") == before


def test_undo_is_refused_if_the_message_changed_since(workspace):
    """Undo is refused if the message changed since."""
    saved = save(workspace, "mine")
    save(workspace, "theirs")
    refused = undo_edit(workspace, NAME, FA, saved, ANA)
    assert (refused.why, refused.theirs.msgstr) == ("changed", "theirs")
    assert entry_of(workspace).msgstr == "theirs"


@pytest.fixture
def drafted(workspace: Workspace) -> Workspace:
    """The same with every text a machine's."""
    record_machine_drafts(workspace, "fa", [NAME])
    return workspace.reopened()


def holds(workspace: Workspace) -> bool:
    """True if the text of the message is a machine's draft."""
    entry = entry_of(workspace)
    return workspace.reopened().drafts(NAME, FA).value.holds(entry.key, entry.msgstr)


def test_a_draft_that_a_person_edits_is_no_draft_any_more(drafted):
    """A draft that a person edits is no draft any more."""
    assert COMMENT in entry_of(drafted).comments
    save(drafted, "mine")
    assert (COMMENT in entry_of(drafted).comments, holds(drafted)) == (False, False)


def test_a_draft_that_a_person_saves_as_it_is_is_hers_also_after_an_update(drafted):
    """A draft that a person saves as it is is hers also after an update."""
    saved = save(drafted, "آب بنوشید")
    assert saved.was_draft
    assert (COMMENT in entry_of(drafted).comments, holds(drafted)) == (False, False)
    update(drafted.reopened(), (), NOW)
    assert (COMMENT in entry_of(drafted).comments, holds(drafted)) == (False, False)


def test_a_draft_that_is_saved_with_doubt_stays_a_draft(drafted):
    """A draft that is saved with doubt stays a draft."""
    save(drafted, "آب بنوشید", fuzzy=True)
    assert holds(drafted)


@pytest.mark.parametrize("text", ["mine", "آب بنوشید"])
def test_undo_makes_a_draft_of_it_again(drafted, text):
    """Undo makes a draft of it again."""
    before = path_of(drafted).read_text(encoding="utf-8")
    undo_edit(drafted, NAME, FA, save(drafted, text), Editor("YEAR-MO-DA HO:MI+ZONE"))
    assert holds(drafted)
    after = path_of(drafted).read_text(encoding="utf-8")
    assert after.replace("Last-Translator: Ana Quintero", "Last-Translator: ") == before


def test_a_question_is_listed_as_status_lists_it_and_can_be_closed(drafted):
    """A question is listed as status lists it and can be closed."""
    ask_author(drafted, NAME, FA, DRINK, "?: Still water?\nOr any?", ANA)
    (asked,) = questions(drafted.reopened(), [NAME], [FA])
    assert (asked.message, asked.text) == ("Drink water", "Still water? Or any?")
    update(drafted.reopened(), (), NOW)
    drafted = drafted.reopened()
    assert [one.text for one in questions(drafted, [NAME], [FA])] == ["Still water? Or any?"]
    close_question(drafted, NAME, FA, DRINK, "Still water? Or any?", ANA)
    assert questions(drafted.reopened(), [NAME], [FA]) == ()
    assert entry_of(drafted).comments == (COMMENT,)


def test_a_question_is_no_conflict_with_a_translation(workspace):
    """A question is no conflict with a translation."""
    mine = edit_of(workspace, "mine")
    ask_author(workspace, NAME, FA, DRINK, "Why?", ANA)
    assert isinstance(edit_message(workspace, NAME, FA, mine, ANA), Saved)
    assert entry_of(workspace).comments == ("?: Why?",)


def test_many_who_save_at_once_all_have_their_text(workspace):
    """Each with a workspace of her own, as two servers have: the lock is on the folder."""
    catalog, _ = read_catalog(path_of(workspace).read_bytes(), "x.po", FA)
    messages = [key_hash(entry.key) for entry in catalog.active]
    edits = [(message, edit_of(workspace, f"text {n}", message)) for n, message in enumerate(messages)]
    results: list[Saved | Refused] = []

    def run(edit: Edit) -> None:
        results.append(edit_message(workspace.reopened(), NAME, FA, edit, ANA))

    threads = [threading.Thread(target=run, args=(edit,)) for _, edit in edits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(result, Saved) for result in results)
    assert [entry_of(workspace, message).msgstr for message in messages] == [f"text {n}" for n in range(len(messages))]


def test_plural_forms_are_written_each(workspace, edit):
    """Plural forms are written each."""
    edit(
        path_of(workspace),
        'msgid "Drink water"\nmsgstr "آب بنوشید"',
        'msgid "Drink water"\nmsgid_plural "Drink waters"\nmsgstr[0] "a"\nmsgstr[1] "b"',
    )
    mark = entry_mark(entry_of(workspace))
    edit_message(workspace, NAME, FA, Edit(DRINK, mark, ("one", "many")), ANA)
    assert texts_of(entry_of(workspace)) == ("one", "many")


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from('\n\t"\\*{}'), max_size=60)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, fuzzy=st.booleans())
def test_the_bytes_are_those_of_our_writer_and_nothing_else_changes(workspace, text, fuzzy):
    """For any text: the file is what the writer makes of the catalog with that one entry, and reads back the same."""
    catalog, _ = read_catalog(path_of(workspace).read_bytes(), "x.po", FA)
    old = entry_of(workspace)
    result = save(workspace, text, fuzzy=fuzzy)
    if isinstance(result, Refused):
        assert result.findings
        return
    edited = with_texts(old, (text,), fuzzy=fuzzy)
    expected = catalog if edited == old else with_entry(catalog, edited, now=LATER, translator="Ana Quintero")
    assert path_of(workspace).read_bytes() == write_catalog(expected)
    again, problems = read_catalog(path_of(workspace).read_bytes(), "x.po", FA)
    assert [problem for problem in problems if problem.severity == "error"] == []
    others = [entry for entry in catalog.entries if entry.key != old.key]
    assert [entry for entry in again.entries if entry.key != old.key] == others


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="msgcat is not installed")
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, fuzzy=st.booleans())
def test_msgcat_reads_what_was_written_and_changes_nothing_of_it(workspace, text, fuzzy):
    """Msgcat reads what was written and changes nothing of it."""
    if isinstance(save(workspace, text, fuzzy=fuzzy), Refused):
        return
    data = path_of(workspace).read_bytes()
    command = ["msgcat", "--no-wrap", "-"]
    written = subprocess.run(command, input=data, capture_output=True, check=True).stdout
    again, _ = read_catalog(written, "x.po", FA)
    ours, _ = read_catalog(data, "x.po", FA)
    # msgcat knows no reference of ours with a space, and no flag such as max-length; texts and order are the same.
    assert [replace(entry, flags=()) for entry in again.entries] == [replace(entry, flags=()) for entry in ours.entries]


def test_an_update_does_not_overwrite_what_was_saved_while_it_ran(workspace, edit):
    """It says so, and the next one takes the new text along."""
    edit(workspace.root / "source/leaflets/after-your-visit.md", "Eat what you like", "Eat anything")
    slow = workspace.reopened()
    slow.catalog(NAME, FA)
    save(workspace, "mine")
    report = update(slow, (), NOW)
    assert [(one.code, one.span.path) for one in report.diagnostics if one.severity == "error"] == [
        ("output-unwritable", slow.relative(path_of(slow)))
    ]
    assert entry_of(workspace).msgstr == "mine"
    assert not update(workspace.reopened(), (), NOW).failed
    assert entry_of(workspace).msgstr == "mine"
