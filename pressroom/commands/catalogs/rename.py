"""Renames a document, with its source, catalogs and records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from pressroom.approval.codec import day
from pressroom.catalog import Catalog
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.commands.catalogs.document_files import (
    linked_folders,
    move_files,
    named_files,
    source_of,
    update_after_move,
)
from pressroom.commands.catalogs.report import CatalogReport
from pressroom.diagnostics import Severity
from pressroom.language import ENGLISH
from pressroom.planning.named import UsageError
from pressroom.workspace.documents import RENAME, Rename, current_name, rename_file
from pressroom.workspace.workspace import GLOSSARY, LAYOUTS, Workspace

_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAKEN: Final = (LAYOUTS, GLOSSARY, "readme")


def rename(workspace: Workspace, old: str, new: str, created: str) -> CatalogReport:
    """Rename a document with all files that have its name, in every locale, and update the catalogs.

    Nothing is renamed if a catalog can't be read or a file with the new name exists. A rename that was interrupted is
    finished by the same call: the source moves last. `created` is the new POT-Creation-Date.

    Raises:
        UsageError: there is no such document, or the new name is taken or not allowed.
    """
    report, names = CatalogReport(), {path.stem for path in workspace.sources()}
    is_begun = workspace.renames().value.get(old) == new
    if is_begun and old not in names and new in names:
        update_after_move(workspace, created, report)
        return report
    source = source_of(workspace, old)
    if not is_begun:
        _check_name(workspace, new, workspace.renames().value, old)
    moves = [
        (path, path.with_name(new + path.name.removeprefix(old))) for path in (*named_files(workspace, old), source)
    ]
    for _, target in moves:
        if target.exists():
            raise UsageError(f"{workspace.relative(target)} is there already", "remove it, or choose another name")
    report.diagnostics += linked_folders(workspace, [path for path, _ in moves])
    catalogs = _catalogs(workspace, [path for path, _ in moves], report)
    if not report.failed:
        _rename_all(workspace, (old, new), moves, catalogs, created, report)
    return report


def _rename_all(
    workspace: Workspace,
    names: tuple[str, str],
    moves: Sequence[tuple[Path, Path]],
    catalogs: Mapping[Path, Catalog],
    created: str,
    report: CatalogReport,
) -> None:
    old, new = names
    # First of all: a recall of the old name must not be lost, whatever happens next, nor what a translator has now.
    _, text = RENAME.write(Rename(old=old, new=new, dated=day(created[:10])))
    workspace.write(rename_file(workspace.project, old), text.encode())
    # Before they move, so that a rename that is finished later finds them. An update keeps these headers, because it
    # takes them for the translator's.
    before = {path: workspace.files.data(path).value or b"" for path in catalogs}
    for path, catalog in catalogs.items():
        workspace.write(path, write_catalog(_renamed(catalog, old, new)))
    move_files(workspace, moves, report)
    workspace.changed(["source/renames", *(path for move in moves for path in move)])
    if report.failed:
        for path, data in before.items():
            workspace.write(path, data)
        rename_file(workspace.project, old).unlink(missing_ok=True)
        return
    rename_file(workspace.project, new).unlink(missing_ok=True)
    update_after_move(workspace, created, report)


def _check_name(workspace: Workspace, name: str, names: Mapping[str, str], old: str) -> None:
    if not _NAME.fullmatch(name) or name in _TAKEN:
        raise UsageError(f"{name!r} can't name a document", "use lower-case letters, digits and single hyphens")
    if name in {path.stem for path in workspace.sources()}:
        raise UsageError(f"a document is called {name!r} already", "choose another name")
    if name in names and current_name(names, name) != old:
        was = f"{name!r} was the name of {current_name(names, name)}, and is in its records and hand-offs"
        raise UsageError(was, "choose another name")


def _catalogs(workspace: Workspace, paths: Sequence[Path], report: CatalogReport) -> dict[Path, Catalog]:
    catalogs: dict[Path, Catalog] = {}
    for path in paths:
        if path.suffix in (".po", ".pot"):
            # A template has no locale above it.
            language = workspace.registry().find(path.parent.parent.name if path.suffix == ".po" else ENGLISH)
            catalog, problems = read_catalog(
                workspace.files.data(path).value or b"", workspace.relative(path), language
            )
            report.diagnostics += [problem for problem in problems if problem.severity is Severity.ERROR]
            if catalog is not None:
                catalogs[path] = catalog
    return catalogs


def _renamed(catalog: Catalog, old: str, new: str) -> Catalog:
    header = catalog.header
    # As `update` and `extract` write them: "Spanish translation of …." and "Template of …. Made by …".
    comments = tuple(line.replace(f" of {old}.", f" of {new}.") for line in header.comments)
    is_named = header.get("Project-Id-Version") == old
    fields = header.replaced({"Project-Id-Version": new}) if is_named else header.fields
    return replace(catalog, header=replace(header, comments=comments, fields=fields))
