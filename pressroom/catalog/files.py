"""Catalogs on disk: bytes go in, and the file holds all of them or what it held before."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Final

_LEFT_OVER: Final = re.compile(r"\..+\.(?:po|pot|txt)-[a-z0-9_]{8}")


def sweep(folder: Path) -> None:
    """Remove what a `write_if_changed` that was killed left in a folder: a half-written copy beside a whole file.

    Another update that is writing just then says that it can't, and what stood there still does.
    """
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if _LEFT_OVER.fullmatch(path.name):
            path.unlink(missing_ok=True)


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write a file in one step; true where it changed. A file that holds these bytes is left alone.

    Raises:
        OSError: it can't be written; what stood there still does.
    """
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return True
