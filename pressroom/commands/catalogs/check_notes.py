"""What `check` found in texts that did not change since, so that it reads only those that did.

Only `check` uses the notes. A build, a signature and a release judge every text themselves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from pressroom.commands.catalogs.remembered import shared_state, with_hash, without_hash
from pressroom.diagnostics import Diagnostic, Severity, Span, Subject
from pressroom.fingerprint import fingerprint
from pressroom.workspace.workspace import Workspace

_FILE: Final = ".cache/pressroom/check.json"
_LIMIT: Final = 500_000_000
# What was found in one text, and numbers about it.
Found = tuple[tuple[Diagnostic, ...], tuple[int, ...]]


class CheckNotes:
    """The findings of earlier checks by what was checked, each with the hash of everything it was made from."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._shared = shared_state(workspace)
        self._rows: dict[str, Any] = _read(workspace)

    def found(self, name: str, files: Sequence[Path], check: Callable[[], Found]) -> Found:
        """What `check` found in these files when they had these bytes; it is called if that is not known."""
        state = fingerprint(self._shared, name, *(self._workspace.files.hash_of(file) for file in files))
        row = self._rows.get(name)
        if row is not None and row[0] == state:
            return tuple(_finding(values) for values in row[1]), tuple(row[2])
        findings, numbers = check()
        self._rows[name] = [state, [_values(finding) for finding in findings], numbers]
        return findings, numbers

    def keep(self) -> None:
        """Write the notes."""
        with suppress(OSError):
            self._workspace.write(_FILE, with_hash(json.dumps(self._rows).encode()))


def _read(workspace: Workspace) -> dict[str, Any]:
    body = without_hash(workspace.files.data(_FILE, limit=_LIMIT, optional=True).value or b"")
    return {} if body is None else json.loads(body)


def _values(finding: Diagnostic) -> list[Any]:
    span, about = finding.span, finding.subject
    subject = None if about is None else (about.kind, about.name, about.context, about.translation)
    return [finding.severity, finding.code, span.path, span.line, finding.message, finding.hint, subject]


def _finding(values: list[Any]) -> Diagnostic:
    severity, code, path, line, message, hint, subject = values
    about = None if subject is None else Subject(*subject)
    return Diagnostic(Severity(severity), code, Span(path, line), message, hint, about)
