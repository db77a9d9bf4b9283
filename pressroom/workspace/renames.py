"""Documents' earlier names, as `rename` wrote them.

Signatures, recalls and the log of releases say the name that a document had when they were written, and are never
rewritten: their files' names are hashes of what they say, and may be signed by a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.approval.codec import RecordFormat, named
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.project import Files, Project, Read
from pressroom.project.open_file import relative_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """A document got a new name."""

    old: str = named("from")
    new: str = named("to")
    dated: date = named("date")


RENAME: Final = RecordFormat(
    Rename,
    head="A document's new name, written by `publish.py rename`. What was signed and released under the old one holds.",
    name=lambda rename, _: f"{rename.old}.toml",
)


def rename_file(project: Project, old: str) -> Path:
    """The file that says which name a document has now."""
    return project.root / "source" / "renames" / f"{old}.toml"


def read_renames(files: Files) -> Read[dict[str, str]]:
    """New names by old; one that can't be read is a finding, because a recall could be of that name."""
    names: dict[str, str] = {}
    findings: list[Diagnostic] = []
    for path in files.listing("source/renames", "*.toml"):
        text, unreadable = files.text(path)
        try:
            if text is None:
                raise ValueError(unreadable[0].message)
            names[path.stem] = RENAME.read(text, path.name).new
        except ValueError as error:
            hint = "restore it from version control; recalls and releases of the old name are found by it"
            span = Span(relative_name(files.root, path))
            findings.append(diagnostic("record-broken", span, f"this record does not count: {error}", hint))
    return Read(names, tuple(findings))


def name_today(names: Mapping[str, str], document: str) -> str:
    """The name that a document has now, however often it was renamed."""
    seen = {document}
    while document in names and names[document] not in seen:
        document = names[document]
        seen.add(document)
    return document
