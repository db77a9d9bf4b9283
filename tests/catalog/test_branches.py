"""Two translators and an editor on three branches, merged by git itself: a conflict is one that a person sees too."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.catalog import Catalog, read_catalog, write_catalog
from pressroom.commands.catalogs.update import update
from pressroom.language import find_language
from pressroom.project import Project, find_project
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
ES = find_language("es")
CALL = "Please call {phone} **before you come**."
NOW, LATER = "2026-11-01 09:00+0000", "2026-11-05 09:00+0000"
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of two locales, committed."""
    shutil.copytree(ROOT / "tests/projects/minimal", tmp_path / "p", ignore=shutil.ignore_patterns(".cache", "output"))
    project = find_project(tmp_path / "p")
    update(Workspace(project), (), NOW)
    git(project, "init", "-q", "-b", "main")
    commit(project)
    return project


def git(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    """Run git as an invented person."""
    person = ("-c", "user.name=Ana", "-c", "user.email=ana@clinic.example", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *person, *words], cwd=project.root, capture_output=True, text=True, check=False)


def commit(project: Project) -> None:
    """Everything, whatever it is called."""
    git(project, "add", "-A")
    assert git(project, "commit", "-q", "-m", "work").returncode == 0


def translated(project: Project, msgid: str, msgstr: str) -> None:
    """A translator's edit of one message, saved in the project's form."""
    path = project.catalog_file("es", "visit")
    catalog = of(project)
    entries = tuple(replace(e, msgstr=msgstr) if e.msgid == msgid else e for e in catalog.entries)
    path.write_bytes(write_catalog(replace(catalog, entries=entries)))


def of(project: Project) -> Catalog:
    """The catalog, which must be readable."""
    catalog, problems = read_catalog(project.catalog_file("es", "visit").read_bytes(), "visit.po", ES)
    assert catalog is not None, problems
    return catalog


def test_three_branches_merge(project: Project) -> None:
    """Translators at the heading and at the paragraph below it, an editor who adds and changes: nobody waits."""
    git(project, "switch", "-q", "-c", "one")
    translated(project, "Your visit", "Su cita")
    commit(project)
    git(project, "switch", "-q", "-c", "two", "main")
    translated(project, CALL, "Antes de venir, **llame** al {phone}.")
    commit(project)
    git(project, "switch", "-q", "-c", "editor", "main")
    source = project.root / "source/visit.md"
    text = source.read_text(encoding="utf-8").replace("Wear loose clothes", "Wear loose, light clothes")
    source.write_text(text + "\nA new last paragraph.\n", encoding="utf-8")
    update(Workspace(project), (), LATER)
    commit(project)
    git(project, "switch", "-q", "main")
    for branch in ("one", "two", "editor"):
        merged = git(project, "merge", "-q", "--no-edit", branch)
        assert merged.returncode == 0, merged.stdout
    said = {entry.msgid: entry.msgstr for entry in of(project).active}
    assert said["Your visit"] == "Su cita"
    assert said[CALL] == "Antes de venir, **llame** al {phone}."
    assert said["A new last paragraph."] == ""
    assert not update(Workspace(project), (), LATER).written


def saved(project: Project, msgid: str, msgstr: str, who: str, when: str) -> None:
    """A translator's edit as an editor saves it, with the date and the name in the header."""
    translated(project, msgid, msgstr)
    catalog = of(project)
    fields = catalog.header.replaced({"PO-Revision-Date": when, "Last-Translator": who})
    done = replace(catalog, header=replace(catalog.header, fields=fields))
    project.catalog_file("es", "visit").write_bytes(write_catalog(done))


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_two_dates_are_no_conflict_with_the_driver(project: Project, order: tuple[str, str]) -> None:
    """Both translators' editors wrote a date and a name: the later of the two stands, and both texts are there."""
    (project.root / ".gitattributes").write_text("locales/**/*.po merge=po\n", encoding="utf-8")
    git(project, "config", "merge.po.driver", f"{ROOT / 'setup/git-merge-po'} %O %A %B")
    commit(project)
    for branch, msgid, text, when in (
        ("one", "Your visit", "Su cita", "2026-11-03 10:00+0000"),
        ("two", CALL, "Antes de venir, **llame** al {phone}.", "2026-11-04 10:00+0000"),
    ):
        git(project, "switch", "-q", "-c", branch, "main")
        saved(project, msgid, text, f"{branch} & Co <{branch}@clinic.example>", when)
        commit(project)
    git(project, "switch", "-q", order[0])
    merged = git(project, "merge", "-q", "--no-edit", order[1])
    assert merged.returncode == 0, merged.stdout + merged.stderr
    catalog = of(project)
    said = {entry.msgid: entry.msgstr for entry in catalog.active}
    assert (said["Your visit"], said[CALL]) == ("Su cita", "Antes de venir, **llame** al {phone}.")
    assert catalog.header.get("PO-Revision-Date") == "2026-11-04 10:00+0000"
    assert catalog.header.get("Last-Translator") == "two & Co <two@clinic.example>"


def test_two_translations_of_one_message_are_a_conflict_that_is_told(project: Project) -> None:
    """Git stops, and until a person has chosen, the update refuses the file at its line and leaves it alone."""
    for branch, text in (("one", "Su cita"), ("two", "Cita")):
        git(project, "switch", "-q", "-c", branch, "main")
        translated(project, "Your visit", text)
        commit(project)
    git(project, "switch", "-q", "one")
    assert git(project, "merge", "-q", "--no-edit", "two").returncode != 0
    path = project.catalog_file("es", "visit")
    before = path.read_bytes()
    report = update(Workspace(project), (), LATER)
    assert "merge-conflict" in {problem.code for problem in report.diagnostics}
    assert path.read_bytes() == before
