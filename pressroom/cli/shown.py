"""Remembers which warnings of every day somebody saw today, so that the same ones do not hide a new one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.border import BorderError, border
from pressroom.diagnostics import Diagnostic, is_repeated
from pressroom.fingerprint import fingerprint
from pressroom.project import file_bytes
from pressroom.project.atomic import refuse_links, write_atomic

_FILE: Final = ".cache/pressroom/shown.json"


@dataclass(frozen=True, slots=True)
class ShownToday:
    """The warnings of a project that were shown on a day; its file is in the project's cache."""

    root: Path
    day: date

    def new_of(self, findings: Sequence[Diagnostic]) -> list[Diagnostic]:
        """The findings without those shown earlier today; the others count as shown from now on.

        Only warnings and notes with a code that repeats (`repeats` in codes.toml) are left out, so never an error.
        """
        repeated = {_mark(finding): finding for finding in findings if is_repeated(finding)}
        if not repeated:
            return list(findings)
        before = self._marks()
        if new := repeated.keys() - before:
            self._keep(before | new)
        return [finding for finding in findings if not is_repeated(finding) or _mark(finding) not in before]

    def _marks(self) -> set[str]:
        try:
            with border():
                kept = json.loads(file_bytes(self.root, _FILE, optional=True).value or b"{}")
                return {str(mark) for mark in kept["marks"]} if kept["day"] == self.day.isoformat() else set()
        except BorderError:
            return set()

    def _keep(self, marks: set[str]) -> None:
        text = json.dumps({"day": self.day.isoformat(), "marks": sorted(marks)}, indent=1)
        try:
            refuse_links(self.root, self.root / _FILE)
            write_atomic(self.root / _FILE, f"{text}\n".encode())
        except OSError:
            # The warnings are shown again: that is all.
            return


def _mark(finding: Diagnostic) -> str:
    return fingerprint(finding.code, str(finding.span), finding.message)[:16]
