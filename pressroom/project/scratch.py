"""A folder for files that no later command needs, outside the project; those of killed commands are removed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

# Seconds between the making of a folder and its lock, with room.
_YOUNG: Final = 60


@contextmanager
def scratch_folder(purpose: str) -> Iterator[Path]:
    """An empty folder in the system's place for temporary files; it is removed at the end of the block.

    Its maker holds a lock on it while it lives, so that folders without a lock are those that a killed command left.

    Raises:
        OSError: there is no place for temporary files, or it is full.
    """
    prefix = f"pressroom-{purpose}-"
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        _sweep(folder, prefix)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _sweep(own: Path, prefix: str) -> None:
    now = own.stat().st_mtime
    for folder in own.parent.glob(f"{prefix}*"):
        with suppress(OSError):
            if folder == own or folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW)
            try:
                if folder.stat().st_mtime < now - _YOUNG:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)
