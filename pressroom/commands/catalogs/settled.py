"""An update that costs what changed: documents and catalogs that nobody touched since the last one are not read.

The result is that of a whole update, byte for byte. Where that is not certain (another program, a changed table, a
finding), a whole update is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Final

from pressroom.commands.catalogs.partial_update import partial_update
from pressroom.commands.catalogs.remembered import Remembered, read_remembered, write_remembered
from pressroom.commands.catalogs.update import CatalogReport, shared_findings, update
from pressroom.fingerprint import fingerprint
from pressroom.planning.plan import locales_named
from pressroom.workspace.workspace import GLOSSARY, Workspace

_ENGINE: Final = Path(__file__).parents[2]
_FILE: Final = ".cache/pressroom/update.json"
_FILES: Final = ("pyproject.toml",)
_FOLDERS: Final = ("source", "locales")
_LIBRARIES: Final = ("babel", "markdown-it-py", "polib", "rapidfuzz")
# What is remembered a document and a catalog at a time, and records, which no update reads.
_ROWS: Final = (".md", ".po", ".pot")
_RECORDS: Final = ("drafts", "signoffs")
_NOTE_LIMIT: Final = 200_000_000


def update_unless_settled(workspace: Workspace, locales: Sequence[str], created: str) -> CatalogReport:
    """The report of `update`, which reads only what changed since the last one."""
    shared = _shared(workspace)
    known = read_remembered(workspace.files.data(_FILE, limit=_NOTE_LIMIT, optional=True).value or b"")
    if known is None or known.shared != shared:
        known = Remembered(shared)
    elif (report := partial_update(workspace, locales, created, known)) is not None:
        _keep(workspace, known, report)
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
    _keep(workspace, known, report)
    return report


def _keep(workspace: Workspace, known: Remembered, report: CatalogReport) -> None:
    data = write_remembered(known)
    if workspace.files.data(_FILE, limit=_NOTE_LIMIT, optional=True).value != data:
        with suppress(OSError):
            workspace.write(_FILE, data)


def _shared(workspace: Workspace) -> str:
    """The hash of all that every catalog depends on: tables and settings, renames, and the program itself."""
    files = workspace.files
    listed = (path for folder in _FOLDERS for path in files.listing(folder, "**/*"))
    parts = [f"{name} {version(name)}" for name in _LIBRARIES]
    for path in (*(workspace.root / name for name in _FILES), *listed):
        name = workspace.relative(path)
        # A folder has no hash.
        if path.suffix not in _ROWS and not set(_RECORDS) & set(name.split("/")):
            parts += [name, digest] if (digest := files.hash_of(path)) != "absent" else []
    for path in sorted(_ENGINE.rglob("*")):
        if path.suffix in (".py", ".toml"):
            facts = path.stat()
            parts.append(f"{path} {facts.st_size} {facts.st_mtime_ns}")
    return fingerprint(*parts)
