"""The names of a project's documents: those in use, those that can't be used, and those a document had earlier.

Signatures, recalls and the release log keep the name that a document had when they were written. They are never
rewritten: their files' names are hashes of their content, and a key may have signed them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pressroom.approval.codec import RecordFormat, named
from pressroom.content import FrontMatter
from pressroom.content.parse import read_front_matter
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.project import Project, Read

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace

# Catalogs beside those of the documents.
_RESERVED: Final = ("layouts", "glossary")


@dataclass(frozen=True, slots=True)
class Documents:
    """The usable documents with their file and front matter, and the refused ones with the reasons, all by name.

    `unlisted` are the findings about folders in `source/` that can't be read, and may contain documents.
    """

    usable: dict[str, tuple[Path, FrontMatter]]
    refused: dict[str, tuple[Diagnostic, ...]]
    unlisted: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """A document got a new name."""

    old: str = named("from")
    new: str = named("to")
    dated: date = named("date")


RENAME: Final = RecordFormat(
    Rename,
    head="A document's new name, written by `publish.py rename`. What was signed or sent out under the old one holds.",
    name=lambda rename, _: f"{rename.old}.toml",
)


def documents_by_name(workspace: Workspace, paths: Iterable[Path], unlisted: tuple[Diagnostic, ...]) -> Documents:
    """The documents at these paths by name; `unlisted` is as in `Documents`.

    Two documents with the same name are both refused: they would share their catalogs. A document's earlier name is
    refused too.
    """
    files: dict[str, list[Path]] = {}
    for path in paths:
        files.setdefault(path.stem, []).append(path)
    documents, renamed = Documents({}, {}, unlisted), workspace.renames().value
    for name, (first, *others) in files.items():
        front, findings = workspace.files.parsed(first, read_front_matter, None)
        if others:
            problem = f"{workspace.relative(first)} has the same name"
        elif name in _RESERVED:
            problem = f"the catalog {name}.po is not a document's"
        elif name in renamed:
            new = renamed[name]
            problem = f"{name} was renamed to {new}: what was signed, released or sent out as {name} is its own"
        elif front is not None:
            documents.usable[name] = first, front
            continue
        else:
            documents.refused[name] = findings
            continue
        spans = [Span(workspace.relative(path), 1) for path in others or [first]]
        hint = "rename the document, before it is translated"
        if not others and name in renamed and renamed[name] not in files:
            hint = f"finish its renaming: {{command}} rename {name} {renamed[name]}"
        documents.refused[name] = tuple(diagnostic("document-name", span, problem, hint) for span in spans)
    return documents


def rename_file(project: Project, old: str) -> Path:
    """The file that says which name a document has now."""
    return project.root / "source" / "renames" / f"{old}.toml"


def read_renames(workspace: Workspace) -> Read[dict[str, str]]:
    """New names by old. A file that can't be read is a finding, because a recall may use that name."""
    names: dict[str, str] = {}
    findings: list[Diagnostic] = []
    for path in workspace.files.listing("source/renames", "*.toml"):
        try:
            names[path.stem] = RENAME.read_file(workspace.files, path).new
        except ValueError as error:
            hint = "restore it from version control; recalls and releases of the old name are found by it"
            message = f"this record does not count: {error}"
            findings.append(diagnostic("record-broken", Span(workspace.relative(path)), message, hint))
    return Read(names, tuple(findings))


def current_name(names: Mapping[str, str], document: str) -> str:
    """The name that a document has now, however often it was renamed."""
    seen = {document}
    while document in names and names[document] not in seen:
        document = names[document]
        seen.add(document)
    return document
