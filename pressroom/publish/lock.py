"""One build at a time: a folder goes in, and either it is ours until we let go, or somebody else is told of."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class OutputBusy(Exception):
    """Another build holds the output folder."""


@contextmanager
def output_lock(output: Path) -> Iterator[None]:
    """Hold the output folder; the lock goes with the process, however it ends.

    Raises:
        OutputBusy: another process holds it.
        OSError: the folder can't be made or written.
    """
    output.mkdir(parents=True, exist_ok=True)
    handle = os.open(output / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputBusy(str(output)) from None
        yield
    finally:
        os.close(handle)
