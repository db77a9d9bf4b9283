"""Takes a document out of the project, and back: its source, template, catalogs and draft records go to `archive/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from pressroom.commands.catalogs.document_files import (
    linked_folders,
    move_files,
    named_files,
    source_of,
    update_after_move,
)
from pressroom.commands.catalogs.report import CatalogReport
from pressroom.diagnostics import Severity
from pressroom.nearest import suggestion
from pressroom.planning.named import UsageError
from pressroom.workspace.workspace import Workspace

ARCHIVE: Final = "archive"


def remove_document(workspace: Workspace, name: str, created: str) -> CatalogReport:
    """Move a document's files to `archive/NAME`, each with its path in the project, and update the other catalogs.

    Its sign-offs, recalls and releases stay where they are: they say what was handed out. A removal that was
    interrupted is finished by the same call: the source moves last. `created` is the new POT-Creation-Date of templates
    that change.

    Raises:
        UsageError: there is no such document; it was released and is not recalled; or the archive has one of its name.
    """
    report, folder = CatalogReport(), workspace.root / ARCHIVE / name
    archived = any(path.stem == name for path in (folder / "source").rglob("*.md"))
    if archived and name not in {path.stem for path in workspace.sources()}:
        update_after_move(workspace, created, report)
        return report
    source = source_of(workspace, name)
    records = workspace.records()
    report.diagnostics += [finding for finding in records.diagnostics if finding.severity is Severity.ERROR]
    if handed_out := sorted(_handed_out(workspace, name)):
        hint = f"take it back first: {{command}} recall {name}"
        raise UsageError(f"{name} was released in {', '.join(handed_out)} and is not recalled", hint)
    paths = [*(path for path in named_files(workspace, name) if path.is_file()), source]
    moves = [(path, folder / workspace.relative(path)) for path in paths]
    if archived or folder.is_symlink() or any(target.exists() for _, target in moves):
        hint = "move it away, or bring it back: {command} remove-document NAME --undo"
        raise UsageError(f"{workspace.relative(folder)} is there already", hint)
    return _moved(workspace, moves, created, report)


def restore_document(workspace: Workspace, name: str, created: str) -> CatalogReport:
    """Bring a removed document back to where its files were, its source last, and update the catalogs.

    Raises:
        UsageError: it is not in the archive, or a file is in its place.
    """
    folder = workspace.root / ARCHIVE / name
    paths = sorted(path for path in folder.rglob("*") if path.is_file()) if "/" not in name else []
    paths.sort(key=lambda path: path.suffix == ".md")
    if not paths or folder.is_symlink():
        there = sorted(path.name for path in (workspace.root / ARCHIVE).glob("*"))
        raise UsageError(f"no removed document is called {name!r}", suggestion(name, there))
    moves = [(path, workspace.root / path.relative_to(folder)) for path in paths]
    for _, target in moves:
        if target.exists():
            raise UsageError(f"{workspace.relative(target)} is there already", "rename that document first")
    report = _moved(workspace, moves, created, CatalogReport())
    if not report.failed:
        for path in sorted((folder, *folder.rglob("*")), reverse=True):
            path.rmdir()
    return report


def _moved(
    workspace: Workspace, moves: Sequence[tuple[Path, Path]], created: str, report: CatalogReport
) -> CatalogReport:
    report.diagnostics += linked_folders(workspace, [path for move in moves for path in move])
    if not report.failed:
        move_files(workspace, moves, report)
        workspace.changed([path for move in moves for path in move])
    if not report.failed:
        update_after_move(workspace, created, report)
    return report


def _handed_out(workspace: Workspace, name: str) -> Iterator[str]:
    """The locales in which a document was released, and no recall covers it."""
    records = workspace.records().records
    locales = {piece.locale for release in records.releases for piece in release.pieces if piece.document == name}
    yield from (locale for locale in locales if not any(recall.covers(name, locale) for recall in records.recalls))
