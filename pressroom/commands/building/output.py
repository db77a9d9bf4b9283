"""The output held while work is done in it: a folder and the work go in, its result or the reason why not come out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.publish import OutputBusy, StoreError, output_lock

T = TypeVar("T")


def hold(output: Path, work: Callable[[], T]) -> T | Diagnostic:
    """Do the work while nobody else writes the output.

    Returns its result, or a diagnostic: the disk is full, the folder is read-only, another build holds it, or a file
    of ours can't be read.
    """
    span = Span(str(output))
    try:
        with output_lock(output):
            return work()
    except DiagnosticError as error:
        return error.problem
    except OutputBusy:
        hint = "wait for it to end, or give this one another folder with --output"
        return diagnostic("output-busy", span, "another build holds the output", hint)
    except (StoreError, OSError) as error:
        hint = "free some room or choose another folder with --output; the edition before is whole"
        what = f"{error.strerror}: {error.filename}" if isinstance(error, OSError) and error.filename else str(error)
        return diagnostic("output-unwritable", span, f"the output can't be written: {what}", hint)
