"""Lets one writer at a time read, change and write the files of a folder, in this process and in others."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

# Seconds. A writer changes one file, or merges the catalogs of one locale.
_PATIENCE: Final = 20.0
_PAUSE: Final = 0.02


class FolderBusy(OSError):
    """Another writer held the folder for too long."""


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold a folder until the end of the block or of the process. The lock is on the folder itself: no file is left.

    Raises:
        FolderBusy: another writer holds it for longer than a change takes.
        OSError: there is no such folder.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _wait(handle, folder)
        yield
    finally:
        os.close(handle)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """The same for a folder that may not be there yet, and without an error where nothing can be held.

    A writer then gets the reason from the system.
    """
    with ExitStack() as stack:
        with suppress(OSError):
            stack.enter_context(folder_lock(folder))
        yield


def _wait(handle: int, folder: Path) -> None:
    waited = 0.0
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waited >= _PATIENCE:
                raise FolderBusy(11, "another program is writing here", str(folder)) from None
            time.sleep(_PAUSE)
            waited += _PAUSE
        else:
            return
