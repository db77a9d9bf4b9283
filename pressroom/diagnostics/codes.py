"""The codes of diagnostics, documented in `codes.toml`: what each means, what it bars and if it can be waived."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Literal

from pressroom.data_files import data_table

Bars = Literal["proof", "release", ""]


class Severity(StrEnum):
    """An error bars a release, a warning is shown, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """A rule the program holds: its stable name, how grave a breach is, and why the rule is there.

    `bars` is what a breach stops: a proof (then a release too), a release, or nothing. A reviewer can overrule a
    `waivable` one.
    """

    name: str
    severity: Severity
    room: str
    meaning: str
    bars: Bars
    waivable: bool


@cache
def documented_codes() -> dict[str, Code]:
    """Every code there is, by name, in the order of the reference page."""
    table = data_table("diagnostics/codes.toml")
    return {name: _code(name, room, entry) for room, entries in table.items() for name, entry in entries.items()}


def _code(name: str, room: str, entry: dict[str, Any]) -> Code:
    severity = Severity(entry["severity"])
    bars = entry.get("bars", "release" if severity is Severity.ERROR else "")
    return Code(name, severity, room, entry["meaning"].strip(), bars, entry.get("waivable", False))
