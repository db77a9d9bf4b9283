from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pressroom.pipeline.catalogs import record_machine_drafts, update
from pressroom.pipeline.plan import UsageError
from pressroom.pipeline.rename import rename
from pressroom.project import Project, find_project

ROOT = Path(__file__).parents[2]
NOW = "2026-11-01 09:00+0000"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(ROOT / "tests/projects/minimal", tmp_path / "p", ignore=shutil.ignore_patterns(".cache", "output"))
    project = find_project(tmp_path / "p")
    update(project, (), NOW)
    record_machine_drafts(project, "es", ("visit",))
    return project


def files(project: Project) -> dict[str, str]:
    """Every file of the sources and locales."""
    found = (path for part in ("source", "locales") for path in sorted((project.root / part).rglob("*")))
    return {project.relative(path): path.read_text(encoding="utf-8") for path in found if path.is_file()}


def test_all_that_bears_the_name_bears_the_new_one(project):
    """Source, template, catalog and draft record move; every word and record in them stays."""
    before = files(project)
    report = rename(project, "visit", "your-visit", "2027-01-01 00:00+0000")
    assert not report.failed
    assert report.written == [
        "source/your-visit.md",
        "locales/es/LC_MESSAGES/your-visit.po",
        "locales/es/drafts/your-visit.txt",
        "locales/your-visit.pot",
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
    assert files(project) == wanted


def test_an_update_after_it_changes_nothing(project):
    """The renamed catalogs are already what an update makes of them."""
    rename(project, "visit", "your-visit", NOW)
    after = files(project)
    assert update(project, (), "2027-01-01 00:00+0000").written == []
    assert files(project) == after


@pytest.mark.parametrize("name", ["Visit 2", "../visit", "layouts", "glossary", "visit", "-v", "", "readme"])
def test_a_name_that_can_not_be_one_is_refused(project, name):
    """Spaces break references, and some names are taken."""
    before = files(project)
    with pytest.raises(UsageError):
        rename(project, "visit", name, NOW)
    assert files(project) == before


def test_nothing_is_overwritten(project):
    """A catalog of the new name, left from another document, stops the renaming before anything moves."""
    left = project.catalog_file("es", "other")
    left.write_text("# somebody's work\n", encoding="utf-8")
    before = files(project)
    with pytest.raises(UsageError, match="is there already"):
        rename(project, "visit", "other", NOW)
    assert files(project) == before


def test_an_unreadable_catalog_stops_it(project):
    """A broken file is a translator's work: it is told with its line, and nothing moves."""
    path = project.catalog_file("es", "visit")
    path.write_text(path.read_text(encoding="utf-8") + 'msgid "open\n', encoding="utf-8")
    before = files(project)
    assert rename(project, "visit", "your-visit", NOW).failed
    assert files(project) == before


def test_an_unknown_document_is_a_wrong_use(project):
    """The hint names what there is."""
    with pytest.raises(UsageError) as caught:
        rename(project, "vist", "your-visit", NOW)
    assert caught.value.hint == "there are visit"


def test_a_name_within_a_name_is_left_alone(project):
    """Renaming `visit` does not touch `visit-2`, whose name begins the same."""
    (project.root / "locales/visit-2.pot").write_text("", encoding="utf-8")
    rename(project, "visit", "stay", NOW)
    assert (project.root / "locales/visit-2.pot").is_file()
