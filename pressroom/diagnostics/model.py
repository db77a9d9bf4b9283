"""A `Diagnostic`: what is wrong, its `Span` in the reader's file, its `Subject`, and its `Code` from `codes.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Literal

from pressroom.data_files import data_table

# The hint where no file of the project is at fault.
PROGRAM_FAULT = "this is a fault of the program: report it, with the document and what the command printed"
# A file may have a key of a million letters, and a message quotes it.
_LONGEST = 1_000


class Severity(StrEnum):
    """An error bars a release, a warning is shown, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """A rule of the program, with a stable name, the severity of a breach and the reason for the rule.

    `bars` is what a breach stops: a proof (then a release too), a release, or nothing. A reviewer can overrule a
    `waivable` breach: an error that bars a release, or a warning, so that people look at it once. A warning or a note
    that `repeats` is about the project, not about the work at hand: people see it once a day.
    """

    name: str
    severity: Severity
    room: str
    meaning: str
    bars: Literal["proof", "release", ""]
    waivable: bool
    repeats: bool


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A line of a file: `path` is posix and relative to the project, `line` counts from 1, 0 is the whole file."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: a message (msgid, msgctxt and its translation), a picture's path or a clinic's id."""

    kind: Literal["message", "picture", "clinic"]
    name: str
    context: str = ""
    translation: str = ""

    @property
    def key(self) -> tuple[str | None, str]:
        """A message's key in its catalog: msgctxt and msgid."""
        return self.context or None, self.name


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One message to a user about a line of a file.

    `message` is lower case and has measured values with units; `hint` is what to do next. `subject` says what the
    finding is about, for code that must know; `span` is for people.
    """

    severity: Severity
    code: str
    span: Span
    message: str
    hint: str = ""
    subject: Subject | None = field(default=None, metadata={"optional": True})

    def __hash__(self) -> int:
        # A large project has a hundred thousand, and few on one line say the same.
        return hash((self.message, self.code, self.span.line))

    @property
    def bars(self) -> str:
        """What it stops: "proof", "release", or nothing."""
        return documented_codes()[self.code].bars


class DiagnosticError(Exception):
    """A command can't use something that it needs; `problems` has at least one reason."""

    def __init__(self, *problems: Diagnostic) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems

    @property
    def problem(self) -> Diagnostic:
        """The first reason."""
        return self.problems[0]


@cache
def documented_codes() -> dict[str, Code]:
    """Every code by name, in the order of the reference page."""
    table = data_table("diagnostics/codes.toml")
    return {name: _code(name, room, entry) for room, entries in table.items() for name, entry in entries.items()}


def _code(name: str, room: str, entry: dict[str, Any]) -> Code:
    severity = Severity(entry["severity"])
    bars = entry.get("bars", "release" if severity is Severity.ERROR else "")
    waivable, repeats = entry.get("waivable", False), entry.get("repeats", False)
    return Code(name, severity, room, entry["meaning"].strip(), bars, waivable, repeats)


def diagnostic(code: str, span: Span, message: str, hint: str = "", subject: Subject | None = None) -> Diagnostic:
    """A diagnostic with the documented severity of its code.

    Raises:
        KeyError: the code is not in `codes.toml`.
    """
    if len(message) > _LONGEST:
        message = f"{message[:_LONGEST]}…"
    return Diagnostic(documented_codes()[code].severity, code, span, message, hint, subject)


def worst(diagnostics: Iterable[Diagnostic]) -> Severity | None:
    """The highest severity among them; None if there are no diagnostics."""
    severities = {d.severity for d in diagnostics}
    return next((severity for severity in Severity if severity in severities), None)


def is_repeated(finding: Diagnostic) -> bool:
    """True for a warning or a note about the project that every run finds, see `Code`."""
    return finding.severity is not Severity.ERROR and documented_codes()[finding.code].repeats


def bars_proof(diagnostics: Iterable[Diagnostic]) -> bool:
    """True if one of them bars even a proof."""
    return any(d.bars == "proof" for d in diagnostics)
