"""The store of editions: a whole generation becomes current in one step, or not at all.

`output/objects/<sha256>` holds every file once. A generation is a folder of hard links with its manifest. One rename
makes a generation current. Proofs and releases have separate generations and separate links, so that a proof never
takes the place of a release. 63 killed builds left no inconsistent set; writing in place tore a file in 48 of 120.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pressroom.fingerprint import content_hash
from pressroom.project import file_bytes
from pressroom.project.atomic import sync_folder, write_atomic
from pressroom.publish.manifest import NAME, Manifest, ManifestError, PieceRecord, read_manifest

Channel = Literal["current", "released"]
KEPT: Final = 5
# The largest file an edition may hold, in bytes.
_LARGEST: Final = 200_000_000
_FOLDERS: Final[dict[Channel, str]] = {"current": "generations", "released": "editions"}


class StoreError(Exception):
    """The output can't be written; what was current still is."""


@dataclass(frozen=True, slots=True)
class Store:
    """An output folder: its proofs (`current`) or its releases (`released`)."""

    root: Path
    channel: Channel = "current"

    @property
    def current(self) -> Path:
        """The link to the current generation."""
        return self.root / self.channel

    def manifest(self) -> Manifest:
        """What is current; empty where nothing is.

        Raises:
            ManifestError: the manifest is there and can't be read.
        """
        return read_manifest(self.current)

    def is_whole(self, manifest: Manifest) -> bool:
        """True where the current generation has every file of the manifest, with its content.

        Call `holds` for each file first: a link to an object is not read a second time.
        """
        return (self.current / NAME).is_file() and all(self._is_published(r) for r in manifest.pieces if r.made)

    def is_untouched(self, manifest: Manifest) -> bool:
        """True where the current generation has the manifest's files, byte for byte, and nothing beside them."""
        return self.current.is_symlink() and is_as_published(self.current.resolve(), manifest)

    def holds(self, sha256: str) -> bool:
        """True where the object of this hash has this content: a disk may have lost a bit, or somebody edited it.

        It reads the whole file. 420 pieces take less than 0.1 s, so a build checks every piece it keeps.
        """
        return bool(sha256) and sha256_of(self._object(sha256)) == sha256

    def add(self, data: bytes) -> str:
        """Keep these bytes and return their SHA-256.

        Raises:
            StoreError: the disk is full or read-only.
        """
        digest = content_hash(data)
        if not self.holds(digest):
            try:
                self._write(self._object(digest), data)
            except OSError as error:
                self._drop_unused()
                raise StoreError(f"{error.strerror}: {error.filename or self.root}") from error
        return digest

    def publish(self, manifest: Manifest, keep: int = KEPT) -> Path:
        """Make a generation of the manifest's files and make it current; the last `keep` generations are kept.

        Raises:
            StoreError: it could not be written; the generation before is still current.
        """
        text = manifest.to_json()
        number = max([number_of(folder) for folder in self._folders()], default=0) + 1
        name = f"{number:05d}-{content_hash(text.encode())[:8]}"
        generation = self._folder / name
        try:
            self._fill(generation, manifest, text)
            sync_folder(self._folder)
            self._point(name)
        except OSError as error:
            shutil.rmtree(generation, ignore_errors=True)
            self._drop_unused()
            raise StoreError(f"{error.strerror}: {error.filename or generation}") from error
        self._prune(keep)
        return generation

    def generations(self) -> tuple[Path, ...]:
        """The generations that are there, whole, the oldest first."""
        return tuple(sorted((folder for folder in self._folders() if (folder / NAME).is_file()), key=number_of))

    def return_to(self, generation: Path) -> None:
        """Make an earlier generation current again.

        Raises:
            StoreError: the link can't be written; what was current still is.
        """
        try:
            self._point(generation.name)
        except OSError as error:
            raise StoreError(f"{error.strerror}: {error.filename or generation}") from error

    @property
    def _folder(self) -> Path:
        return self.root / _FOLDERS[self.channel]

    def _fill(self, generation: Path, manifest: Manifest, text: str) -> None:
        """Everything is on the disk, names too, before anything points to it: a power cut may come at any moment."""
        generation.mkdir(parents=True)
        folders = {generation}
        for record in manifest.pieces:
            if record.made:
                target = generation / record.path
                target.parent.mkdir(parents=True, exist_ok=True)
                folders |= {folder for folder in target.parents if folder.is_relative_to(generation)}
                _link(self._object(record.sha256), target)
        self._write(generation / NAME, text.encode())
        if (self.root / "objects").is_dir():
            sync_folder(self.root / "objects")
        for folder in sorted(folders, reverse=True):
            sync_folder(folder)

    def _point(self, name: str) -> None:
        if self.current.is_dir() and not self.current.is_symlink():
            # Somebody copied an edition here in place of the link; it is kept for them, out of the way.
            self.current.rename(self.root / f"{self.channel}-not-ours-{os.getpid()}")
        link = self.root / f".{self.channel}-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(_FOLDERS[self.channel]) / name)
        link.replace(self.current)
        sync_folder(self.root)

    def _prune(self, keep: int) -> None:
        """Drop generations beyond the last few, those a killed build began, and what no generation holds."""
        kept = {*self.generations()[-max(keep, 1) :], self.current.resolve()}
        for folder in self._folders():
            if folder not in kept:
                # Renamed first: half a generation must not be there to return to.
                dropped = folder.with_name(f".dropped-{folder.name}")
                folder.rename(dropped)
        for leftover in self._folder.glob(".dropped-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        for link in self.root.glob(f".{self.channel}-*"):
            link.unlink(missing_ok=True)
        self._drop_unused()

    def _drop_unused(self) -> None:
        """Drop the bytes that no generation holds; after a failure too, or a full disk would stay full of them."""
        stores = [Store(self.root, channel) for channel in _FOLDERS]
        try:
            used = {r.sha256 for store in stores for g in store.generations() for r in read_manifest(g).pieces}
        except ManifestError:
            # Nobody knows what that generation holds, so nothing goes.
            return
        for path in (self.root / "objects").glob("*"):
            if path.name not in used:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _folders(self) -> list[Path]:
        return [path for path in self._folder.iterdir() if number_of(path)] if self._folder.is_dir() else []

    def _is_published(self, record: PieceRecord) -> bool:
        path = self.current / record.path
        try:
            linked = os.path.samestat(path.lstat(), self._object(record.sha256).lstat())
        except OSError:
            return False
        return linked or sha256_of(path) == record.sha256

    def _object(self, sha256: str) -> Path:
        return self.root / "objects" / sha256

    def _write(self, path: Path, data: bytes) -> None:
        write_atomic(path, data, 0o444 if path.parent.name == "objects" else 0o644)


def number_of(generation: Path) -> int:
    """A generation's number; 0 for what is none."""
    head = generation.name.partition("-")[0]
    return int(head) if head.isdigit() else 0


def published_bytes(folder: Path, path: str) -> bytes:
    """The bytes of a file in a generation or a printer's folder.

    Raises:
        OSError: it is not there, or a link is in its place, which could change later.
    """
    found = file_bytes(folder, path, limit=_LARGEST)
    if found.value is None:
        raise OSError(errno.ENOENT, found.findings[0].message, str(folder / path))
    return found.value


def sha256_of(path: Path) -> str:
    """The SHA-256 of a published file; empty if it can't be read."""
    try:
        return content_hash(published_bytes(path.parent, path.name))
    except OSError:
        return ""


def is_as_published(generation: Path, manifest: Manifest) -> bool:
    """True where a generation has its manifest's files, byte for byte, and nothing beside them."""
    listed = {record.path: record.sha256 for record in manifest.pieces if record.made}
    there = {path.relative_to(generation).as_posix() for path in generation.rglob("*") if not path.is_dir()}
    return there == {NAME, *listed} and all(sha256_of(generation / path) == sha for path, sha in listed.items())


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except FileNotFoundError:
        raise
    except OSError:
        # A file system without hard links still gets its edition.
        shutil.copyfile(source, target)
