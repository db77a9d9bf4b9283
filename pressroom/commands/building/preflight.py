"""Preflight: PDFs from anywhere go in, what was seen of each and every finding come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.preflight import Examined, Expected, can_check, examine


@dataclass(frozen=True, slots=True)
class PreflightReport:
    """What was seen of each file, in the order asked for, and everything there is to say of all."""

    files: tuple[tuple[str, Examined], ...]
    diagnostics: tuple[Diagnostic, ...]


def preflight(paths: Sequence[Path]) -> PreflightReport:
    """Examine files of which nothing is known but what they say themselves."""
    files: list[tuple[str, Examined]] = []
    for path in paths:
        span = Span(path.as_posix())
        try:
            files.append((span.path, examine(path.read_bytes(), Expected(), span)))
        except OSError as error:
            unreadable = diagnostic(
                "preflight-unreadable", span, f"it can't be read: {error.strerror}", "check the path"
            )
            files.append((span.path, Examined(None, None, False, (unreadable,))))
    found = [d for _, examined in files for d in examined.diagnostics]
    return PreflightReport(tuple(files), (*found, *not_checked()))


def not_checked() -> tuple[Diagnostic, ...]:
    """A word where the standards can't be checked on this machine; nothing where they can."""
    if can_check():
        return ()
    message = "PDF/UA-1 and PDF/A-2a were not checked: the checker is not installed"
    return (
        diagnostic(
            "preflight-not-run", Span("pyproject.toml"), message, "run ./press again, or: pip install page-validation"
        ),
    )
