"""Skips an update if nothing changed since an earlier one that found nothing to do.

Such an update saves a fingerprint of every file that it may read, and of the program.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Final

from pressroom.catalog import MergeSummary
from pressroom.commands.catalogs.update import CatalogReport, shared_findings, total, update
from pressroom.fingerprint import fingerprint
from pressroom.workspace.workspace import Workspace

_ENGINE: Final = Path(__file__).parents[2]
_FILE: Final = ".cache/pressroom/update.json"
_FILES: Final = ("pyproject.toml", "layouts/words.toml")
_FOLDERS: Final = ("source", "locales")
_LIBRARIES: Final = ("babel", "markdown-it-py", "polib", "rapidfuzz")


def update_unless_settled(workspace: Workspace, locales: Sequence[str], created: str) -> CatalogReport:
    """The report of `update`, or of an earlier update of the same files that had nothing to do."""
    before = _state(workspace, locales)
    if (report := _earlier_report(workspace, before)) is not None:
        return report
    report = update(workspace, locales, created)
    # Findings about shared files are read again each time. Any other needs a whole update to be found.
    if not report.failed and not report.written and report.diagnostics == shared_findings(workspace):
        row = {"state": before, "seen": report.seen, "messages": asdict(total(report.merges))}
        with suppress(OSError):
            workspace.write(_FILE, json.dumps(row).encode())
    return report


def _earlier_report(workspace: Workspace, state: str) -> CatalogReport | None:
    try:
        row = json.loads(workspace.files.data(_FILE, optional=True).value or b"{}")
        if row["state"] == state:
            merges = [("", MergeSummary(**row["messages"]))]
            return CatalogReport(seen=int(row["seen"]), merges=merges, diagnostics=shared_findings(workspace))
    except (ValueError, KeyError, TypeError):
        pass
    return None


def _state(workspace: Workspace, locales: Sequence[str]) -> str:
    parts = [*sorted(set(locales)), "", *(f"{name} {version(name)}" for name in _LIBRARIES)]
    files = workspace.files
    listed = [path for folder in _FOLDERS for path in files.listing(folder, "**/*")]
    for path in (*(workspace.root / name for name in _FILES), *listed):
        parts += [str(path), files.hash_of(path)]
    for path in sorted(_ENGINE.rglob("*")):
        if path.suffix in (".py", ".toml"):
            facts = path.stat()
            parts.append(f"{path} {facts.st_size} {facts.st_mtime_ns}")
    return fingerprint(*parts)
