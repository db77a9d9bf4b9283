"""Which documents a project has, by name, and which names can't be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.content import FrontMatter
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.project import Project, Read

# Catalogs beside those of the documents.
_RESERVED: Final = ("layouts", "glossary")


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents by name: the file and the front matter, or for a document that can't be used the reasons."""

    usable: dict[str, tuple[Path, FrontMatter]]
    refused: dict[str, tuple[Diagnostic, ...]]


def documents_by_name(
    project: Project, fronts: Mapping[Path, Read[FrontMatter | None]], renamed: Mapping[str, str]
) -> Documents:
    """The documents of these files with their front matter; `renamed` are new names by old.

    Two documents of one name are both refused: nobody can know which was meant, and they share their catalogs. A name
    that a document had earlier is refused too.
    """
    files: dict[str, list[Path]] = {}
    for path in fronts:
        files.setdefault(path.stem, []).append(path)
    documents = Documents({}, {})
    for name, paths in files.items():
        front, findings = fronts[paths[0]]
        reasons = tuple(_name_problems(name, [project.relative(path) for path in paths], renamed))
        if reasons or front is None:
            documents.refused[name] = reasons or findings
        else:
            documents.usable[name] = paths[0], front
    return documents


def _name_problems(name: str, places: list[str], renamed: Mapping[str, str]) -> Iterable[Diagnostic]:
    if len(places) > 1:
        yield from (_name_problem(place, f"{places[0]} has the same name") for place in places[1:])
    elif name in _RESERVED:
        yield _name_problem(places[0], f"the catalog {name}.po is not a document's")
    elif name in renamed:
        message = f"{name} was renamed to {renamed[name]}: what was signed and released as {name} is that document's"
        yield _name_problem(places[0], message)


def _name_problem(place: str, message: str) -> Diagnostic:
    return diagnostic("document-name", Span(place), message, "rename the document, before it is translated")
