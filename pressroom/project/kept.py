"""Values that one command keeps for the next in the project's cache, so that they need not be computed again.

A project's folder may come from anybody, and its cache with it. So each value has a MAC (HMAC-SHA-256) over its name
and its bytes, with a key that is outside the project and that only this user can read. A value that another user or
another machine wrote, that was damaged, or that has another's name does not count. What is read back is therefore what
this user's program wrote, which is why it may be a pickle.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.fingerprint import content_hash
from pressroom.project.atomic import refuse_links
from pressroom.project.open_file import file_bytes

FOLDER: Final = ".cache/pressroom/kept"
_KEY_SIZE: Final = 32
_MAC_SIZE: Final = 32
# Bytes of one value, and of all: what was not used for longest goes first.
_LARGEST: Final = 64_000_000
LIMIT: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept values of the project at `root`. Where nothing can be kept, every value is absent."""

    root: Path
    key: bytes

    @classmethod
    def of(cls, root: Path) -> Kept:
        """Those of a project, with this user's key, which is made if there is none."""
        return cls(root, _user_key(root))

    def get(self, name: str) -> bytes | None:
        """The bytes kept under a name; None if there are none that this user's program wrote."""
        path = self._path(name)
        data = file_bytes(self.root, path, limit=_LARGEST, optional=True).value if self.key else None
        if data is None or not hmac.compare_digest(data[:_MAC_SIZE], self._mac(name, data[_MAC_SIZE:])):
            return None
        with suppress(OSError):
            # Its time is that of its last use.
            os.utime(path, follow_symlinks=False)
        return data[_MAC_SIZE:]

    def put(self, name: str, value: bytes) -> None:
        """Keep these bytes, if that is possible: a full or read-only disk only costs time."""
        if not self.key or len(value) + _MAC_SIZE > _LARGEST:
            return
        path = self._path(name)
        with suppress(OSError):
            refuse_links(self.root, path)
            path.parent.mkdir(parents=True, exist_ok=True)
            # Not synced: half a value after a power cut has no MAC.
            unfinished = path.with_name(f".{path.name}-{os.getpid()}")
            unfinished.write_bytes(self._mac(name, value) + value)
            unfinished.replace(path)

    def prune(self, limit: int = LIMIT) -> int:
        """Delete what was not used for longest until all values together have at most `limit` bytes; returns the rest.

        What a killed command left half-written goes too.
        """
        found = list(self._files())
        left = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if left <= limit:
                break
            with suppress(OSError):
                path.unlink()
                left -= size
        return left

    def _files(self) -> Iterator[tuple[int, int, Path]]:
        """Each file with the time of its last use and its size. No link is followed: it could lead anywhere."""
        with suppress(OSError):
            refuse_links(self.root, self.root / FOLDER / "any")
            folders = [entry for entry in os.scandir(self.root / FOLDER) if entry.is_dir(follow_symlinks=False)]
            for entry in (entry for folder in folders for entry in os.scandir(folder)):
                facts = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(facts.st_mode):
                    yield facts.st_mtime_ns, facts.st_size, Path(entry.path)

    def _path(self, name: str) -> Path:
        digest = content_hash(name.encode())
        return self.root / FOLDER / digest[:2] / digest

    def _mac(self, name: str, value: bytes) -> bytes:
        label = name.encode()
        return hmac.digest(self.key, b"%d:%b%b" % (len(label), label, value), "sha256")


def _user_key(root: Path) -> bytes:
    """This user's key; empty if it can't be kept where only they read it, or would be in the project."""
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    folder = Path(base) / "pressroom"
    try:
        if folder.resolve().is_relative_to(root.resolve()):
            return b""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _read_key(folder / "cache-key") or _new_key(folder / "cache-key")
    except (OSError, RuntimeError):
        return b""


def _read_key(path: Path) -> bytes:
    """The key in a file; empty if there is no file, or one that others could have written or read."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return b""
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(handle)
        private = stat.S_ISREG(facts.st_mode) and facts.st_uid == os.getuid() and not facts.st_mode & 0o077
        key = file.read(_KEY_SIZE + 1) if private else b""
    if len(key) != _KEY_SIZE:
        raise PermissionError("this is not a key that only its user can read")
    return key


def _new_key(path: Path) -> bytes:
    key = secrets.token_bytes(_KEY_SIZE)
    unfinished = path.with_name(f".{path.name}-{os.getpid()}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
        file.write(key)
    try:
        # Not a rename: of two commands that begin together, both use the first one's key.
        os.link(unfinished, path)
    except FileExistsError:
        key = _read_key(path)
    finally:
        unfinished.unlink()
    return key
