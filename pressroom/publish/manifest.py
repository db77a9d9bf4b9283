"""The manifest of an edition, `manifest.json`: the pieces that were made and those that were refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pressroom.approval.codec import UnknownKey, decode, encode, optional
from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.fingerprint import content_hash
from pressroom.project import file_bytes
from pressroom.publish.piece_record import ROW, PieceRecord, decoded_row, read_row

NAME: Final = "manifest.json"
_SCHEMA: Final = 2
# In schema 1 each row had its findings itself.
_KNOWN: Final = frozenset({1, _SCHEMA})
# A hundred thousand pieces.
_LIMIT: Final = 200_000_000
# Hex digits of the name of a list of findings.
_DIGITS: Final = 16
_RESTORE: Final = (
    "restore it from a backup; or return to another edition: {command} rollback NUMBER, by its number in "
    "{command} editions; or delete its folder and build again"
)
_HASH: Final = re.compile(rb'"([0-9a-f]{64})"')
_EDITION: Final = re.compile(r"\d{5,}-([0-9a-f]{8})")
_NEWER: Final = "a newer version wrote it: run that version, or build into another folder with --output"


class ManifestError(DiagnosticError):
    """A manifest exists and can't be read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All pieces of an edition, made and refused, in the order of their ids.

    `made_with` are the versions of the engine and its libraries, and the hashes of the fonts, that made them. `heads`
    are the last entries of the log that a released edition was made at: they must be there as long as the edition is.
    """

    pieces: tuple[PieceRecord, ...] = ()
    made_with: dict[str, str] = field(default_factory=dict)
    heads: tuple[str, ...] = ()

    def by_id(self) -> dict[tuple[str, str, str, str], PieceRecord]:
        """The records by piece."""
        return {record.id: record for record in self.pieces}

    def to_bytes(self) -> bytes:
        """The file, in JSON. It has no clock and no machine name: the same pieces give the same bytes."""
        files, refused = ([r for r in self.pieces if r.made is made] for made in (True, False))
        listed = _Findings()
        rows = [(name, _rows(records, listed)) for name, records in (("files", files), ("refused", refused))]
        head = encode(_Head(made_with=self.made_with, heads=self.heads), "_")
        lines = [b"%b: %b" % (_json(key), _json(value)) for key, value in head.items()]
        lines += [b'"findings": ' + listed.text()] if listed.lists else []
        lines += [b"%b: %b" % (_json(name), text) for name, text in rows]
        return b"{\n" + b",\n".join(lines) + b"\n}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What is above the rows. `findings` are the lists of findings that rows name: those of all clinics are alike."""

    schema: int = _SCHEMA
    made_with: dict[str, str] = optional({})
    heads: tuple[str, ...] = optional(())
    findings: dict[str, tuple[Diagnostic, ...]] = optional({})


@dataclass(frozen=True, slots=True)
class _Findings:
    """The lists of findings that were named, by their names, and the names by the identity of a list."""

    lists: dict[str, bytes] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def name(self, found: tuple[Diagnostic, ...]) -> str:
        """The name of a list: a hash of its text."""
        if id(found) not in self.names:
            text = _json([encode(finding, "_") for finding in found])
            self.names[id(found)] = name = content_hash(text)[:_DIGITS]
            self.lists[name] = text
        return self.names[id(found)]

    def text(self) -> bytes:
        """The lists as a table, each on a line."""
        return (
            b"{\n"
            + b",\n".join(b'"%b": %b' % (name.encode(), text) for name, text in sorted(self.lists.items()))
            + b"\n}"
        )


def _rows(records: Sequence[PieceRecord], listed: _Findings) -> bytes:
    """A list with a piece on each line: a hundred thousand indented ones take seconds."""
    rows = b",\n".join([_row(record, listed) for record in records])
    return b"[\n%b\n]" % rows if records else b"[]"


