"""The zip of a hand-off: packs it, unpacks it safely, and reads and writes its manifest."""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pressroom.border import BorderError, border
from pressroom.catalog import Catalog
from pressroom.catalog.merge_returned import words_hash
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.language import Language, Registry, UnknownLanguage
from pressroom.workspace.workspace import GLOSSARY, LAYOUTS, Workspace

# DOS, the zip's clock, begins here.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MEMBERS: Final = 2_000
_MEMBER_SIZE: Final = 16_000_000
_TOTAL_SIZE: Final = 64_000_000
_ZIP_SIZE: Final = 512_000_000
_UNSAFE: Final = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)|[\x00-\x1f]")
_ENCRYPTED: Final = 0x1
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
        with border(ArchiveError), zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members)
            return _read(archive, [m for m in members if not m.is_dir() and wanted(_path(m))])
    except ArchiveError:
        raise
    except BorderError as error:
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


MANIFEST: Final = "manifest.json"
EXPORT_ID_HEADER: Final = "X-Pressroom-Export"
# Exports are kept here, so that import finds what was sent for a single file that comes back.
FOLDER: Final = "output/handoff"
_SCHEMA: Final = 1


@dataclass(frozen=True, slots=True)
class Sent:
    """A catalog as it was sent; `base` identifies it when it comes back."""

    name: str
    catalog: Catalog

    @property
    def base(self) -> str:
        """The hash of everything that a translator can change."""
        return words_hash(self.catalog)


def names_of(workspace: Workspace, language: Language) -> tuple[str, ...]:
    """The catalogs that can be handed off: every document's, the layouts', and the glossary if there is one."""
    names = [*(path.stem for path in workspace.sources()), LAYOUTS]
    return (*names, GLOSSARY) if workspace.has_catalog(GLOSSARY, language) else tuple(names)


def stamped(sent: Sent, language: Language) -> bytes:
    """The .po of a hand-off, with its export id in the header: `vi/dvt-pe 0123456789abcdef`."""
    fields = sent.catalog.header.replaced({EXPORT_ID_HEADER: f"{language.posix}/{sent.name} {sent.base}"})
    return write_catalog(replace(sent.catalog, header=replace(sent.catalog.header, fields=fields)))


def write_manifest(sent: Sequence[Sent]) -> bytes:
    """The manifest with all of every catalog, so that import knows message by message what changed since."""
    rows = [
        {
            "name": text.name,
            "locale": text.catalog.locale,
            "path": text.catalog.path,
            "base": text.base,
            "catalog": write_catalog(text.catalog).decode(),
        }
        for text in sent
    ]
    return (json.dumps({"schema": _SCHEMA, "catalogs": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(data: bytes, registry: Registry) -> tuple[Sent, ...]:
    """The catalogs of a manifest.

    Raises:
        ValueError: it is not one of ours, or it was changed.
    """
    try:
        table: dict[str, Any] = json.loads(data.decode("utf-8"))
        if table["schema"] != _SCHEMA:
            raise ValueError(f"schema {table['schema']!r} is not {_SCHEMA}")
        return tuple(_sent_catalog(row, registry) for row in table["catalogs"])
    except (KeyError, TypeError, AttributeError, RecursionError, UnknownLanguage) as error:
        raise ValueError(f"it lacks or misnames {error}") from None


def _sent_catalog(row: dict[str, Any], registry: Registry) -> Sent:
    language = registry.find(row["locale"])
    catalog, _ = read_catalog(row["catalog"].encode(), str(row["path"]), language)
    if catalog is None or words_hash(catalog) != row["base"]:
        raise ValueError(f"{row['name']!r} in it is not what was sent")
    return Sent(str(row["name"]), catalog)
