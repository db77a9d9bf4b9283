"""The names that a shell completes, read from a project's files without the libraries that a command needs.

Each function is a `shell_complete` of Click. A project that can't be read has no names: the command says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from pressroom.project import Project

Names = Callable[["Project"], Iterable[str]]
Complete = Callable[[click.Context, click.Parameter, str], list[str]]
# Names that mean several products; see `pressroom.layout.products`.
_TOGETHER: Final = ("all", "press", "gray")


def _completing(names: Names) -> Complete:
    def complete(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        # Imported here, as below: every command has these functions, and `--help` must be quick.
        from pressroom.project import ProjectError, find_project

        try:
            project = find_project(context.obj or Path())
        except ProjectError:
            return []
        return sorted({name for name in names(project) if name.startswith(incomplete)})

    return complete


def _keys(path: str) -> Names:
    """The names of a TOML file's tables."""

    def names(project: Project) -> Iterable[str]:
        from pressroom.project import file_text, toml_table

        text, _ = file_text(project.root, path, optional=True)
        table = toml_table(text)[0] if text else None
        return [name for name, value in (table or {}).items() if isinstance(value, dict)]

    return names


def _documents(project: Project) -> Iterable[str]:
    return [path.stem for path in (project.root / "source").rglob("*.md") if path.name != "README.md"]


def _removed(project: Project) -> Iterable[str]:
    return [path.name for path in (project.root / "archive").glob("*")]


def _tags(_: Project) -> Iterable[str]:
    from pressroom.data_files import data_table

    return data_table("language/languages.toml")


def _codes(_: Project) -> Iterable[str]:
    from pressroom.diagnostics import documented_codes

    return [name for name, code in documented_codes().items() if code.waivable]


documents = _completing(_documents)
documents_and_removed = _completing(lambda project: [*_documents(project), *_removed(project)])
locales = _completing(lambda project: ["en", *project.locales, *project.awaiting])
languages = _completing(_tags)
clinics = _completing(_keys("source/clinics.toml"))
products = _completing(lambda project: [*_keys("layouts/products.toml")(project), *_TOGETHER])
sheets = _completing(_keys("layouts/sheets.toml"))
printers = _completing(lambda project: project.printers)
people = _completing(_keys("source/people.toml"))
codes = _completing(_codes)
