"""A check that reads only what changed says the same as one that reads everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.commands.catalogs import check_notes
from pressroom.commands.catalogs.check import CheckReport, check
from pressroom.commands.catalogs.update import update
from pressroom.planning.plan import Request
from pressroom.project import Project, find_project
from pressroom.workspace.workspace import Workspace

STORE = ".cache/pressroom/check.json"


@pytest.fixture
def project(minimal: Path) -> Project:
    """An invented project with a finding."""
    project = find_project(minimal)
    update(Workspace(project), (), "2026-11-01 09:00+0000")
    path = project.catalog_file("es", "visit")
    path.write_text(
        path.read_text(encoding="utf-8").replace("Traiga 2 preguntas", "Traiga 3 preguntas"), encoding="utf-8"
    )
    return project


def checked(project: Project) -> CheckReport:
    """A check of the whole project by a new command."""
    return check(Workspace(project), Request())


def test_a_second_check_reads_no_text_and_says_the_same(project, monkeypatch):
    """Its findings, states and words that are left are the first one's."""
    first = checked(project)
    assert first.all_diagnostics
    monkeypatch.setattr("pressroom.workspace.workspace.read_catalog", None)
    assert checked(project) == first


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("locales/es/LC_MESSAGES/visit.po", "Traiga 3 preguntas", "Traiga 2 preguntas"),
        ("source/visit.md", "Bring 2 questions", "Bring 3 questions"),
    ],
)
def test_a_changed_file_is_checked_again(project, name, before, after):
    """What is said is what a check without notes says."""
    first = checked(project)
    path = project.root / name
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    second = checked(project)
    assert second != first
    (project.root / STORE).unlink()
    assert checked(project) == second


@pytest.mark.parametrize("damage", [b"", b"{}", b"x" * 70])
def test_a_damaged_note_is_not_believed(project, damage):
    """A byte that differs makes every text be read again."""
    first = checked(project)
    path = project.root / STORE
    data = path.read_bytes()
    assert b"number-changed" in data or b"quantity" in data
    for broken in (damage, data[:-1], data.replace(b"error", b"note", 1)):
        path.write_bytes(broken)
        assert check_notes._read(Workspace(project)) == {}
        assert checked(project) == first
