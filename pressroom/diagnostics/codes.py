"""The catalogue of codes: `codes.toml` goes in, one documented rule a code comes out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


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
    table = tomllib.loads(Path(__file__).with_name("codes.toml").read_text(encoding="utf-8"))
    return {
        name: Code(name, Severity(entry["severity"]), room, entry["meaning"].strip())
        for room, entries in table.items()
        for name, entry in entries.items()
    }
