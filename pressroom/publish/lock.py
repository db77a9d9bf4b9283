"""Lets one command at a time write an output folder, and says why a folder can't be written."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.project.settings import SETTINGS_FILE

T = TypeVar("T")


@contextmanager
def output_lock(output: Path) -> Iterator[None]:
    """Hold the output folder until the end of the block or of the process. No child of the process inherits it.

    Raises:
        DiagnosticError: another process holds it, or it is a link in a project's own folder.
        OSError: the folder can't be made or written.
    """
    if output.is_symlink() and (output.parent / SETTINGS_FILE).exists():
        hint = "remove the link; to write elsewhere, name the folder with --output"
        message = "this is a link, and links are not followed"
        raise DiagnosticError(diagnostic("output-unwritable", Span(str(output)), message, hint))
    output.mkdir(parents=True, exist_ok=True)
    handle = os.open(output / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            hint = "wait for it to end, or give this one another folder with --output"
            busy = diagnostic("output-busy", Span(str(output)), "another build holds the output", hint)
            raise DiagnosticError(busy) from None
        yield
    finally:
        os.close(handle)


def hold(output: Path, work: Callable[[], T]) -> T | Diagnostic:
    """Do the work while no other command writes the output.

    Returns its result, or a diagnostic: the disk is full, the folder is read-only, another build holds it, or a file
    of the project can't be read.
    """
    try:
        with output_lock(output):
            return work()
    except DiagnosticError as error:
        return error.problem
    except OSError as error:
        return _refused(output, error)


def _refused(output: Path, error: OSError) -> Diagnostic:
    reason, file = error.strerror or str(error), Path(str(error.filename or output))
    if file.is_absolute() and not file.is_relative_to(output.absolute()):
        # The caches of the project, or a file that its worker could not be given.
        hint = "see that you may write it, and that the disk has room; the earlier edition is still complete"
        return diagnostic("output-unwritable", Span(str(file)), f"the system refuses this file: {reason.lower()}", hint)
    hint = "free some space or choose another folder with --output; the earlier edition is still complete"
    message = f"the output can't be written: {reason}: {file}"
    return diagnostic("output-unwritable", Span(str(output)), message, hint)
