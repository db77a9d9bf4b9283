"""The release log: what was released, one file under version control for each release."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pressroom.approval import Release, Released
from pressroom.approval.evidence import Evidence
from pressroom.approval.releases import RELEASE
from pressroom.planning.versions import made_with
from pressroom.publish import PieceRecord
from pressroom.workspace.records import releases_folder, write_record
from pressroom.workspace.workspace import Workspace


def first_released(record: PieceRecord, evidence: Evidence) -> date | None:
    """The day this very file was first released; None where it was not yet."""
    entries = evidence.rows.get(record.id, ())
    return min((release.dated for release, row in entries if row.sha256 == record.sha256), default=None)


def is_last_logged(row: Released, evidence: Evidence) -> bool:
    """True where the log's last row of the piece says the same of the file."""
    entries = evidence.rows.get(row.id, ())
    return bool(entries) and (entries[-1][1].path, entries[-1][1].facts) == (row.path, row.facts)


def row_of(record: PieceRecord, number: str) -> Released:
    """What the log says of a piece; `number` is the document's."""
    return Released(record.path, *record.id, number, record.facts, "; ".join(record.signed))


def next_release(log: Iterable[Release], today: date, by: str, rows: Iterable[Released]) -> Release:
    """The release that comes after those in the log."""
    engine = ", ".join(f"{name} {version}" for name, version in made_with([]).items())
    number = max((release.number for release in log), default=0) + 1
    return Release(number=number, dated=today, by=by, engine=engine, pieces=tuple(rows))


def write_log(workspace: Workspace, release: Release) -> str:
    """Write a release to the log; the file's path, or nothing where nothing was released.

    Call this before the files are put where people take them. A release that is not logged could never be recalled;
    a row without a file does no harm.

    Raises:
        OSError: it can't be written.
    """
    if not release.pieces:
        return ""
    name, text = RELEASE.write(release)
    return workspace.relative(write_record(workspace, releases_folder(workspace.project), name, text))
