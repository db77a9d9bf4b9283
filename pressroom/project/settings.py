"""A project's settings: the table [tool.pressroom] goes in, checked values come out."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pressroom.diagnostics import DiagnosticError, Span, diagnostic

_KNOWN: Final = ("name", "locales", "awaiting", "address", "press-profile", "printers", "allowed-signers")
# A code can't be corrected once it is printed: both parts must be there to tell documents and locales apart.
_ADDRESS = re.compile(r"https://(?=[^ ]*\{document\})(?=[^ ]*\{locale\})[A-Za-z0-9./_{}-]+")


class ProjectError(DiagnosticError):
    """There is no project here, or its settings can't be used."""


def _refused(message: str, hint: str) -> ProjectError:
    return ProjectError(diagnostic("project-settings", Span("pyproject.toml"), message, hint))


@dataclass(frozen=True, slots=True)
class Settings:
    """The table, every key of it known; each method checks one value and raises ProjectError."""

    root: Path
    table: dict[str, Any]

    def text(self, key: str) -> str:
        """A setting that is text; empty where it is not set."""
        value = self.table.get(key, "")
        if not isinstance(value, str):
            raise _refused(f"{key} is not text", f'write {key} = "…"')
        return value

    def tags(self, key: str) -> tuple[str, ...]:
        """A list of language tags, as they are written."""
        listed = self.table.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(tag, str) for tag in listed):
            raise _refused(f"{key} is not a list of language tags", f'write {key} = ["es", "ar"]')
        return tuple(listed)

    def address(self) -> str:
        """Where a document can be read, with `{document}` and `{locale}` in it; empty where there is none."""
        address = self.table.get("address", "")
        if not isinstance(address, str) or (address and not _ADDRESS.fullmatch(address)):
            hint = 'write "https://clinic.example/{document}-{locale}", both in it'
            raise _refused(f"address is {address!r}", hint)
        return address

    def printers(self) -> dict[str, dict[str, Any]]:
        """Tables of numbers by the printer's name."""
        printers = self.table.get("printers", {})
        if not isinstance(printers, dict) or not all(isinstance(printer, dict) for printer in printers.values()):
            raise _refused("printers is not made of tables", "write [tool.pressroom.printers.front-desk]")
        return printers

    def signers(self) -> str:
        """The file of the keys that may sign, relative to the root; empty where records need no key."""
        signers = self.table.get("allowed-signers", "")
        if not isinstance(signers, str) or (signers and not (self.root / signers).is_file()):
            raise _refused(f"there is no file of allowed signers {signers!r}", "name the file, relative to the project")
        return signers


def read_settings(root: Path, table: dict[str, Any]) -> Settings:
    """The settings of the project at `root`.

    Raises:
        ProjectError: the table has a key that nothing reads.
    """
    for key in table:
        if key not in _KNOWN:
            near = difflib.get_close_matches(key, _KNOWN, n=1)
            raise _refused(f"[tool.pressroom] has no setting {key!r}", f"there are {', '.join(near or _KNOWN)}")
    return Settings(root, table)
