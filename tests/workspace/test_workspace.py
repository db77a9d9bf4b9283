from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pressroom.commands.signing.verdicts import verdicts_of
from pressroom.diagnostics import Diagnostic
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.project import open_file
from pressroom.workspace.glossary import glossary_terms
from pressroom.workspace.workspace import Workspace

TODAY = date(2026, 11, 23)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file of the project was opened, by its path."""
    counts: Counter[str] = Counter()
    read = open_file._read

    def counted(root: Path, relative: str, limit: int) -> bytes:
        data = read(root, relative, limit)
        counts[relative] += 1
        return data

    monkeypatch.setattr(open_file, "_read", counted)
    return counts


def use(workspace: Workspace) -> list[object]:
    """Everything that commands ask a workspace for."""
    plan = make_plan(workspace, Request())
    verdicts = verdicts_of(workspace, plan, TODAY)
    made = [(job.key, verdicts.piece(job.id), prepare(job).diagnostics) for job in plan.jobs]
    languages = workspace.languages(awaiting=True).value
    glossaries = [glossary_terms(workspace, language) for language in languages]
    return [made, plan.diagnostics, glossaries, workspace.lengths(), workspace.font_lock(), workspace.records()]


def test_each_file_is_read_once(other_clinic: Path, opened: Counter[str]) -> None:
    """Plan, keys, states of approval and pieces together open no file twice, however often they are asked for."""
    workspace = Workspace.open(other_clinic)
    first = use(workspace)
    assert {"source/clinics.toml", "layouts/brand.toml", "locales/de/LC_MESSAGES/layouts.po"} <= opened.keys()
    assert {name: count for name, count in opened.items() if count > 1} == {}
    opened.clear()
    assert use(workspace) == first
    assert opened == {}


@pytest.mark.parametrize(
    "name",
    [
        "source/leaflets/after-your-visit.md", "source/clinics.toml", "layouts/words.toml", "layouts/brand.toml",
        "layouts/products.toml", "layouts/leaflet/layout.toml", "layouts/leaflet/template.html",
        "locales/de/LC_MESSAGES/after-your-visit.po", "locales/fa/LC_MESSAGES/layouts.po",
    ],
)  # fmt: skip
def test_only_what_changed_is_read_again(name: str, other_clinic: Path, opened: Counter[str]) -> None:
    """After a change of one file that file alone is opened again, and the workspace says what a new one says."""
    workspace = Workspace.open(other_clinic)
    use(workspace)
    path = other_clinic / name
    path.write_bytes(path.read_bytes() + b"\n")
    opened.clear()
    workspace.changed([path])
    again = use(workspace)
    assert opened == {name: 1}
    assert _comparable(again) == _comparable(use(Workspace.open(other_clinic)))


@pytest.mark.parametrize(("name", "added"), [("template.html", "<p>new</p>\n"), ("style.css", "p { margin: 0 }\n")])
def test_a_layout_that_changed_is_not_printed_as_it_was(name: str, added: str, other_clinic: Path) -> None:
    """Pieces are made in the layout as it is now, not as the workspace read it first."""
    workspace = Workspace.open(other_clinic)
    before = _keys(workspace)
    path = other_clinic / "layouts/leaflet" / name
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    workspace.changed([path])
    assert _keys(workspace) == _keys(Workspace.open(other_clinic)) != before


def _keys(workspace: Workspace) -> list[str]:
    return [job.key for job in make_plan(workspace, Request()).jobs]


def _comparable(values: list[object]) -> str:
    return repr(values)


def test_a_change_is_seen(other_clinic: Path, edit) -> None:
    """A corrected clinic, a new document and a deleted catalog are known as soon as they are named as changed."""
    workspace = Workspace.open(other_clinic)
    source = next(path for path in workspace.sources() if path.stem == "after-your-visit")
    (clinic, *_) = workspace.clinics().value
    edit(other_clinic / "source" / "clinics.toml", clinic.name, "Another Name")
    workspace.changed(["source/clinics.toml"])
    assert workspace.clinics().value[0].name == "Another Name"
    assert "again" not in workspace.documents().usable
    new = source.with_name("again.md")
    new.write_bytes(source.read_bytes())
    workspace.changed([new])
    assert "again" in workspace.documents().usable
    (german,) = (language for language in workspace.languages().value if language.tag == "de")
    assert workspace.catalog("after-your-visit", german).value is not None
    workspace.project.catalog_file("de", "after-your-visit").unlink()
    workspace.changed([other_clinic / "locales" / "de"])
    (finding,) = workspace.catalog("after-your-visit", german).findings
    assert finding.code == "catalog-missing"


def test_sources(minimal: Path) -> None:
    """Documents are the Markdown files of source/, sorted; a README beside them is none."""
    for name in ("b/z.md", "b/README.md", "a.md", "c.txt"):
        (minimal / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        (minimal / "source" / name).touch()
    workspace = Workspace.open(minimal)
    found = [workspace.relative(path) for path in workspace.sources()]
    assert found == ["source/a.md", "source/b/z.md", "source/visit.md"]


def test_new_settings_concern_everything(minimal: Path, edit) -> None:
    """Settings are read again too."""
    workspace = Workspace.open(minimal)
    assert "de" not in {language.tag for language in workspace.languages().value}
    edit(minimal / "pyproject.toml", "locales = [", 'locales = ["de", ')
    workspace.changed([minimal / "pyproject.toml"])
    assert "de" in {language.tag for language in workspace.languages().value}


@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("source/clinics.toml", lambda workspace: workspace.clinics().findings),
        ("layouts/products.toml", lambda workspace: workspace.products().findings),
        ("layouts/brand.toml", lambda workspace: workspace.brand().findings),
        ("layouts/words.toml", lambda workspace: workspace.words().findings),
        ("layouts/slip/layout.toml", lambda workspace: (workspace.layout("slip"),)),
        ("source/visit.md", lambda workspace: workspace.documents().refused["visit"]),
        ("locales/es/LC_MESSAGES/visit.po", lambda workspace: workspace.catalog("visit", _spanish(workspace)).findings),
        ("locales/es/drafts/visit.txt", lambda workspace: workspace.drafts("visit", _spanish(workspace)).findings),
        ("fonts.lock", lambda workspace: workspace.font_lock().findings),
        ("locales/lengths.toml", lambda workspace: workspace.lengths().findings),
        ("releases/release-1.toml", lambda workspace: workspace.records().diagnostics),
        ("source/renames/old.toml", lambda workspace: workspace.renames().findings),
    ],
)
@pytest.mark.parametrize("kind", ["not UTF-8", "link", "pipe"])
def test_what_cannot_be_read_is_told(name: str, ask, kind: str, minimal: Path) -> None:
    """A file of the project that can't be read has a finding that names it, wherever it is asked for."""
    path = minimal / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "not UTF-8":
        path.write_bytes(b"\xff\xfe")
    elif kind == "link":
        path.symlink_to("/etc/hostname")
    else:
        os.mkfifo(path)
    findings = ask(Workspace.open(minimal))
    assert all(isinstance(finding, Diagnostic) for finding in findings)
    assert name in {finding.span.path for finding in findings}


def _spanish(workspace: Workspace):
    return workspace.registry().find("es")
