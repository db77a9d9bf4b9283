"""Which documents a project has, by name, and which names can't be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.project import Project

# Catalogs that stand beside the documents' own.
_RESERVED: Final = ("layouts", "glossary")


def files_by_name(
    project: Project, sources: Iterable[Path], renamed: Mapping[str, str]
) -> tuple[dict[str, Path], dict[str, tuple[Diagnostic, ...]]]:
    """The documents' files by name, and the names that can't be used with the reasons.

    Two documents of one name are both refused: nobody can know which was meant, and they share their catalogs. A name
    that a document had earlier (`renamed`: new names by old) is refused too.
    """
    files: dict[str, list[Path]] = {}
    for path in sources:
        files.setdefault(path.stem, []).append(path)
    refused: dict[str, tuple[Diagnostic, ...]] = {}
    for name, paths in files.items():
        places = [project.relative(path) for path in paths]
        if len(paths) > 1:
            refused[name] = tuple(_name_problem(place, f"{places[0]} has the same name") for place in places[1:])
        elif name in _RESERVED:
            refused[name] = (_name_problem(places[0], f"the catalog {name}.po is not a document's"),)
        elif name in renamed:
            message = (
                f"{name} was renamed to {renamed[name]}: what was signed and released as {name} is that document's"
            )
            refused[name] = (_name_problem(places[0], message),)
    return {name: paths[0] for name, paths in files.items() if name not in refused}, refused


def _name_problem(place: str, message: str) -> Diagnostic:
    return diagnostic("document-name", Span(place), message, "rename the document, before it is translated")
