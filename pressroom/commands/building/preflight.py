"""Preflight of PDFs from any program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pressroom.diagnostics import Span
from pressroom.executor.contained import contained, why_unread
from pressroom.executor.protocol import Fault
from pressroom.preflight.check import Examined, unread
from pressroom.preflight.standards import not_checked
from pressroom.project import Read
from pressroom.publish.store import LARGEST

_EXAMINE: Final = "pressroom.preflight.check:examine_file"


def preflight(paths: Sequence[Path]) -> Read[list[tuple[str, Examined]]]:
    """Examine files by what they say themselves. Returns each path with its result, and the findings about all."""
    names = [path.as_posix() for path in paths]
    results = contained(_EXAMINE, [(name, LARGEST) for name in names])
    files = [(name, _examined(name, result)) for name, result in zip(names, results, strict=True)]
    return Read(files, (*(d for _, examined in files for d in examined.diagnostics), *not_checked()))


def _examined(name: str, result: Examined | Fault) -> Examined:
    hint = "make it again, or save it with another program"
    return unread(Span(name), why_unread(result), hint) if isinstance(result, Fault) else result
