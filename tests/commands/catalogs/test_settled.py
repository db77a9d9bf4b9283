"""An update of a project that nobody touched since the last one does nothing, and says what that one would say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pressroom.commands.catalogs import settled
from pressroom.commands.catalogs.settled import update_unless_settled
from pressroom.commands.catalogs.update import CatalogReport, record_machine_drafts, total, update
from pressroom.project import Project, find_project
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[3]
NOW = "2026-11-01 09:00+0000"
STORE = ".cache/pressroom/update.json"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(
        ROOT / "tests/projects/other-clinic", tmp_path / "p", ignore=shutil.ignore_patterns(".cache", "output")
    )
    project = find_project(tmp_path / "p")
    record_machine_drafts(Workspace(project), "de", ())
    update(Workspace(project), (), NOW)
    update_unless_settled(Workspace(project), (), NOW)
    return project


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that grows by one with every update that is really done."""
    times: list[str] = []

    def counted(workspace: Workspace, locales: tuple[str, ...], created: str) -> CatalogReport:
        times.append(created)
        return update(workspace, locales, created)

    monkeypatch.setattr(settled, "update", counted)
    return times


def test_nothing_is_done_twice_and_the_same_is_said(project, done):
    """The counts are those of an update that reads and compares every file."""
    spared = update_unless_settled(Workspace(project), (), NOW)
    assert done == []
    whole = update(Workspace(project), (), NOW)
    assert (spared.written, spared.seen, spared.diagnostics) == (whole.written, whole.seen, whole.diagnostics)
    assert total(spared.merges) == total(whole.merges)


@pytest.mark.parametrize(
    "name",
    [
        "source/leaflets/after-your-visit.md", "source/clinics.toml", "layouts/words.toml", "pyproject.toml",
        "locales/de/LC_MESSAGES/after-your-visit.po", "locales/de/drafts/after-your-visit.txt",
        "locales/after-your-visit.pot",
    ],
)  # fmt: skip
def test_a_change_of_any_file_is_seen(project, done, name):
    """A byte more at the end of it is enough; its date is not looked at."""
    path = project.root / name
    path.write_bytes(path.read_bytes() + b"\n")
    update_unless_settled(Workspace(project), (), NOW)
    assert len(done) == 1


def test_other_locales_are_another_update(project, done):
    """What was asked of one locale says nothing of all."""
    update_unless_settled(Workspace(project), ("de",), NOW)
    update_unless_settled(Workspace(project), ("de",), NOW)
    assert len(done) == 1


def test_a_complaint_is_made_every_time(project, done):
    """A file that could not be read is not forgotten because nobody mended it."""
    path = project.catalog_file("de", "after-your-visit")
    path.write_bytes(path.read_bytes() + b"garbage\n")
    first, second = (update_unless_settled(Workspace(project), (), NOW) for _ in range(2))
    assert first.failed
    assert second.diagnostics == first.diagnostics
    assert len(done) == 2


@pytest.mark.parametrize("text", ["", "[]", "{", '{"state": 3}', '{"state": "x", "seen": "many", "messages": {}}'])
def test_a_broken_note_costs_nothing(project, done, text):
    """The update is done again, and noted again."""
    (project.root / STORE).write_text(text, encoding="utf-8")
    update_unless_settled(Workspace(project), (), NOW)
    update_unless_settled(Workspace(project), (), NOW)
    assert len(done) == 1


def test_an_update_that_wrote_is_followed_by_a_whole_one(project, done):
    """Only an update that changed nothing shows that there is nothing to do."""
    source = project.root / "source/leaflets/after-your-visit.md"
    source.write_text(source.read_text(encoding="utf-8") + "\nOne more paragraph.\n", encoding="utf-8")
    reports = [update_unless_settled(Workspace(project), (), NOW) for _ in range(3)]
    assert reports[0].written
    assert not reports[1].written
    assert len(done) == 2
    assert total(reports[2].merges) == total(reports[1].merges)


def test_a_warning_about_a_clinic_is_repeated_without_an_update(project, done):
    """A clinic without a phone number does not make every update read every catalog."""
    clinics = project.root / "source/clinics.toml"
    lines = clinics.read_text(encoding="utf-8").splitlines(keepends=True)
    clinics.write_text("".join(line for line in lines if not line.startswith("phone")), encoding="utf-8")
    reports = [update_unless_settled(Workspace(project), (), NOW) for _ in range(3)]
    assert {finding.code for finding in reports[2].diagnostics} == {"clinic-phone"}
    assert reports[2].diagnostics == reports[0].diagnostics
    assert len(done) < 3
