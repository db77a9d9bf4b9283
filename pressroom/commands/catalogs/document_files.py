"""The files that have a document's name: finds them, and moves all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pressroom.commands.catalogs.report import CatalogReport
from pressroom.commands.catalogs.update import update
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.nearest import suggestion
from pressroom.planning.named import UsageError
from pressroom.project.atomic import refuse_links
from pressroom.workspace.workspace import Workspace


def source_of(workspace: Workspace, name: str) -> Path:
    """The source of a document.

    Raises:
        UsageError: there is no such document.
    """
    sources = {path.stem: path for path in workspace.sources()}
    if name not in sources:
        raise UsageError(f"no document is called {name!r}", suggestion(name, sorted(sources)))
    return sources[name]


def named_files(workspace: Workspace, name: str) -> Iterator[Path]:
    """The template, catalogs and draft records of a document below locales/, and its folders of sign-offs."""
    files = (workspace.root / "locales").rglob(f"{name}.*")
    yield from sorted(path for path in files if path.is_file() and path.name.partition(".")[0] == name)
    places = [workspace.root / "source", *sorted((workspace.root / "locales").glob("*"))]
    yield from (path / "signoffs" / name for path in places if (path / "signoffs" / name).is_dir())


def linked_folders(workspace: Workspace, paths: Sequence[Path]) -> Iterator[Diagnostic]:
    """The folders of catalogs and records that are links: what is in them would keep its name, or leave the project."""
    folders = {workspace.root / "locales", *(folder for path in paths for folder in path.parents)}
    folders |= set(workspace.files.listing("locales", "**/*"))
    for folder in sorted(folder for folder in folders if folder.is_relative_to(workspace.root)):
        if folder != workspace.root and folder.is_symlink() and folder.is_dir():
            hint = "put the folder itself there"
            message = "this is a link, and links are not followed"
            yield diagnostic("file-unreadable", Span(workspace.relative(folder)), message, hint)


def move_files(workspace: Workspace, moves: Sequence[tuple[Path, Path]], report: CatalogReport) -> None:
    """Move all of them or none: if one can't be moved, those before it go back."""
    done: list[tuple[Path, Path]] = []
    try:
        for path, target in moves:
            refuse_links(workspace.root, target)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
            done.append((path, target))
    except OSError as error:
        for path, target in reversed(done):
            target.rename(path)
        text = f"can't be moved: {error.strerror}"
        at = Span(workspace.relative(moves[len(done)][0]))
        report.diagnostics.append(diagnostic("output-unwritable", at, text, "nothing was moved; make it writable"))
        return
    report.seen = len(moves)
    report.written = [workspace.relative(target) for _, target in moves]


def update_after_move(workspace: Workspace, created: str, report: CatalogReport) -> None:
    """Update all catalogs: a document's name is in those of the others. The report stays one of the moved files."""
    updated = update(workspace, (), created)
    report.diagnostics += updated.diagnostics
    report.merges += updated.merges
