"""Which documents a project has: its source files go in, one file a name, and the names refused, come out."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.project import Project
from pressroom.workspace.renames import read_renames

# Catalogs that stand beside the documents' own.
_RESERVED: Final = ("layouts", "glossary")


def documents_of(project: Project) -> tuple[dict[str, Path], dict[str, tuple[Diagnostic, ...]]]:
    """The documents' files by name, and the names that can't be used with the reasons.

    Of two documents of one name neither is there: which was meant nobody can know, and they share their catalogs.
    """
    files: dict[str, list[Path]] = {}
    for path in project.sources:
        files.setdefault(path.stem, []).append(path)
    refused: dict[str, tuple[Diagnostic, ...]] = {}
    names, _ = read_renames(project)
    for name, paths in files.items():
        places = [project.relative(path) for path in paths]
        if len(paths) > 1:
            refused[name] = tuple(_name_problem(place, f"{places[0]} has the same name") for place in places[1:])
        elif name in _RESERVED:
            refused[name] = (_name_problem(places[0], f"the catalog {name}.po is not a document's"),)
        elif name in names:
            message = f"{name} was renamed to {names[name]}: what was signed and released as {name} is that document's"
            refused[name] = (_name_problem(places[0], message),)
    return {name: paths[0] for name, paths in files.items() if name not in refused}, refused


def _name_problem(place: str, message: str) -> Diagnostic:
    return diagnostic("document-name", Span(place), message, "rename the document, before it is translated")
