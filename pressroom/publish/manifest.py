"""The manifest of an edition, `manifest.json`: the pieces that were made and those that were refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pressroom.approval.codec import UnknownKey, decode, encode, optional
from pressroom.approval.releases import ReleaseFacts
from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.drawing import PieceDrawing
from pressroom.fingerprint import content_hash
from pressroom.project import file_bytes

NAME: Final = "manifest.json"
_SCHEMA: Final = 2
# In schema 1 each row had its findings itself.
_KNOWN: Final = frozenset({1, _SCHEMA})
# A hundred thousand pieces.
_LIMIT: Final = 200_000_000
# Hex digits of the name of a list of findings.
_DIGITS: Final = 16
_RESTORE: Final = (
    "restore it from a backup; or return to another edition: {command} rollback; or delete its folder and build again"
)
_HASH: Final = re.compile(rb'"([0-9a-f]{64})"')
_EDITION: Final = re.compile(r"\d{5,}-([0-9a-f]{8})")
_NEWER: Final = "a newer version wrote it: run that version, or build into another folder with --output"


class ManifestError(DiagnosticError):
    """A manifest exists and can't be read."""


@dataclass(frozen=True, slots=True)
class PieceRecord:
    """One piece of an edition.

    A refused piece has no path, no pages and no hash; its diagnostics say why. A piece is `outdated` if its inputs have
    changed and it was not requested. `facts.key` hashes all its inputs.

    A release also has the day of its release and the signers. `offer_with` is the path of the
    current English that an old translation must be handed out with. `profile` is the SHA-256 of the print shop's
    profile in a press file. `marks` are the objects with everything that it draws, one mark a line: of the base and of
    the imprint.

    `sources` hashes the files that the piece and its findings were read from, `made_of` are the parts of its key. The
    last findings are of its making: `places` says for each where it is in the piece, see `planning.moved`.
    """

    document: str
    locale: str
    clinic: str
    product: str
    state: str
    facts: ReleaseFacts
    path: str = ""
    pages: int = 0
    outdated: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
    released: str = optional("")
    signed: tuple[str, ...] = optional(())
    offer_with: str = optional("")
    profile: str = optional("")
    marks: tuple[str, ...] = optional(())
    sources: str = optional("")
    made_of: tuple[str, ...] = optional(())
    places: tuple[tuple[int, ...], ...] = optional(())

    @property
    def made(self) -> bool:
        """True if it has a file."""
        return bool(self.path)

    @property
    def kind(self) -> str:
        """The kind of its file: `pdf`, `html` for a web page, or empty if it has none. See `Layout.file_kind`."""
        return self.path.rpartition(".")[2]

    @property
    def id(self) -> tuple[str, str, str, str]:
        """What identifies a piece: document, locale, clinic, product."""
        return self.document, self.locale, self.clinic, self.product

    @property
    def sha256(self) -> str:
        """The hash of the file's bytes."""
        return self.facts.sha256

    @property
    def drawing(self) -> PieceDrawing:
        """The hashes of what it draws, which people sign; not known of a piece that was refused."""
        return self.facts.drawing

    @property
    def key(self) -> str:
        """The hash of everything the piece is made from."""
        return self.facts.key


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

    def to_json(self) -> str:
        """The text of the file. It has no clock and no machine name: the same pieces give the same bytes."""
        files, refused = ([r for r in self.pieces if r.made is made] for made in (True, False))
        listed = _Findings()
        rows = [(name, _rows(records, listed)) for name, records in (("files", files), ("refused", refused))]
        head = encode(_Head(made_with=self.made_with, heads=self.heads), "_")
        lines = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
        lines += [f'"findings": {listed.text()}'] if listed.lists else []
        lines += [f"{_json(name)}: {text}" for name, text in rows]
        return "{\n" + ",\n".join(lines) + "\n}\n"


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

    lists: dict[str, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def name(self, found: tuple[Diagnostic, ...]) -> str:
        """The name of a list: a hash of its text."""
        if id(found) not in self.names:
            text = _json([encode(finding, "_") for finding in found])
            self.names[id(found)] = name = content_hash(text.encode())[:_DIGITS]
            self.lists[name] = text
        return self.names[id(found)]

    def text(self) -> str:
        """The lists as a table, each on a line."""
        return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in sorted(self.lists.items())) + "\n}"


