"""What a translator and an author are shown of a document."""

from __future__ import annotations

import pytest

from pressroom.commands.catalogs.edit_message import Editor, ask_author
from pressroom.commands.catalogs.message_view import MessageView, TranslationView
from pressroom.commands.catalogs.source_view import source_view
from pressroom.commands.catalogs.translation_view import translation_view
from pressroom.commands.catalogs.update import record_machine_drafts
from pressroom.language import find_invented
from pressroom.layout import Layout
from tests.commands.conftest import Bench, make_bench


@pytest.fixture
def bench(tmp_path) -> Bench:
    """An invented clinic's small project."""
    return make_bench(tmp_path / "project")


def view(bench: Bench, tag: str = "es", name: str = "signs") -> TranslationView:
    """The document in a language, for its one clinic and product."""
    workspace = bench.workspace
    language = find_invented(tag) or workspace.language_named(tag)
    layout = workspace.layout("slip")
    assert isinstance(layout, Layout)
    return translation_view(workspace, name, language, workspace.clinics().value[0], layout)


def message(bench: Bench, english: str, tag: str = "es") -> MessageView:
    """One message of it."""
    return next(one for one in view(bench, tag).messages if one.english == english)


def test_messages_are_numbered_in_order_and_the_words_of_the_layout_follow(bench: Bench) -> None:
    """Messages are numbered in order and the words of the layout follow."""
    shown = view(bench)
    assert [one.number for one in shown.messages] == [1, 2, 3, 4, 5]
    assert [one.english for one in shown.own][:2] == ["Warning signs", "Call for help"]
    assert [(one.english, one.catalog) for one in shown.words] == [("Draft: not for patients", "layouts")]


def test_the_states_are_those_of_the_catalog_and_of_the_record_of_drafts(bench: Bench) -> None:
    """The states are those of the catalog and of the record of drafts."""
    assert {one.state for one in view(bench).own} == {"done"}
    record_machine_drafts(bench.workspace, "es", ["signs"])
    assert view(bench).count("draft") == 4
    bench.edit(bench.catalog, '"Pida ayuda"', '""')
    bench.edit(bench.source, "take 2 steps", "take two steps")
    bench.update()
    states = [one.state for one in view(bench).own]
    assert states == ["draft", "empty", "unsure", "draft"]


def test_a_placeholder_says_what_it_prints_for_the_clinic(bench: Bench) -> None:
    """A placeholder says what it prints for the clinic."""
    (prints,) = message(bench, "Call {emergency}").prints
    assert (prints.placeholder, prints.text, prints.is_value) == ("{emergency}", "911", True)


def test_a_changed_english_is_shown_word_by_word_with_the_translation_of_before(bench: Bench) -> None:
    """A changed English is shown word by word with the translation of before."""
    bench.edit(bench.source, "Call for help", "Call loudly for help")
    bench.update()
    shown = message(bench, "Call loudly for help")
    assert [(part.kind, part.text.strip()) for part in shown.earlier] == [
        ("same", "Call"), ("new", "loudly"), ("same", "for help"),
    ]  # fmt: skip
    assert shown.text == "Pida ayuda"


def test_findings_are_with_their_message(bench: Bench) -> None:
    """Findings are with their message."""
    bench.edit(bench.catalog, "dé 2 pasos", "dé 3 pasos")
    found = {one.english: one.has_error for one in view(bench).own if one.findings}
    assert found == {"If your leg is **swollen**, take 2 steps back.": True}
    assert view(bench).findings == ()


def test_a_catalog_that_can_not_be_read_is_a_finding_of_the_document(bench: Bench) -> None:
    """A catalog that can't be read is a finding of the document."""
    bench.catalog.write_text("<<<<<<< ours\n", encoding="utf-8")
    shown = view(bench)
    assert [finding.code for finding in shown.findings] == ["merge-conflict"]
    assert {one.state for one in shown.own} == {"empty"}


def test_the_questions_and_remarks_of_a_message(bench: Bench) -> None:
    """The questions and remarks of a message."""
    workspace, shown = bench.workspace, message(bench, "Call for help")
    language = workspace.language_named("es")
    ask_author(workspace, "signs", language, shown.id, "Whose help?", Editor("2026-11-23 09:00+0000"))
    bench.edit(bench.catalog, "# ?: Whose help?", "# Say it twice\n# ?: Whose help?")
    again = message(bench, "Call for help")
    assert (again.questions, again.remarks) == (("Whose help?",), ("Say it twice",))
    assert again.seen == shown.seen


def test_an_invented_language_has_texts_and_nothing_to_do(bench: Bench) -> None:
    """An invented language has texts and nothing to do."""
    shown = view(bench, "en-XA")
    assert {one.state for one in shown.messages} == {"done"}
    assert all(one.text != one.english for one in shown.own)


def test_what_a_person_sees_of_a_message_changes_its_mark(bench: Bench) -> None:
    """What a person sees of a message changes its mark."""
    before = message(bench, "Call for help").seen
    bench.edit(bench.catalog, "Pida ayuda", "Busque ayuda")
    assert message(bench, "Call for help").seen != before


def test_a_source_has_its_blocks_with_their_messages_findings_and_questions(bench: Bench) -> None:
    """A source has its blocks with their messages findings and questions."""
    bench.edit(
        bench.source, "take 2 steps back.", "take 2 steps back. " + "Then wait and look and wait " * 6 + "again."
    )
    bench.update()
    workspace = bench.workspace
    language, shown = workspace.language_named("es"), message(bench, "Call for help")
    ask_author(workspace, "signs", language, shown.id, "Whose help?", Editor("2026-11-23 09:00+0000"))
    source = source_view(bench.workspace, "signs")
    by_kind = [(one.block.kind, len(one.messages)) for one in source.blocks]
    assert by_kind == [("title", 1), ("heading", 1), ("text", 1), ("text", 1)]
    assert [one.state for one in source.blocks] == ["done", "asked", "unsure", "done"]
    assert [asked.text for asked in source.blocks[1].questions] == ["Whose help?"]
    assert source.number_of((None, "Call {emergency}")) == 4


def test_a_source_with_errors_still_has_its_blocks(bench: Bench) -> None:
    """A source with errors still has its blocks."""
    bench.edit(bench.source, "**swollen**", "**swollen")
    source = source_view(bench.workspace, "signs")
    assert len(source.blocks) == 4
    assert source.blocks[2].has_error


def test_no_document_of_this_name_has_no_blocks(bench: Bench) -> None:
    """No document of this name has no blocks."""
    assert source_view(bench.workspace, "nothing").blocks == ()