def _row(record: PieceRecord, listed: _Findings) -> bytes:
    name = listed.name(record.diagnostics) if record.diagnostics else ""
    # Most rows are as they were read. The lists of another engine may have other names.
    if record.row is not None and record.row.found == name:
        return record.row.text
    table = encode(replace(record, diagnostics=()), "_")
    return _json(table | {"diagnostics": name} if name else table)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def named_hashes(editions: Iterable[Path]) -> frozenset[str]:
    """Every hash that the manifests of these editions name, those of their objects among them.

    Raises:
        ManifestError: one can't be read, or is not as it was written.
    """
    # Most rows of an edition are those of the one before.
    lines = set[bytes]()
    for edition in editions:
        data, findings = file_bytes(edition, NAME, limit=_LIMIT)
        if data is None:
            raise unreadable(edition, findings[0].message, _RESTORE)
        try:
            _check_hash(edition, data)
        except ValueError as error:
            raise unreadable(edition, str(error), _RESTORE) from None
        lines.update(data.split(b"\n"))
    return frozenset([digest.decode() for line in lines for digest in _HASH.findall(line)])


def read_manifest(edition: Path, *, required: bool = False) -> Manifest:
    """The manifest of an edition; an empty one if it has none and is not required to have one.

    Raises:
        ManifestError: it can't be read, is not as it was written, or a newer version wrote it.
    """
    data, findings = file_bytes(edition, NAME, limit=_LIMIT, optional=not required)
    if findings:
        raise unreadable(edition, findings[0].message, _RESTORE)
    if data is None:
        return Manifest()
    try:
        return _as_written(data) if _check_hash(edition, data) else _decoded(json.loads(data))
    except UnknownKey as error:
        raise unreadable(edition, str(error), _NEWER) from None
    except (ValueError, RecursionError) as error:
        raise unreadable(edition, str(error), _RESTORE) from None


def _as_written(data: bytes) -> Manifest:
    """A manifest that is known to be as `to_bytes` wrote it: a row on each line. Raises ValueError."""
    data.decode()
    lines = data.split(b"\n")
    others = [line for line in lines if not line.startswith(ROW)]
    table = json.loads(b"\n".join(others))
    head = _head(table)
    if head.schema != _SCHEMA or table.get("files") != [] or table.get("refused") != []:
        return _decoded(json.loads(data))
    rows = [line.removesuffix(b",") for line in lines if line.startswith(ROW)]
    return Manifest(tuple([read_row(row, head.findings) for row in rows]), head.made_with, head.heads)


def _decoded(table: object) -> Manifest:
    """The manifest of a table, in whatever form its rows are. Raises ValueError."""
    head = _head(table)
    rows = [table.get(name) for name in ("files", "refused")] if isinstance(table, dict) else []
    if not all(isinstance(some, list) for some in rows):
        raise ValueError("it lacks a list of files")
    pieces = [decoded_row(row, head.findings) for some in rows for row in some or ()]
    return Manifest(tuple(pieces), head.made_with, head.heads)


def _head(table: object) -> _Head:
    """What is above the rows. Raises ValueError."""
    if not isinstance(table, dict):
        raise ValueError("it is not a table")
    head = decode(_Head, {key: value for key, value in table.items() if key not in ("files", "refused")}, "_")
    if head.schema not in _KNOWN:
        raise UnknownKey(f"it has schema {head.schema}")
    return head


def edition_name(number: int, data: bytes) -> str:
    """The name of an edition's folder: its number and the hash of its manifest."""
    return f"{number:05d}-{content_hash(data)[:8]}"


def _check_hash(edition: Path, data: bytes) -> bool:
    """Check a manifest against the name of its edition; False for a copy in a folder of another name, which has none.

    Raises ValueError if it was changed; that a newer version wrote it goes first.
    """
    written = _EDITION.fullmatch(edition.resolve().name)
    if written and not content_hash(data).startswith(written[1]):
        _decoded(json.loads(data))
        raise ValueError("it was changed after it was written")
    return written is not None


def unreadable(edition: Path, message: str, hint: str) -> ManifestError:
    """The error of a manifest that can't be read, and why."""
    span = Span(str(edition / NAME))
    return ManifestError(diagnostic("manifest-unreadable", span, f"this manifest can't be read: {message}", hint))
