from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from pressroom.commands.catalogs.remove import remove_document, restore_document
from pressroom.commands.catalogs.update import record_machine_drafts, update
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.withdraw import recall
from pressroom.planning.named import UsageError
from pressroom.project import Project, find_project
from pressroom.workspace.workspace import Workspace

NOW = "2026-11-01 09:00+0000"


@pytest.fixture
def project(minimal: Path) -> Project:
    """The minimal project with a second document and a record of drafts."""
    project = find_project(minimal)
    text = (project.root / "source/visit.md").read_text(encoding="utf-8")
    (project.root / "source/stay.md").write_text(text.replace("MIN-001", "MIN-002"), encoding="utf-8")
    update(Workspace(project), (), NOW)
    record_machine_drafts(Workspace(project), "es", ("visit",))
    return project


def files(project: Project) -> dict[str, bytes]:
    """Every file of the sources, locales and the archive."""
    found = (path for part in ("source", "locales", "archive") for path in (project.root / part).rglob("*"))
    return {project.relative(path): path.read_bytes() for path in found if path.is_file()}


def test_a_removed_document_is_in_the_archive_to_the_last_byte(project):
    """Source, template, catalog and draft record; the other document no longer speaks of it."""
    before = files(project)
    assert not remove_document(Workspace(project), "visit", NOW).failed
    after = files(project)
    gone = {name for name in before if Path(name).name.startswith("visit.")}
    assert gone == {
        "source/visit.md", "locales/visit.pot", "locales/es/LC_MESSAGES/visit.po", "locales/es/drafts/visit.txt",
    }  # fmt: skip
    assert {name: after[f"archive/visit/{name}"] for name in gone} == {name: before[name] for name in gone}
    assert not gone & after.keys()
    assert b"in: visit" in before["locales/stay.pot"]
    assert b"in: visit" not in after["locales/stay.pot"]
    assert update(Workspace(project), (), NOW).written == []


def test_undo_brings_it_back_as_it_was(project):
    """Every file has its place and its bytes again."""
    before = files(project)
    remove_document(Workspace(project), "visit", NOW)
    assert not restore_document(Workspace(project), "visit", NOW).failed
    assert files(project) == before
    assert not (project.root / "archive/visit").exists()


def test_nothing_is_overwritten(project):
    """Neither an archived document of the same name, nor one that took its place."""
    remove_document(Workspace(project), "visit", NOW)
    shutil.copy(project.root / "source/stay.md", project.root / "source/visit.md")
    before = files(project)
    with pytest.raises(UsageError, match="is there already"):
        remove_document(Workspace(project), "visit", NOW)
    with pytest.raises(UsageError, match="is there already"):
        restore_document(Workspace(project), "visit", NOW)
    assert files(project) == before


@pytest.mark.parametrize("name", ["vist", "../p", ".", ""])
def test_an_unknown_document_is_a_wrong_use(project, name):
    """The hint names what there is."""
    with pytest.raises(UsageError):
        remove_document(Workspace(project), name, NOW)
    with pytest.raises(UsageError):
        restore_document(Workspace(project), name, NOW)


def test_a_released_document_is_recalled_first(released):
    """What is in the racks is never forgotten; after a recall its records stay, and only its texts go."""
    with pytest.raises(UsageError, match="was released in"):
        remove_document(released.workspace, "signs", NOW)
    today = date(2026, 11, 23)
    for locale in ("en", "es"):
        recall(released.workspace, "signs", locale, unlisted("Cora Clinic"), "misprint", today, released.output)
    assert not remove_document(released.workspace, "signs", NOW).failed
    assert (released.root / "archive/signs/locales/es/LC_MESSAGES/signs.po").is_file()
    assert (released.root / "locales/es/signoffs/signs").is_dir()


@pytest.mark.parametrize("last", ["visit.md", "visit.po", "visit.txt"])
@pytest.mark.parametrize("command", [remove_document, restore_document])
def test_an_interrupted_removal_is_finished_by_the_same_call(project, monkeypatch, command, last):
    """Wherever a removal or its undoing stopped, the same call ends with the same files."""
    if command is restore_document:
        remove_document(Workspace(project), "visit", NOW)
    whole = Path(shutil.copytree(project.root, project.root.parent / "whole"))
    assert not command(Workspace(find_project(whole)), "visit", NOW).failed
    move = Path.rename

    def stopped(path: Path, target: Path) -> Path:
        if path.name == last:
            raise KeyboardInterrupt
        return move(path, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        command(Workspace(project), "visit", NOW)
    monkeypatch.undo()
    assert not command(Workspace(project), "visit", NOW).failed
    assert files(project) == files(find_project(whole))
