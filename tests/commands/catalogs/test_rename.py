from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pressroom.approval import Waiver
from pressroom.approval.records import WAIVER
from pressroom.commands.catalogs.rename import rename
from pressroom.commands.catalogs.update import record_machine_drafts, update
from pressroom.commands.releasing.editions import rollback
from pressroom.commands.releasing.verify import identify
from pressroom.commands.signing.review_case import open_review_case
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.verdicts import open_verdicts
from pressroom.commands.signing.withdraw import recall
from pressroom.planning.named import UsageError
from pressroom.project import Project, find_project
from pressroom.workspace.records import write_record
from pressroom.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

NOW = "2026-11-01 09:00+0000"


@pytest.fixture
def project(minimal: Path) -> Project:
    project = find_project(minimal)
    update(Workspace(project), (), NOW)
    record_machine_drafts(Workspace(project), "es", ("visit",))
    return project


def files(project: Project) -> dict[str, str]:
    """Every file of the sources and locales."""
    found = (path for part in ("source", "locales") for path in sorted((project.root / part).rglob("*")))
    return {project.relative(path): path.read_text(encoding="utf-8") for path in found if path.is_file()}


def test_all_that_bears_the_name_bears_the_new_one(project):
    """Source, template, catalog and draft record move; every word and record in them stays."""
    before = files(project)
    report = rename(Workspace(project), "visit", "your-visit", "2027-01-01 00:00+0000")
    assert not report.failed
    assert report.written == [
        "locales/es/LC_MESSAGES/your-visit.po",
        "locales/es/drafts/your-visit.txt",
        "locales/your-visit.pot",
        "source/your-visit.md",
    ]
    wanted = {
        name.replace("visit", "your-visit"): text
        if not name.endswith((".po", ".pot"))
        else text.replace(" in visit", " in your-visit")
        .replace("source/visit.md", "source/your-visit.md")
        .replace(" of visit.", " of your-visit.")
        .replace("Version: visit", "Version: your-visit")
        for name, text in before.items()
    }
    renamed = files(project)
    assert 'from = "visit"' in renamed.pop("source/renames/visit.toml")
    assert renamed == wanted


def test_an_update_after_it_changes_nothing(project):
    """The renamed catalogs are already what an update makes of them."""
    rename(Workspace(project), "visit", "your-visit", NOW)
    after = files(project)
    assert update(Workspace(project), (), "2027-01-01 00:00+0000").written == []
    assert files(project) == after


@pytest.mark.parametrize("name", ["Visit 2", "../visit", "layouts", "glossary", "visit", "-v", "", "readme"])
def test_a_name_that_can_not_be_one_is_refused(project, name):
    """Spaces break references, and some names are taken."""
    before = files(project)
    with pytest.raises(UsageError):
        rename(Workspace(project), "visit", name, NOW)
    assert files(project) == before


def test_nothing_is_overwritten(project):
    """A catalog of the new name, left from another document, stops the renaming before anything moves."""
    left = project.catalog_file("es", "other")
    left.write_text("# somebody's work\n", encoding="utf-8")
    before = files(project)
    with pytest.raises(UsageError, match="is there already"):
        rename(Workspace(project), "visit", "other", NOW)
    assert files(project) == before


def test_an_unreadable_catalog_stops_it(project):
    """A broken file is a translator's work: it is told with its line, and nothing moves."""
    path = project.catalog_file("es", "visit")
    path.write_text(path.read_text(encoding="utf-8") + 'msgid "open\n', encoding="utf-8")
    before = files(project)
    assert rename(Workspace(project), "visit", "your-visit", NOW).failed
    assert files(project) == before


def test_an_unknown_document_is_a_wrong_use(project):
    """The hint names what there is."""
    with pytest.raises(UsageError) as caught:
        rename(Workspace(project), "vist", "your-visit", NOW)
    assert caught.value.hint == "did you mean visit?"


def test_a_name_within_a_name_is_left_alone(project):
    """Renaming `visit` does not touch `visit-2`, whose name begins the same."""
    (project.root / "locales/visit-2.pot").write_text("", encoding="utf-8")
    rename(Workspace(project), "visit", "stay", NOW)
    assert (project.root / "locales/visit-2.pot").is_file()


def holds(bench: Bench, name: str) -> bool:
    """True where every signature on the document of this name stands in both languages."""
    verdicts = open_verdicts(bench.workspace, date(2026, 11, 23))
    mine = [id for id in verdicts.jobs if id[0] == name]
    return len(mine) == 2 and all(not verdicts.on_piece(id).bars for id in mine)


