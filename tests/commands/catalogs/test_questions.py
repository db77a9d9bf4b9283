from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pressroom.commands.catalogs.questions import Question, questions
from pressroom.commands.catalogs.update import record_machine_drafts, update
from pressroom.language import find_language
from pressroom.project import Project, find_project
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[3]
NOW = "2026-11-01 09:00+0000"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(
        ROOT / "tests/projects/other-clinic", tmp_path / "p", ignore=shutil.ignore_patterns(".cache", "output")
    )
    project = find_project(tmp_path / "p")
    update(Workspace(project), (), NOW)
    return project


def asked(project: Project) -> tuple[Question, ...]:
    """Every question of the project."""
    return questions(
        Workspace(project), ["after-your-visit", "layouts"], [find_language(tag) for tag in ("en", "de", "fa")]
    )


def ask(project: Project, locale: str, comment: str) -> Path:
    """A translator's comment on the second message."""
    path = project.catalog_file(locale, "after-your-visit")
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    blocks[2] = comment + blocks[2]
    path.write_text("\n\n".join(blocks), encoding="utf-8")
    return path


def test_a_question_is_told_with_its_message_and_its_line(project):
    """Locale, document, the English it is about, and the line of the comment."""
    path = ask(project, "fa", "# Reza\n# ?: Which of the two,\n# the left one?\n# machine draft: read every word\n")
    (question,) = asked(project)
    assert (question.locale, question.document) == ("fa", "after-your-visit")
    assert question.text == "Which of the two, the left one?"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[question.span.line - 1] == "# ?: Which of the two,"
    assert f'msgid "{question.message.splitlines()[0]}' in "\n".join(lines[question.span.line :])


@pytest.mark.parametrize("mark", ["?:", "? :", "？：", "؟:"])
def test_a_question_is_known_in_whatever_keyboard_it_was_typed(project, mark):
    """And without the space that editors put behind the number sign."""
    ask(project, "de", f"#{mark} Wer?\n")
    assert [one.text for one in asked(project)] == ["Wer?"]


def test_a_note_answers_in_every_locale(project):
    """After an update it stands in each catalog, and beside the question until the translator takes that away."""
    ask(project, "de", "# ?: Who?\n")
    (question,) = asked(project)
    source = project.root / question.english.path
    lines = source.read_text(encoding="utf-8").split("\n")
    lines.insert(question.english.line - 1, "<!-- note: The nurse. -->")
    source.write_text("\n".join(lines), encoding="utf-8")
    update(Workspace(project), (), NOW)
    (question,) = asked(project)
    assert "The nurse." in question.notes
    for locale in ("de", "fa"):
        assert "#. The nurse.\n" in project.catalog_file(locale, "after-your-visit").read_text(encoding="utf-8")


def test_two_questions_on_one_message_are_two(project):
    """Each has its own line."""
    ask(project, "de", "# ?: Who?\n# ?: When?\n")
    first, second = asked(project)
    assert (first.text, second.text) == ("Who?", "When?")
    assert second.span.line == first.span.line + 1


def test_a_comment_that_is_no_question_is_none(project):
    """Notes, a mark in the middle of a line, and what the program writes are not questions."""
    ask(project, "de", "# Really ?: no\n# returned otherwise: ?: x\n#. ?: extracted\n")
    assert asked(project) == ()


def test_a_question_outlives_an_update_and_a_draft_record(project):
    """Nothing but the translator's own hand takes it away."""
    ask(project, "de", "# ?: Who?\n")
    update(Workspace(project), (), NOW)
    record_machine_drafts(Workspace(project), "de", ())
    assert [question.text for question in asked(project)] == ["Who?"]


def test_the_author_s_answer_reaches_every_locale(project):
    """A note in the source stands in each catalog after an update, and no translation turns fuzzy."""
    source = Workspace(project).sources()[0]
    text = source.read_text(encoding="utf-8")
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("- "))
    lines[at:at] = ["<!-- note: Either of them. -->", ""]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = update(Workspace(project), (), NOW)
    assert sum(summary.fuzzy + summary.dangerous for _, summary in report.merges) == 0
    for locale in ("de", "fa"):
        assert "#. Either of them." in project.catalog_file(locale, "after-your-visit").read_text(encoding="utf-8")
