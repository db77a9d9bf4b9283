"""Packs and unpacks the zip of a hand-off: the same bytes on any day, and safely back."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Final

# DOS, the zip's clock, begins here.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MEMBERS: Final = 2_000
_MEMBER_SIZE: Final = 16_000_000
_TOTAL_SIZE: Final = 64_000_000
_ZIP_SIZE: Final = 512_000_000
_UNSAFE: Final = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)|[\x00-\x1f]")
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
)  # fmt: skip
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class ArchiveError(ValueError):
    """A zip that must not be opened; `hint` is the next move."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def pack(files: Mapping[str, bytes]) -> bytes:
    """The zip of these files by their path in it: sorted, without a clock, a user or a machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system = 3
            member.external_attr = (stat.S_IFREG | 0o644) << 16
            # A PDF is compressed already.
            method = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
            archive.writestr(member, files[name], compress_type=method, compresslevel=9)
    return buffer.getvalue()


def unpack(data: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The wanted files of a zip by their path in it; nothing is written to disk.

    Limits: 512 MB the zip, 2,000 files in it, 16 MB a file that is wanted, 64 MB these together.

    Raises:
        ArchiveError: it is no zip, is damaged, is a bomb, or names a place outside itself.
    """
    if len(data) > _ZIP_SIZE:
        raise ArchiveError(f"the zip is {len(data) / 1e6:.0f} MB; the limit is {_ZIP_SIZE / 1e6:.0f} MB", _AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members)
            return _read(archive, [m for m in members if not m.is_dir() and wanted(_path(m))])
    except ArchiveError:
        raise
    except _BROKEN as error:
        raise ArchiveError(f"the zip can't be read: {error}", _AGAIN) from None


_AGAIN: Final = "ask for the zip again, or import its .po and .xlf files one by one"


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > _MEMBERS:
        raise ArchiveError(f"the zip holds {len(members)} files; the limit is {_MEMBERS}", _AGAIN)
    seen: set[str] = set()
    for member in members:
        name = _path(member)
        kind = stat.S_IFMT(member.external_attr >> 16)
        if _UNSAFE.search(name) or not name:
            raise ArchiveError(f"the zip names a place outside itself: {name[:80]!r}", _AGAIN)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise ArchiveError(f"the zip holds a link or a device: {name[:80]!r}", _AGAIN)
        if member.flag_bits & _ENCRYPTED:
            raise ArchiveError(f"a file in the zip is locked with a password: {name[:80]!r}", "ask for it without one")
        if member.compress_type not in _METHODS:
            raise ArchiveError(f"a file in the zip is packed in an unusual way: {name[:80]!r}", "zip it as usual")
        if name in seen:
            raise ArchiveError(f"the zip holds two files of one name: {name[:80]!r}", _AGAIN)
        seen.add(name)


def _path(member: zipfile.ZipInfo) -> str:
    # `filename` is cut at a zero byte; this is what was written. Old programs of Windows write backslashes.
    return member.orig_filename.replace("\\", "/")


def _read(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for member in members:
        with archive.open(member) as file:
            # Never more than the limit is unpacked, whatever size the zip says.
            content = file.read(min(_MEMBER_SIZE, _TOTAL_SIZE - total) + 1)
        total += len(content)
        if len(content) > _MEMBER_SIZE or total > _TOTAL_SIZE:
            sizes = f"{_MEMBER_SIZE / 1e6:.0f} MB a file and {_TOTAL_SIZE / 1e6:.0f} MB in all"
            raise ArchiveError(f"{member.filename[:80]!r} unpacks to more than {sizes}", _AGAIN)
        files[_path(member)] = content
    return files
