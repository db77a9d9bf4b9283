"""Marks of files: a hash of what the file system says of them, without reading them.

A file's mark has its inode, size and times; `st_ctime` changes with every write, and no program can set it. While a
file's mark is the same, its content is, unless somebody wrote it twice within one tick of the clock. So a mark may be
trusted only if the newest time in it was past when the content was read; git calls other files racily clean.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Nanoseconds. The clock of a file system goes by ticks of at most ten milliseconds.
TICK: Final = 30_000_000
# Caches of the interpreter, which it writes when it likes.
_PASSED_OVER: Final = frozenset({"__pycache__"})


@dataclass(frozen=True, slots=True)
class Watched:
    """What is looked at: single files, which may be absent; folders, for their names; trees, for all files in them."""

    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    trees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """The hash of everything watched, and the newest time in it, in nanoseconds.

    `single` counts the files in trees that have no second name (hard link).
    """

    digest: str
    newest: int
    single: int = 0


def mark_of(watched: Watched) -> Mark:
    """The mark of what is watched, as it is now.

    Raises:
        OSError: a folder can't be searched.
    """
    marker = _Marker()
    for path in watched.files:
        marker.add_path(path)
    for folder in watched.folders:
        marker.add_folders(folder, files=False)
    for folder in watched.trees:
        marker.add_folders(folder, files=True)
    return Mark(marker.digest.hexdigest(), marker.newest, marker.single)


class _Marker:
    def __init__(self) -> None:
        self.digest = hashlib.blake2b(digest_size=32)
        self.newest = self.single = 0

    def add_path(self, path: str) -> None:
        """A file or a link, as it is: of a link its own place counts, and where it leads."""
        try:
            facts = os.lstat(path)
            if stat.S_ISLNK(facts.st_mode):
                self._add(f"{path}\0{Path(path).readlink()}", facts)
                facts = Path(path).stat()
            self._add(path, facts)
        except FileNotFoundError:
            self.digest.update(f"{path}\0absent\n".encode())

    def add_folders(self, folder: str, *, files: bool) -> None:
        """A folder and all below it; with `files` also each file in them. No link is followed."""
        try:
            self._add(folder, os.lstat(folder))
        except FileNotFoundError:
            self.digest.update(f"{folder}\0absent\n".encode())
            return
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _PASSED_OVER:
                    self.add_folders(entry.path, files=files)
            elif files:
                facts = entry.stat(follow_symlinks=False)
                self.single += facts.st_nlink == 1
                self._add(entry.path, facts)

    def _add(self, name: str, facts: os.stat_result) -> None:
        self.newest = max(self.newest, facts.st_ctime_ns)
        mark = f"{name}\0{facts.st_mode} {facts.st_ino} {facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns}\n"
        self.digest.update(mark.encode("utf-8", "surrogateescape"))


def is_past(newest: int, folder: Path) -> bool:
    """True if the file system's clock has gone on since the newest time, so that a later write has another one.

    False also on a file system that counts time more coarsely. Writes and removes a file in the folder.
    """
    probe = folder / f".probe-{os.getpid()}"
    probe.write_bytes(b"")
    now = probe.stat().st_ctime_ns
    probe.unlink()
    return now % 1_000 != 0 and now - newest > TICK


def sorted_paths(paths: Iterable[Path | str]) -> tuple[str, ...]:
    """Paths, each once, in a fixed order."""
    return tuple(sorted({str(path) for path in paths}))
