"""What a command did to catalogs, and how it writes a file of theirs."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Final

from pressroom.catalog.merge import MergeSummary
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.project.atomic import refuse_links, sweep, write_atomic
from pressroom.project.folder_lock import held
from pressroom.project.open_file import file_bytes
from pressroom.workspace.workspace import Workspace

_HINT: Final = "the file is as it was: see that you may write it and that the disk has room, then run this again"


@dataclass(slots=True)
class CatalogReport:
    """What a command did to catalogs: the files it wrote, how many it looked at, each merge, and the findings."""

    written: list[str] = field(default_factory=list)
    seen: int = 0
    merges: list[tuple[str, MergeSummary]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """True where something was refused."""
        return worst(self.diagnostics) is Severity.ERROR


def write_file(workspace: Workspace, path: Path, data: bytes, report: CatalogReport) -> None:
    """Write a file if its bytes are not those that were read, and put it into the report."""
    report.seen += 1
    try:
        # Compared with what was read already, not with the disk.
        if workspace.files.data(path, optional=True).value != data:
            refuse_links(workspace.root, path)
            with held(path.parent):
                if not _is_as_read(workspace, path):
                    raise OSError(errno.EAGAIN, "another program saved it meanwhile", str(path))
                write_atomic(path, data)
            report.written.append(workspace.relative(path))
    except OSError as error:
        message = f"can't be written: {error.strerror}"
        report.diagnostics.append(diagnostic("output-unwritable", Span(workspace.relative(path)), message, _HINT))


def _is_as_read(workspace: Workspace, path: Path) -> bool:
    """True if the file still is what the command read: what an editor or a browser saved since is not overwritten."""
    now = file_bytes(workspace.root, path, optional=True)
    return now.value == workspace.files.data(path, optional=True).value


def sweep_folder(folder: Path, report: CatalogReport) -> None:
    """Remove what an interrupted command left half-written in a folder."""
    try:
        sweep(folder)
    except OSError as error:
        message = f"a half-written copy can't be removed: {error.strerror}"
        report.diagnostics.append(diagnostic("output-unwritable", Span(str(folder.name)), message, _HINT))


def total(merges: Sequence[tuple[str, MergeSummary]]) -> MergeSummary:
    """The sums over all catalogs."""
    sums = {f.name: sum(getattr(summary, f.name) for _, summary in merges) for f in fields(MergeSummary)}
    return replace(MergeSummary(), **sums)
