"""The only writer: a file holds all of its new bytes, or what it held before."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from pressroom.project.open_file import file_bytes

_UNFINISHED: Final = ".part-"
# Seconds; no writer takes as long for one file.
_OLD: Final = 3_600


def write_atomic(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file and the folders above it; a reader never sees half of it.

    The bytes go to a temporary file in the same folder, which is on the disk before it takes the file's name;
    `sync_folder` puts the name on the disk too.

    Raises:
        OSError: it can't be written; the file still holds what it held before.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            _sweep_old(path.parent, Path(name).stat().st_mtime)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        # A full disk names no file, and nobody knows the temporary one.
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


# The folders that this process has swept.
_SWEPT: Final = set[Path]()


def _sweep_old(folder: Path, now: float) -> None:
    """Remove what killed writers left in a folder an hour ago or more, once in each process."""
    if folder in _SWEPT:
        return
    _SWEPT.add(folder)
    for path in folder.glob(f"{_UNFINISHED}*"):
        with suppress(OSError):
            if path.lstat().st_mtime < now - _OLD:
                path.unlink()


def refuse_links(root: Path, path: Path) -> None:
    """Check that no folder on the way from the root to a file is a link, which could lead out of the project."""
    for folder in path.parents[: len(path.relative_to(root).parts) - 1]:
        if folder.is_symlink():
            raise OSError(errno.ELOOP, f"{folder.name} is a link, and links are not followed", str(folder))


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write a file unless it holds these bytes already; returns True if it changed.

    Raises:
        OSError: it can't be written; the file still holds what it held before.
    """
    if file_bytes(path.parent, path.name, limit=len(data), optional=True)[0] == data:
        return False
    write_atomic(path, data)
    return True


def sync_folder(folder: Path) -> None:
    """Put a folder's names on the disk: a new file keeps its name after a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed writer left in a folder.

    Another process that is writing there at this moment fails with an OSError, and its file keeps its old content.
    """
    if folder.is_dir():
        for path in folder.glob(f"{_UNFINISHED}*"):
            path.unlink(missing_ok=True)
