from __future__ import annotations

from pathlib import Path

from pressroom.commands.catalogs.update import record_machine_drafts, update
from pressroom.project import find_project
from pressroom.workspace.workspace import Workspace

NOW = "2026-11-01 09:00+0000"


def test_a_catalog_that_was_deleted_is_told(minimal: Path) -> None:
    """Made anew without a word, all of a translator's work would be gone and nobody would know; the record stays."""
    project = find_project(minimal)
    record_machine_drafts(Workspace(project), "es", ("visit",))
    update(Workspace(project), (), NOW)
    record = (project.root / "locales/es/drafts/visit.txt").read_bytes()
    project.catalog_file("es", "visit").unlink()
    report = update(Workspace(project), (), NOW)
    told = [(one.code, one.span.path) for one in report.diagnostics]
    assert told == [("catalog-anew", "locales/es/LC_MESSAGES/visit.po")]
    assert (project.root / "locales/es/drafts/visit.txt").read_bytes() == record


def test_a_catalog_in_the_wrong_folder_is_refused_and_stays(minimal: Path) -> None:
    """Spanish saved in the French folder is an error of `update`, and its header still says Spanish."""
    settings = minimal / "pyproject.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"es"', '"es", "fr"'), encoding="utf-8")
    project = find_project(minimal)
    update(Workspace(project), (), NOW)
    french = project.catalog_file("fr", "visit")
    french.write_bytes(project.catalog_file("es", "visit").read_bytes())
    before = french.read_bytes()
    report = update(Workspace(project), (), NOW)
    assert [(one.code, one.span.path) for one in report.diagnostics] == [
        ("catalog-language", "locales/fr/LC_MESSAGES/visit.po")
    ]
    assert report.failed
    assert french.read_bytes() == before
