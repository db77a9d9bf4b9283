"""Preflight of PDFs from any program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.preflight import Examined, Expected, can_check, examine
from pressroom.project import Read
from pressroom.project.open_file import named_bytes
from pressroom.publish.store import LARGEST


def preflight(paths: Sequence[Path]) -> Read[list[tuple[str, Examined]]]:
    """Examine files by what they say themselves. Returns each path with its result, and the findings about all."""
    files: list[tuple[str, Examined]] = []
    for path in paths:
        span = Span(path.as_posix())
        try:
            files.append((span.path, examine(named_bytes(path, LARGEST), Expected(), span)))
        except OSError as error:
            message = f"it can't be read: {error.strerror}"
            unreadable = diagnostic("preflight-unreadable", span, message, "check the path")
            files.append((span.path, Examined(None, None, False, (unreadable,))))
    return Read(files, (*(d for _, examined in files for d in examined.diagnostics), *not_checked()))


def not_checked() -> tuple[Diagnostic, ...]:
    """A finding if this machine can't check the standards."""
    if can_check():
        return ()
    message = "PDF/UA-1 and PDF/A-2a were not checked: the checker is not installed"
    hint = "install it: pip install page-validation"
    return (diagnostic("preflight-not-run", Span("pyproject.toml"), message, hint),)
