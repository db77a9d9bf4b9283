"""An update that costs what changed: documents and catalogs that did not change since the last one are not read.

The result is that of a whole update, byte for byte. Where that is not certain (another program, a changed table, a
finding), a whole update is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from pressroom.commands.catalogs.partial_update import partial_update
from pressroom.commands.catalogs.remembered import Remembered, read_remembered, shared_state, write_remembered
from pressroom.commands.catalogs.report import CatalogReport
from pressroom.commands.catalogs.update import shared_findings, update
from pressroom.planning.named import locales_named
from pressroom.workspace.workspace import GLOSSARY, Workspace

_FILE: Final = ".cache/pressroom/update.json"
_NOTE_LIMIT: Final = 200_000_000


def update_unless_settled(workspace: Workspace, locales: Sequence[str], created: str) -> CatalogReport:
    """The report of `update`, which reads only what changed since the last one."""
    shared = shared_state(workspace)
    known = read_remembered(workspace.files.data(_FILE, limit=_NOTE_LIMIT, optional=True).value or b"")
    if known is None or known.shared != shared:
        known = Remembered(shared)
    elif (report := partial_update(workspace, locales, created, known)) is not None:
        _keep(workspace, known)
        return report
    before, catalogs = known.documents, known.catalogs
    known.documents, known.catalogs = {}, {}
    report = update(workspace, locales, created, known)
    if before.keys() <= known.documents.keys():
        # Where a document is gone, its translations are missed in the locales that were not updated.
        known.catalogs = catalogs | known.catalogs
    # A finding about a document or catalog is made by reading it. Only what has none may be left unread.
    if report.failed or report.diagnostics != shared_findings(workspace):
        known = Remembered("")
    for language in locales_named(workspace, locales):
        glossary = workspace.project.catalog_file(language.posix, GLOSSARY)
        known.glossaries[language.posix] = workspace.files.hash_of(glossary)
    _keep(workspace, known)
    return report


def _keep(workspace: Workspace, known: Remembered) -> None:
    with suppress(OSError):
        workspace.write(_FILE, write_remembered(known))
