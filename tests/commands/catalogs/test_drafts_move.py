"""A machine's draft that an update offers to another document is a machine's draft there too."""

from __future__ import annotations

from pathlib import Path

from pressroom.commands.catalogs.update import record_machine_drafts, update
from pressroom.language import find_language
from pressroom.project import find_project
from pressroom.workspace.workspace import Workspace

NOW = "2026-11-01 09:00+0000"


def test_a_passage_that_moves_stays_a_draft(minimal: Path) -> None:
    """Copied into a second document, the drafted text is recorded and marked there; what a person typed is not."""
    project = find_project(minimal)
    record_machine_drafts(Workspace(project), "es", ("visit",))
    text = (project.root / "source/visit.md").read_text(encoding="utf-8")
    text = text.replace("MIN-001", "MIN-002").replace("title: Your visit", "title: Again")
    (project.root / "source/again.md").write_text(text, encoding="utf-8")
    report = update(Workspace(project), (), NOW)
    assert "locales/es/drafts/again.txt" in report.written
    language, texts = find_language("es"), Workspace(project)
    catalog, _ = texts.catalog("again", language)
    record, _ = texts.drafts("again", language)
    assert catalog is not None
    assert record is not None
    given = [entry for entry in catalog.active if entry.translated]
    assert len(given) == 4
    assert all(record.holds(entry.key, entry.msgstr) for entry in given)
    assert all("machine draft: read every word" in entry.comments for entry in given)
    assert not update(Workspace(project), (), NOW).written


def test_who_types_the_machines_words_makes_them_theirs(minimal: Path) -> None:
    """A text that stood in the second document before the update is not called a draft by it."""
    project = find_project(minimal)
    (project.root / "source/again.md").write_text(
        (project.root / "source/visit.md").read_text(encoding="utf-8").replace("MIN-001", "MIN-002"), encoding="utf-8"
    )
    update(Workspace(project), (), NOW)
    record_machine_drafts(Workspace(project), "es", ("visit",))
    update(Workspace(project), (), NOW)
    assert not (project.root / "locales/es/drafts/again.txt").exists()
