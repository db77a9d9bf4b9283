"""An update of a project that nobody touched since the last one does nothing, and says what that one would say."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from pressroom.catalog import Catalog
from pressroom.commands.catalogs import partial_update, settled
from pressroom.commands.catalogs.remembered import Remembered, read_remembered
from pressroom.commands.catalogs.report import CatalogReport, total
from pressroom.commands.catalogs.settled import update_unless_settled
from pressroom.commands.catalogs.update import MergedCatalog, merged_catalogs, record_machine_drafts, update
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
    """A list that grows by one with every update of everything."""
    times: list[str] = []

    def counted(
        workspace: Workspace, locales: tuple[str, ...], created: str, notes: Remembered | None = None
    ) -> CatalogReport:
        times.append(created)
        return update(workspace, locales, created, notes)

    monkeypatch.setattr(settled, "update", counted)
    return times


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the catalogs that an update of a part merges."""
    names: list[str] = []

    def counted(workspace: Workspace, templates: dict[str, Catalog], *others: Any) -> dict[str, MergedCatalog]:
        names.extend(sorted(templates))
        return merged_catalogs(workspace, templates, *others)

    monkeypatch.setattr(partial_update, "merged_catalogs", counted)
    return names


def test_nothing_is_done_twice_and_the_same_is_said(project, done, read):
    """The counts are those of an update that reads and compares every file."""
    spared = update_unless_settled(Workspace(project), (), NOW)
    assert done == read == []
    whole = update(Workspace(project), (), NOW)
    assert (spared.written, spared.seen, spared.diagnostics) == (whole.written, whole.seen, whole.diagnostics)
    assert total(spared.merges) == total(whole.merges)


@pytest.mark.parametrize("name", ["source/clinics.toml", "pyproject.toml"])
def test_a_change_of_a_table_is_an_update_of_everything(project, done, name):
    """A byte more at the end of it is enough; its date is not looked at."""
    path = project.root / name
    path.write_bytes(path.read_bytes() + b"\n")
    update_unless_settled(Workspace(project), (), NOW)
    assert len(done) == 1


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("layouts/words.toml", ["layouts", "layouts"]),
        ("source/leaflets/after-your-visit.md", ["after-your-visit", "after-your-visit"]),
        ("locales/after-your-visit.pot", ["after-your-visit", "after-your-visit"]),
        ("locales/de/LC_MESSAGES/after-your-visit.po", ["after-your-visit"]),
        ("locales/de/drafts/after-your-visit.txt", ["after-your-visit"]),
    ],
)
def test_a_change_of_a_document_or_catalog_is_an_update_of_that_one(project, done, read, name, wanted):
    """In every locale where its template changed, and in its own otherwise."""
    path = project.root / name
    path.write_bytes(path.read_bytes() + b"\n")
    update_unless_settled(Workspace(project), (), NOW)
    assert (done, read) == ([], wanted)
    assert update(Workspace(project), (), NOW).written == []


def test_a_translators_words_are_not_read_again(project, done, read):
    """A catalog in which only translations were written is as an update would write it; others get them from it."""
    (project.root / "locales/de/drafts/layouts.txt").unlink()
    text = "A text of both documents."
    source = project.root / "source/leaflets/after-your-visit.md"
    for name, number in (("after-your-visit", "1"), ("other", "2")):
        path = source.with_name(f"{name}.md")
        head = source.read_text(encoding="utf-8").partition("\n\n")[0].replace("number: ", f"number: {number}")
        path.write_text(f"{head}\n\n<!-- panel: text -->\n\n# One\n\n{text}\n", encoding="utf-8")
    update_unless_settled(Workspace(project), (), NOW)
    update_unless_settled(Workspace(project), (), NOW)
    read.clear()
    done.clear()
    path = project.catalog_file("fa", "other")
    path.write_text(path.read_text().replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "متن"'))
    update_unless_settled(Workspace(project), (), NOW)
    assert (done, read) == ([], ["after-your-visit"])
    assert 'msgstr "متن"' in project.catalog_file("fa", "after-your-visit").read_text(encoding="utf-8")
    assert update(Workspace(project), (), NOW).written == []


def test_a_locale_is_updated_from_the_same_notes(project, done, read):
    """What was noted of all locales serves for one."""
    update_unless_settled(Workspace(project), ("de",), NOW)
    assert done == read == []


def test_a_complaint_is_made_every_time(project, done):
    """A file that could not be read is not forgotten because nobody mended it."""
    path = project.catalog_file("de", "after-your-visit")
    path.write_bytes(path.read_bytes() + b"garbage\n")
    first, second = (update_unless_settled(Workspace(project), (), NOW) for _ in range(2))
    assert first.failed
    assert second.diagnostics == first.diagnostics
    assert len(done) == 2


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b"0\n{}"])
def test_a_broken_note_costs_nothing(project, done, damage):
    """Everything is updated again, and noted again."""
    (project.root / STORE).write_bytes(damage)
    update_unless_settled(Workspace(project), (), NOW)
    update_unless_settled(Workspace(project), (), NOW)
    assert len(done) == 1


def test_one_byte_of_a_note_is_enough_to_doubt_it(project, done):
    """A note that is another's, or was cut, is not believed."""
    path = project.root / STORE
    data = path.read_bytes()
    for broken in (data[:-1], data.replace(b'"shared"', b'"shared" '), data[:200] + b"0" + data[201:]):
        path.write_bytes(broken)
        assert read_remembered(broken) is None
    update_unless_settled(Workspace(project), (), NOW)
    assert len(done) == 1


def test_a_warning_about_a_clinic_is_repeated_without_an_update(project, done):
    """A clinic without a phone number does not make every update read every catalog."""
    clinics = project.root / "source/clinics.toml"
    lines = clinics.read_text(encoding="utf-8").splitlines(keepends=True)
    clinics.write_text("".join(line for line in lines if not line.startswith("phone")), encoding="utf-8")
    reports = [update_unless_settled(Workspace(project), (), NOW) for _ in range(3)]
    assert {finding.code for finding in reports[2].diagnostics} == {"clinic-phone"}
    assert reports[2].diagnostics == reports[0].diagnostics
    assert len(done) < 3
