"""The codes of diagnostics, documented in `codes.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pressroom.data_files import data_table


class Severity(StrEnum):
    """An error bars a release, a warning is shown, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """A rule the program holds: its stable name, how grave a breach is, and why the rule is there."""

    name: str
    severity: Severity
    room: str
    meaning: str


@cache
def documented_codes() -> dict[str, Code]:
    """Every code there is, by name, in the order of the reference page."""
    return {
        name: Code(name, Severity(entry["severity"]), room, entry["meaning"].strip())
        for room, entries in data_table("diagnostics/codes.toml").items()
        for name, entry in entries.items()
    }
