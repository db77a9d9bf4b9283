"""Where and what: a `Span` in the reader's own file, and the `Diagnostic` that points at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pressroom.diagnostics.codes import Severity, documented_codes


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A line of a file: `path` is posix and relative to the project, `line` counts from 1, 0 is the whole file."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing a user is told.

    `message` is lower case and has measured values with units; `hint` is always a next move.
    """

    severity: Severity
    code: str
    span: Span
    message: str
    hint: str = ""


class DiagnosticError(Exception):
    """A command needs something that it can't use; `problems` are the reasons, at least one."""

    def __init__(self, *problems: Diagnostic) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems

    @property
    def problem(self) -> Diagnostic:
        """The first reason."""
        return self.problems[0]


def diagnostic(code: str, span: Span, message: str, hint: str = "") -> Diagnostic:
    """A diagnostic whose severity is the one its code is documented with.

    Raises:
        KeyError: the code is not in `codes.toml`, so nobody could look it up.
    """
    return Diagnostic(documented_codes()[code].severity, code, span, message, hint)


def worst(diagnostics: Iterable[Diagnostic]) -> Severity | None:
    """The gravest severity among them; none where there are none."""
    seen = {d.severity for d in diagnostics}
    return next((severity for severity in Severity if severity in seen), None)