# The rows of the edition that was read last: most of the next one's are the same. By piece, each with its record.
_read: Final = dict[tuple[str, str, str, str], tuple[PieceRecord, str]]()
_ROW: Final = '{"document": '


def _rows(records: Sequence[PieceRecord], listed: _Findings) -> str:
    """A list with a piece on each line: a hundred thousand indented ones take seconds."""
    rows = ",\n".join([_row(record, listed) for record in records])
    return f"[\n{rows}\n]" if records else "[]"


def _row(record: PieceRecord, listed: _Findings) -> str:
    name = listed.name(record.diagnostics) if record.diagnostics else ""
    before, row = _read.get(record.id, (None, ""))
    # The lists of another engine may have other names.
    if before is record and (not name or row.endswith(f'"diagnostics": "{name}"}}')):
        return row
    table = encode(replace(record, diagnostics=()), "_")
    return _json(table | {"diagnostics": name} if name else table)


def _records(rows: object, findings: Mapping[str, tuple[Diagnostic, ...]]) -> Iterator[PieceRecord]:
    """The records of rows. Raises ValueError."""
    if not isinstance(rows, list):
        raise ValueError("it lacks a list of files")
    for row in rows:
        name = row.get("diagnostics") if isinstance(row, dict) else None
        if isinstance(name, str):
            if name not in findings:
                raise ValueError(f"it has no findings {name!r}")
            del row["diagnostics"]
            yield decode(PieceRecord, row, "_", {"diagnostics": findings[name]})
        else:
            yield decode(PieceRecord, row, "_")


def _remember_rows(text: str, records: Sequence[PieceRecord]) -> None:
    """Remember the rows of an edition's manifest, which has the text that `to_json` wrote."""
    rows = [line.removesuffix(",") for line in text.split("\n") if line.startswith(_ROW)]
    _read.clear()
    if len(rows) == len(records):
        _read.update((record.id, (record, row)) for record, row in zip(records, rows, strict=True))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


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
        table = json.loads(data)
        if not isinstance(table, dict):
            raise ValueError("it is not a table")
        rows = [table.pop(name, None) for name in ("files", "refused")]
        head = decode(_Head, table, "_")
        if head.schema not in _KNOWN:
            raise UnknownKey(f"it has schema {head.schema}")
        pieces = tuple(record for some in rows for record in _records(some, head.findings))
        manifest = Manifest(pieces, head.made_with, head.heads)
        if _check_hash(edition, data) and head.schema == _SCHEMA:
            _remember_rows(data.decode(), manifest.pieces)
        return manifest
    except UnknownKey as error:
        raise unreadable(edition, str(error), _NEWER) from None
    except (ValueError, RecursionError) as error:
        raise unreadable(edition, str(error), _RESTORE) from None


def edition_name(number: int, text: str) -> str:
    """The name of an edition's folder: its number and the hash of its manifest."""
    return f"{number:05d}-{content_hash(text.encode())[:8]}"


def _check_hash(edition: Path, data: bytes) -> bool:
    """Check a manifest against the name of its edition; False for a copy in a folder of another name, which has none.

    Raises ValueError if it was changed.
    """
    written = _EDITION.fullmatch(edition.resolve().name)
    if written and not content_hash(data).startswith(written[1]):
        raise ValueError("it was changed after it was written")
    return written is not None


def unreadable(edition: Path, message: str, hint: str) -> ManifestError:
    """The error of a manifest that can't be read, and why."""
    span = Span(str(edition / NAME))
    return ManifestError(diagnostic("manifest-unreadable", span, f"this manifest can't be read: {message}", hint))
