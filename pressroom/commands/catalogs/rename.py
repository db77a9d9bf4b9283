"""Renames a document, with its source, catalogs and records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from pressroom.approval.codec import day
from pressroom.catalog import Catalog, read_catalog, write_catalog
from pressroom.commands.catalogs.update import CatalogReport, update
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic
from pressroom.language import ENGLISH
from pressroom.planning.plan import UsageError
from pressroom.workspace.documents import RENAME, Rename, current_name, rename_file
from pressroom.workspace.workspace import GLOSSARY, LAYOUTS, Workspace

_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAKEN: Final = (LAYOUTS, GLOSSARY, "readme")


def rename(workspace: Workspace, old: str, new: str, created: str) -> CatalogReport:
    """Rename a document with all files that have its name, in every locale, and update the catalogs.

    Nothing is renamed if a catalog can't be read or a file with the new name exists. `created` is the new
    POT-Creation-Date.

    Raises:
        UsageError: there is no such document, or the new name is taken or not allowed.
    """
    source = _source(workspace, old)
    _check_name(workspace, new, workspace.renames().value, old)
    moves = [
        (path, path.with_name(new + path.name.removeprefix(old))) for path in (source, *_named_files(workspace, old))
    ]
    for _, target in moves:
        if target.exists():
            raise UsageError(f"{workspace.relative(target)} is there already", "remove it, or choose another name")
    report = CatalogReport()
    report.diagnostics += _links(workspace, [path for path, _ in moves])
    catalogs = _catalogs(workspace, [path for path, _ in moves], report)
    if report.failed:
        return report
    # First of all: a recall of the old name must not be lost, whatever happens next, nor what a translator has now.
    _, text = RENAME.write(Rename(old=old, new=new, dated=day(created[:10])))
    workspace.write(rename_file(workspace.project, old), text.encode())
    _move(workspace, moves, report)
    workspace.changed(["source/renames", *(path for move in moves for path in move)])
    if report.failed:
        rename_file(workspace.project, old).unlink(missing_ok=True)
    else:
        rename_file(workspace.project, new).unlink(missing_ok=True)
        # An update keeps these headers, because it takes them for the translator's.
        for path, target in moves:
            if path in catalogs:
                workspace.write(target, write_catalog(_renamed(catalogs[path], old, new)))
        updated = update(workspace, (), created)
        report.diagnostics += updated.diagnostics
        report.merges += updated.merges
    return report


def _links(workspace: Workspace, paths: Sequence[Path]) -> Iterator[Diagnostic]:
    """The folders of catalogs and records that are links: what is in them would keep its name, or leave the project."""
    folders = {workspace.root / "locales", *(folder for path in paths for folder in path.parents)}
    folders |= set(workspace.files.listing("locales", "**/*"))
    for folder in sorted(folder for folder in folders if folder.is_relative_to(workspace.root)):
        if folder != workspace.root and folder.is_symlink() and folder.is_dir():
            hint = "put the folder itself there"
            message = "this is a link; links are not followed"
            yield diagnostic("file-unreadable", Span(workspace.relative(folder)), message, hint)


def _source(workspace: Workspace, name: str) -> Path:
    sources = {path.stem: path for path in workspace.sources()}
    if name not in sources:
        raise UsageError(f"no document is called {name!r}", f"there are {', '.join(sorted(sources)) or 'none'}")
    return sources[name]


def _check_name(workspace: Workspace, name: str, names: Mapping[str, str], old: str) -> None:
    if not _NAME.fullmatch(name) or name in _TAKEN:
        raise UsageError(f"{name!r} can't name a document", "use lower-case letters, digits and single hyphens")
    if name in {path.stem for path in workspace.sources()}:
        raise UsageError(f"a document is called {name!r} already", "choose another name")
    if name in names and current_name(names, name) != old:
        was = f"{name!r} was the name of {current_name(names, name)}, and is in its records and hand-offs"
        raise UsageError(was, "choose another name")


def _named_files(workspace: Workspace, name: str) -> Iterator[Path]:
    """The template, catalogs and draft records of a document below locales/, and its folders of sign-offs."""
    files = (workspace.root / "locales").rglob(f"{name}.*")
    yield from sorted(path for path in files if path.is_file() and path.name.partition(".")[0] == name)
    places = [workspace.root / "source", *sorted((workspace.root / "locales").glob("*"))]
    yield from (path / "signoffs" / name for path in places if (path / "signoffs" / name).is_dir())


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


def _move(workspace: Workspace, moves: Sequence[tuple[Path, Path]], report: CatalogReport) -> None:
    """Move all of them or none: if one can't be moved, those before it go back."""
    done: list[tuple[Path, Path]] = []
    try:
        for path, target in moves:
            path.rename(target)
            done.append((path, target))
    except OSError as error:
        for path, target in reversed(done):
            target.rename(path)
        text = f"can't be renamed: {error.strerror}"
        at = Span(workspace.relative(moves[len(done)][0]))
        report.diagnostics.append(diagnostic("output-unwritable", at, text, "nothing was renamed; make it writable"))
        return
    report.seen = len(moves)
    report.written = [workspace.relative(target) for _, target in moves]


def _renamed(catalog: Catalog, old: str, new: str) -> Catalog:
    header = catalog.header
    # As `update` and `extract` write them: "Spanish translation of …." and "Template of …. Made by …".
    comments = tuple(line.replace(f" of {old}.", f" of {new}.") for line in header.comments)
    is_named = header.get("Project-Id-Version") == old
    fields = header.replaced({"Project-Id-Version": new}) if is_named else header.fields
    return replace(catalog, header=replace(header, comments=comments, fields=fields))
