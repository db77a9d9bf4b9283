"""Takes recalled files out of every edition and printer's folder, and finds their copies: sheets and printer copies."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from pressroom.approval import Recall, Released
from pressroom.approval.evidence import Entry, Evidence
from pressroom.approval.reasons import recall_of
from pressroom.language import ENGLISH
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import sha256_of
from pressroom.workspace.documents import current_name
from pressroom.workspace.records import ProjectRecords, with_current_names

_KINDS: Final = (".pdf", ".html")
# Not for printing, and large.
_SKIPPED: Final = frozenset({"objects", "node_modules"})
Found = Literal["deleted", "there", "not found"]


@dataclass(frozen=True, slots=True)
class RecalledCopy:
    """A sheet or a printer's file that holds a recalled piece.

    `path` is relative to the project where it is in the project. It was `deleted` now, is still `there`, or was `not
    found` on this machine: it may be on another one.
    """

    path: str
    paper: str
    recall: Recall
    found: Found


def take_out(store: Store, project: ProjectRecords, evidence: Evidence) -> tuple[PieceRecord, ...]:
    """Publish the released edition without what was recalled, and delete its files from all editions.

    The log keeps what was released, with the hash of every file. Returns the pieces that left the current edition.
    """
    if not evidence.records.recalls:
        return ()
    alone = _without_english(evidence)
    manifest = with_current_names(store.manifest(), project)
    gone = tuple(record for record in manifest.pieces if record.made and is_recalled(record, evidence, alone))
    if gone:
        stay = tuple(r for r in manifest.pieces if r not in gone)
        store.publish(replace(manifest, pieces=stay, heads=project.records.log.edition_heads))
    store.delete(lambda record: is_recalled(_with_name(record, project), evidence, alone))
    return gone


def _with_name(record: PieceRecord, project: ProjectRecords) -> PieceRecord:
    return replace(record, document=current_name(project.names, record.document))


def is_recalled(record: PieceRecord, evidence: Evidence, alone: Collection[str]) -> bool:
    """True if a file of an edition was recalled, or the English that it was translated from.

    `alone` are the documents whose English was recalled. A file that the log does not know counts as released before
    any recall. If a part of the log is missing, that is unknown: such a file stays where it is and is not offered.
    """
    if record.locale != ENGLISH and record.document in alone:
        return True
    entry = evidence.entry_of(record.id, record.path, record.sha256)
    if entry is not None:
        return recall_of(entry, evidence) is not None
    if evidence.is_unsure(record.document, record.locale):
        return False
    return any(recall.covers(record.document, record.locale) for recall in evidence.records.recalls)


def _without_english(evidence: Evidence) -> frozenset[str]:
    """The documents whose English was recalled and not released since: no translation is offered without it."""
    last: dict[str, Entry] = {}
    for id, entries in evidence.rows.items():
        if id[1] == ENGLISH and (id[0] not in last or entries[-1][0].number > last[id[0]][0].number):
            last[id[0]] = entries[-1]
    recalled = {recall.document for recall in evidence.records.recalls if recall.covers(recall.document, ENGLISH)}
    return frozenset(name for name in recalled if name not in last or recall_of(last[name], evidence) is not None)


def delete_copies(root: Path, output: Path, evidence: Evidence) -> tuple[RecalledCopy, ...]:
    """Delete the sheets and other copies of recalled files in the project and its output; all copies, as they are now.

    A file is deleted only if its bytes are those of a recalled file. Outside of the project nothing is deleted.
    """
    recalled = {row.sha256: (row, recall) for row, recall in _recalled_rows(evidence)}
    if not recalled:
        return ()
    deleted: dict[Path, tuple[Released, Recall]] = {}
    for path in _files({root, output}):
        match = recalled.get(sha256_of(path))
        if match is not None:
            path.unlink()
            deleted[path] = match
    copies = [RecalledCopy(_relative(path, root), row.what, r, "deleted") for path, (row, r) in deleted.items()]
    known = {copy.path for copy in copies}
    return (*copies, *(copy for copy in known_copies(root, evidence) if copy.path not in known))


def known_copies(root: Path, evidence: Evidence) -> tuple[RecalledCopy, ...]:
    """The sheets and the printers' files that hold a recalled piece, by the paths that the log knows."""
    copies: dict[tuple[str, str], RecalledCopy] = {}
    for row, recall in _recalled_rows(evidence):
        if row.sheet:
            where = row.written or row.path
            there = sha256_of(root / where) == row.sha256
            copies[where, row.sha256] = RecalledCopy(where, row.what, recall, "there" if there else "not found")
    return tuple(copies.values())


def _recalled_rows(evidence: Evidence) -> Iterator[tuple[Released, Recall]]:
    """Every recalled row of the log. A sheet is recalled with any of its cards."""
    for release in evidence.records.releases:
        for row in release.pieces:
            recall = recall_of((release, row), evidence)
            if recall is not None:
                yield row, recall


def _files(folders: set[Path]) -> Iterator[Path]:
    """The PDFs and web pages below these folders, each once; hidden folders and links are left out."""
    seen: set[Path] = set()
    for top in folders:
        for folder, names, files in os.walk(top):
            names[:] = [name for name in names if not name.startswith(".") and name not in _SKIPPED]
            for path in (Path(folder) / name for name in files if name.lower().endswith(_KINDS)):
                if path not in seen:
                    seen.add(path)
                    yield path


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