def test_what_was_signed_stays_signed(released):
    """Signatures, waivers and releases of the old name hold under the new one, with not a byte of them changed."""
    said = Waiver(
        document="signs",
        locale="es",
        code="number-changed",
        message="0" * 16,
        text="0" * 16,
        quoted="x",
        reason="y",
        name="Rita",
        qualification="z",
        dated=date(2026, 11, 23),
    )
    write_record(released.workspace, released.root / "locales/es/signoffs/signs", *WAIVER.write(said))
    folders = ("source/signoffs/signs", "locales/es/signoffs/signs", "releases")
    before = {p.name: p.read_bytes() for f in folders for p in (released.root / f).rglob("*") if p.is_file()}
    assert not rename(released.workspace, "signs", "warning", NOW).failed
    after = {p.name: p.read_bytes() for p in released.root.rglob("*") if p.is_file() and "output" not in p.parts}
    assert before.items() <= after.items()
    found = released.workspace.records()
    assert not found.diagnostics
    assert [waiver.document for waiver in found.records.waivers] == ["warning"]
    assert holds(released, "warning")
    (file,) = released.offered()
    assert identify(released.workspace, file, date(2026, 11, 23)).files[0].verdict == "current"
    assert not rename(released.workspace, "warning", "signs", NOW).failed
    assert holds(released, "signs")


def test_a_recall_goes_with_the_document(released, tmp_path):
    """What was recalled under the old name is recalled under the new one, and its release can't come back."""
    today = date(2026, 11, 23)
    paper = shutil.copy(released.offered()[0], tmp_path)
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", today, released.output)
    rename(released.workspace, "signs", "warning", NOW)
    review_case = open_review_case(released.workspace, "warning", "es", today)
    assert [r.reason for r in review_case.cases()[0][1].recalls] == ["misprint"]
    assert rollback(released.workspace, released.output, 1, unlisted("Paula"), today).reasons
    assert identify(released.workspace, Path(paper), today).files[0].verdict == "recalled"


def test_a_recall_by_the_new_name(released):
    """Under the new name everything is recalled and taken out that was released under the old."""
    rename(released.workspace, "signs", "warning", NOW)
    done = recall(
        released.workspace, "warning", "", unlisted("Cora Clinic"), "misprint", date(2026, 11, 23), released.output
    )
    assert len(done.pull) == done.withdrawn == 2
    assert released.offered() == []


def test_nobody_takes_the_old_name(released):
    """A new document of the old name is refused: the old one's signatures and recalls would be its own."""
    text = released.source.read_text()
    rename(released.workspace, "signs", "warning", NOW)
    released.source.write_text(text.replace("CRD-001", "CRD-002"))
    report = released.release("es")
    assert "document-name" in {d.code for d in report.diagnostics}
    released.source.unlink()
    rename(released.workspace, "warning", "other", NOW)
    shutil.copy(released.root / "source" / "other.md", released.root / "source" / "third.md")
    with pytest.raises(UsageError, match="was the name of other"):
        rename(released.workspace, "third", "signs", NOW)


@pytest.mark.parametrize("name", ["source", "locales/es", "locales/es/LC_MESSAGES"])
def test_a_linked_folder(project, tmp_path, name):
    """Nothing is renamed where a folder on the way is a link: the files in it may be another project's."""
    (project.root / name).rename(tmp_path / "elsewhere")
    (project.root / name).symlink_to(tmp_path / "elsewhere")
    before = sorted(path.name for path in (tmp_path / "elsewhere").rglob("*"))
    report = rename(Workspace(project), "visit", "your-visit", NOW)
    assert report.failed
    assert name in [d.span.path for d in report.diagnostics]
    assert sorted(path.name for path in (tmp_path / "elsewhere").rglob("*")) == before
    assert (project.root / "locales" / "visit.pot").is_file()


@pytest.mark.parametrize("last", ["visit.md", "visit.po", "visit.pot"])
def test_an_interrupted_rename_is_finished_by_the_same_call(project, monkeypatch, last):
    """Wherever it stopped, a check names the call that finishes it, and that call ends with the same files."""
    whole = Path(shutil.copytree(project.root, project.root.parent / "whole"))
    assert not rename(Workspace(find_project(whole)), "visit", "your-visit", NOW).failed
    move = Path.rename

    def stopped(path: Path, target: Path) -> Path:
        if path.name == last:
            raise KeyboardInterrupt
        return move(path, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        rename(Workspace(project), "visit", "your-visit", NOW)
    monkeypatch.undo()
    refused = Workspace(project).documents().refused["visit"]
    assert [finding.hint for finding in refused] == ["finish its renaming: {command} rename visit your-visit"]
    assert not rename(Workspace(project), "visit", "your-visit", NOW).failed
    assert files(project) == files(find_project(whole))
    assert not rename(Workspace(project), "visit", "your-visit", NOW).failed
    assert files(project) == files(find_project(whole))
