"""A `Diagnostic`: what is wrong, its `Span` in the reader's own file, and its `Subject`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pressroom.diagnostics.codes import Severity, documented_codes


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

    `message` is lower case and has measured values with units; `hint` is always a next move. `subject` says what the
    finding is about, for code that must know; `span` is for people.
    """

    severity: Severity
    code: str
    span: Span
    message: str
    hint: str = ""
    subject: Subject | None = field(default=None, metadata={"optional": True})

    @property
    def bars(self) -> str:
        """What it stops: "proof", "release", or nothing."""
        return documented_codes()[self.code].bars


class DiagnosticError(Exception):
    """A command needs something that it can't use; `problems` are the reasons, at least one."""

    def __init__(self, *problems: Diagnostic) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems

    @property
    def problem(self) -> Diagnostic:
        """The first reason."""
        return self.problems[0]


def diagnostic(code: str, span: Span, message: str, hint: str = "", subject: Subject | None = None) -> Diagnostic:
    """A diagnostic whose severity is the one its code is documented with.

    Raises:
        KeyError: the code is not in `codes.toml`, so it is documented nowhere.
    """
    return Diagnostic(documented_codes()[code].severity, code, span, message, hint, subject)


def worst(diagnostics: Iterable[Diagnostic]) -> Severity | None:
    """The gravest severity among them; none where there are none."""
    seen = {d.severity for d in diagnostics}
    return next((severity for severity in Severity if severity in seen), None)


def bars_proof(diagnostics: Iterable[Diagnostic]) -> bool:
    """True where one of them is so grave that not even a proof is made."""
    return any(d.bars == "proof" for d in diagnostics)
