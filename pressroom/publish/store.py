"""The store of editions: a whole edition becomes current in one step, or not at all.

`output/objects/<sha256>` holds every file once. An edition is a folder of hard links with its manifest. One rename
makes an edition current. Proofs and releases have separate editions and separate links, so that a proof never
takes the place of a release. 63 killed builds left no inconsistent set; writing in place tore a file in 48 of 120.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pressroom.fingerprint import content_hash
from pressroom.project import file_bytes
from pressroom.project.atomic import sync_folder, write_atomic
from pressroom.publish.manifest import (
    NAME,
    Manifest,
    ManifestError,
    edition_name,
    named_hashes,
    read_manifest,
    unreadable,
)
from pressroom.publish.piece_record import PieceRecord

Channel = Literal["current", "released"]
KEPT: Final = 5
# The largest file an edition may hold, in bytes.
LARGEST: Final = 200_000_000
# Links to the proofs that signatures in force name; `_drop_unused` does not touch them.
_SIGNED: Final = "signed"
_FOLDERS: Final[dict[Channel, str]] = {"current": "generations", "released": "editions"}


@dataclass(frozen=True, slots=True)
class Store:
    """An output folder: its proofs (`current`) or its releases (`released`)."""

    root: Path
    channel: Channel = "current"

    @property
    def current(self) -> Path:
        """The link to the current edition."""
        return self.root / self.channel

    def manifest(self) -> Manifest:
        """The manifest of the current edition, or of the last one kept if the link to it is lost.

        Raises:
            ManifestError: it can't be read, or is gone from an edition that is there, or the link leads elsewhere.
        """
        if self.current.exists():
            self._refuse_elsewhere()
            return read_manifest(self.current, required=True)
        last = self.editions()[-1:]
        return read_manifest(last[0]) if last else Manifest()

    def _refuse_elsewhere(self) -> None:
        """Raise a ManifestError if the current edition is a link out of this output's own editions."""
        if (
            self.current.is_symlink()
            and self.current.resolve().parent != (self.root / _FOLDERS[self.channel]).resolve()
        ):
            hint = "remove the link, and build again"
            raise unreadable(self.current, f"{self.channel} is a link out of the output", hint)

    def is_untouched(self, manifest: Manifest, *, checked: bool = False) -> bool:
        """True if the current edition has exactly the manifest's files, byte for byte.

        If all objects were `checked`, their links are not read.
        """
        objects = self.root / "objects" if checked else None
        return self.current.is_symlink() and is_as_published(self.current.resolve(), manifest, objects)

    def holds(self, sha256: str) -> bool:
        """True if the object of this hash has this content: a disk may have lost a bit, or somebody edited it.

        It reads the whole file. A build reads only files that changed since it last did, see `CheckedObjects`.
        """
        return bool(sha256) and sha256_of(self._object(sha256)) == sha256

    def add(self, data: bytes) -> str:
        """Keep these bytes and return their SHA-256.

        Raises:
            OSError: the disk is full or read-only.
        """
        digest = content_hash(data)
        if not self.holds(digest):
            try:
                write_atomic(self._object(digest), data, 0o444)
            except OSError:
                self._drop_unused()
                raise
        return digest

    def text(self, sha256: str) -> str:
        """The text of an object. Raises OSError if it is missing or damaged."""
        data = published_bytes(self.root / "objects", sha256)
        if content_hash(data) != sha256:
            raise OSError(errno.EIO, "it was changed after it was written", str(self._object(sha256)))
        return data.decode()

    def keep_signed(self, proofs: Collection[str]) -> None:
        """Keep these signed proofs, by their SHA-256, and no others: a later proof is compared with them.

        Raises:
            OSError: the disk is full or read-only.
        """
        folder = self.root / _SIGNED
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            if path.name not in proofs:
                path.unlink()
        for sha256 in proofs:
            if not (folder / sha256).exists() and self.holds(sha256):
                _link(str(self._object(sha256)), str(folder / sha256))

    def signed(self, sha256: str) -> bytes | None:
        """A proof that was signed; None if this machine does not have it."""
        path = self.root / _SIGNED / sha256
        return published_bytes(path.parent, sha256) if sha256 and sha256_of(path) == sha256 else None

    def publish(self, manifest: Manifest, keep: int = KEPT) -> Path:
        """Make an edition of the manifest's files and make it current; the last `keep` editions are kept.

        Raises:
            OSError: it can't be written; the earlier edition is still current.
        """
        data = manifest.to_bytes()
        number = max([number_of(folder) for folder in self._folders()], default=0) + 1
        edition = self._folder / edition_name(number, data)
        try:
            self._fill(edition, manifest, data)
            sync_folder(self._folder)
            self.return_to(edition)
        except OSError:
            shutil.rmtree(edition, ignore_errors=True)
            self._drop_unused()
            raise
        self.drop([folder for folder in self.editions()[: -max(keep, 1)] if folder != self.current.resolve()])
        return edition

    def editions(self) -> tuple[Path, ...]:
        """The editions that have a manifest, the oldest first."""
        return tuple(sorted((folder for folder in self._folders() if (folder / NAME).is_file()), key=number_of))

    def return_to(self, edition: Path) -> None:
        """Make an edition current."""
        if self.current.is_dir() and not self.current.is_symlink():
            # Somebody copied an edition here in place of the link; keep it, out of the way.
            self.current.rename(self.root / f"{self.channel}-not-ours-{os.getpid()}")
        link = self.root / f".{self.channel}-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(_FOLDERS[self.channel]) / edition.name)
        link.replace(self.current)
        sync_folder(self.root)

    def delete(self, unwanted: Callable[[PieceRecord], bool]) -> None:
        """Delete the files that fit from all editions of this channel, and their objects.

        The manifests still list them, so that a return to such an edition is noticed. An edition is left alone if
        its manifest can't be read: no command can return to it.
        """
        for edition in self.editions():
            with contextlib.suppress(ManifestError):
                for record in read_manifest(edition).pieces:
                    if record.made and unwanted(record):
                        (edition / record.path).unlink(missing_ok=True)
                        self._object(record.sha256).unlink(missing_ok=True)

    def sizes(self, edition: Path) -> dict[str, int]:
        """The bytes of each object that an edition holds, by its hash; editions share most of them.

        Raises:
            ManifestError: the edition's manifest can't be read.
        """
        names = named_hashes([edition])
        return {name: size for name in names if (size := _size_of(self._object(name))) is not None}

    @property
    def _folder(self) -> Path:
        return self.root / _FOLDERS[self.channel]

    def _fill(self, edition: Path, manifest: Manifest, data: bytes) -> None:
        """Write everything to the disk, names too, before anything points to it: a power cut may come at any time."""
        edition.mkdir(parents=True)
        folders = {edition}
        known = set[str]()
        for record in (record for record in manifest.pieces if record.made):
            # Of a hundred thousand paths no more is made than is needed.
            if (above := record.path.rpartition("/")[0]) not in known:
                known.add(above)
                folder = edition / above
                folder.mkdir(parents=True, exist_ok=True)
                folders |= {each for each in (folder, *folder.parents) if each.is_relative_to(edition)}
            _link(f"{self.root}/objects/{record.sha256}", f"{edition}/{record.path}")
        write_atomic(edition / NAME, data)
        if (self.root / "objects").is_dir():
            sync_folder(self.root / "objects")
        for folder in sorted(folders, reverse=True):
            sync_folder(folder)

    def drop(self, editions: Collection[Path]) -> None:
        """Drop these editions, those that a killed build began, and the objects that no edition holds."""
        begun = (folder for folder in self._folders() if not (folder / NAME).is_file())
        for folder in (*editions, *(folder for folder in begun if folder != self.current.resolve())):
            # Rename it first: no command may return to half an edition.
            folder.rename(folder.with_name(f".dropped-{folder.name}"))
        for leftover in self._folder.glob(".dropped-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        for link in self.root.glob(f".{self.channel}-*"):
            link.unlink(missing_ok=True)
        self._drop_unused()

    def _drop_unused(self) -> None:
        """Drop the objects that no edition holds; after a failure too, or a full disk would stay full."""
        stores = [Store(self.root, channel) for channel in _FOLDERS]
        try:
            used = named_hashes(edition for store in stores for edition in store.editions())
        except ManifestError:
            # It is not known what that edition holds, so keep everything.
            return
        objects = self.root / "objects"
        for entry in list(os.scandir(objects)) if objects.is_dir() else ():
            if entry.name not in used:
                with contextlib.suppress(OSError):
                    (objects / entry.name).unlink()

    def _folders(self) -> list[Path]:
        return [path for path in self._folder.iterdir() if number_of(path)] if self._folder.is_dir() else []

    def _object(self, sha256: str) -> Path:
        return self.root / "objects" / sha256


def number_of(edition: Path) -> int:
    """An edition's number; 0 for any other folder."""
    head = edition.name.partition("-")[0]
    return int(head) if head.isdigit() else 0


def published_bytes(folder: Path, path: str) -> bytes:
    """The bytes of a file in an edition or a printer's folder.

    Raises:
        OSError: it is missing, or it is a link, which could change later.
    """
    data, findings = file_bytes(folder, path, limit=LARGEST)
    if data is None:
        raise OSError(errno.ENOENT, findings[0].message, str(folder / path))
    return data


def sha256_of(path: Path) -> str:
    """The SHA-256 of a published file; empty if it can't be read."""
    try:
        return content_hash(published_bytes(path.parent, path.name))
    except OSError:
        return ""


def is_as_published(edition: Path, manifest: Manifest, objects: Path | None = None) -> bool:
    """True if an edition has exactly its manifest's files, byte for byte.

    A file is not read if it is a link to the object of its hash in `objects`, whose content is known to be right.
    """
    listed = {record.path: record.sha256 for record in manifest.pieces if record.made}
    files = dict(_files_in(str(edition), ""))
    if files.keys() != {NAME, *listed}:
        return False
    on_one_disk = objects is not None and objects.is_dir() and objects.stat().st_dev == edition.stat().st_dev
    held = {entry.name: entry.inode() for entry in os.scandir(objects)} if on_one_disk else {}
    others = (path for path, sha in listed.items() if held.get(sha) != files[path])
    return all(sha256_of(edition / path) == listed[path] for path in others)


def _files_in(folder: str, above: str) -> Iterator[tuple[str, int]]:
    """The files in a folder and below, by their path from it, each with its inode."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files_in(entry.path, f"{above}{entry.name}/")
            else:
                yield above + entry.name, entry.inode()


def _size_of(path: Path) -> int | None:
    try:
        return path.stat(follow_symlinks=False).st_size
    except OSError:
        return None


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        # A file system without hard links, or two of them, still get their edition, on the disk before it is current.
        folder, _, name = source.rpartition("/")
        write_atomic(Path(target), published_bytes(Path(folder), name), 0o444)
