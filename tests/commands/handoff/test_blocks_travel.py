"""Tables, boxes, checklists, captions and lines to write on go to a translator and come back as they were."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.catalog.babel_extractors import extract_document
from pressroom.catalog.model import Entry
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.commands.catalogs.update import update
from pressroom.commands.handoff.import_handoff import import_handoff
from pressroom.language import find_language
from pressroom.project import Project
from pressroom.workspace.workspace import Workspace
from tests.commands.handoff.test_handoff import CATALOG, changes, project_in, sent, state

ES = find_language("es")
BLOCKS = """
<!-- context: table -->
| **Sign** | Say \\| do |
|:---|---:|
| Pain | Call *us* on {phone} |
| See [the guide](https://a.example) | {line} |

> [!WARNING]
> ## Go now
>
> Call {emergency}

> [!FACT]
> **10–20 mL**
> of your own blood

> A word from **us**.

- [ ] Ask your nurse
- [ ] {line}

My doctor: {line}

Come on {date} at {time}.
"""
TEXTS = {
    "**Sign**": "**Signo**",
    "Say | do": "Diga | haga",
    "Pain": "Dolor",
    "Call *us* on {phone}": "Llame a *nosotros* al {phone}",
    "See [the guide]{1}": "Vea [la guía]{1}",
    "Go now": "Vaya ya",
    "Call {emergency}": "Llame al {emergency}",
    "**10–20 mL** of your own blood": "**10–20 ml** de su propia sangre",
    "A word from **us**.": "Unas palabras **nuestras**.",
    "Ask your nurse": "Pregunte a su enfermera",
    "My doctor: {line}": "Mi médico: {line}",
    "Come on {date} at {time}.": "Venga el {date} a las {time}.",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a document of every kind of block, all of them translated."""
    project = project_in(tmp_path / "project")
    source = project.root / "source" / "visit.md"
    source.write_text(source.read_text(encoding="utf-8") + BLOCKS, encoding="utf-8")
    update(Workspace(project), (), "2026-11-02 09:00+0000")
    path = project.root / CATALOG
    catalog, _ = read_catalog(path.read_bytes(), CATALOG, ES)
    assert catalog is not None
    assert {entry.msgid for entry in catalog.active} >= set(TEXTS)
    done = [_translated(entry) for entry in catalog.entries]
    path.write_bytes(write_catalog(replace(catalog, entries=tuple(done))))
    return project


def _translated(entry: Entry) -> Entry:
    return replace(entry, msgstr=TEXTS[entry.msgid]) if entry.msgid in TEXTS else entry


def test_every_block_comes_back_as_it_was(project):
    """Nothing changes on the way to a translator and back."""
    update(Workspace(project), (), "2026-11-03 09:00+0000")
    before = state(project)
    report = import_handoff(Workspace(project), sent(project))
    assert (list(report.diagnostics), changes(report), state(project)) == ([], [], before)


@pytest.mark.parametrize(("ending", "old", "new"), [("po", "Mi médico", "Mi doctora"), ("xlf", "Dolor", "Dolores")])
def test_a_new_word_in_a_block_comes_back(project, tmp_path, ending, old, new):
    """Edited in either kind of file, one message changes."""
    target = tmp_path / "back.zip"
    with zipfile.ZipFile(sent(project)) as archive, zipfile.ZipFile(target, "w") as made:
        for name in archive.namelist():
            data = archive.read(name)
            made.writestr(name, data.replace(old.encode(), new.encode()) if name == f"es/visit.{ending}" else data)
    report = import_handoff(Workspace(project), target)
    assert [(name, text) for name, _, text in changes(report)] == [
        ("visit", next(text for text in TEXTS.values() if old in text).replace(old, new))
    ]


def test_the_memory_has_every_block(project):
    """A translation memory has each text once, with its tokens."""
    with zipfile.ZipFile(sent(project)) as archive:
        memory = archive.read("es/memory.tmx").decode()
    for text in ("Dolor", "Vaya ya", "Pregunte a su enfermera", "Diga | haga"):
        assert memory.count(f">{text}<") == 1


def test_babel_finds_what_update_finds(project):
    """The messages of every kind of block, with their contexts."""
    with (project.root / "source" / "visit.md").open("rb") as file:
        found = [(text[0], text[1]) if isinstance(text, tuple) else (None, text)
                 for _, _, text, _ in extract_document(file, {}, (), {})]  # fmt: skip
    catalog, _ = read_catalog((project.root / CATALOG).read_bytes(), CATALOG, ES)
    assert catalog is not None
    assert set(found) == {entry.key for entry in catalog.active}
    assert ("table", "Pain") in found
    assert not any(text in ("{line}", "{date}") for _, text in found)
