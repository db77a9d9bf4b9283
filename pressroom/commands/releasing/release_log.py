"""Reads and writes the release log: one file under version control for each release."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pressroom.approval import Release, Released, SignOff
from pressroom.approval.evidence import Evidence, evidence_of
from pressroom.approval.log import release_id
from pressroom.approval.people_file import PEOPLE_FILE
from pressroom.approval.reasons import replaced_by
from pressroom.approval.releases import RELEASE
from pressroom.commands.signing.signer import Signer, write_signed
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.planning.versions import engine_build, made_with
from pressroom.publish import PieceRecord
from pressroom.workspace.records import people_hash, releases_folder
from pressroom.workspace.workspace import Workspace


def first_released(record: PieceRecord, evidence: Evidence) -> date | None:
    """The day on which exactly this file was first released; None if it was not released yet."""
    entries = evidence.rows.get(record.id, ())
    return min((release.dated for release, row in entries if row.sha256 == record.sha256), default=None)


def is_last_logged(row: Released, evidence: Evidence) -> bool:
    """True if the log's last row of the piece has the same path and facts, and no other branch has another one."""
    entries = evidence.rows.get(row.id, ())
    if not entries or replaced_by(entries[-1], evidence) is not None:
        return False
    return (entries[-1][1].path, entries[-1][1].facts) == (row.path, row.facts)


def row_of(record: PieceRecord, number: str, signed: Iterable[SignOff]) -> Released:
    """The log's row of a piece; `number` is the document's, `signed` are the sign-offs behind it."""
    return Released(record.path, *record.id, number, record.facts, tuple(signoff.id for signoff in signed))


def next_release(workspace: Workspace, today: date, by: Signer, rows: Iterable[Released]) -> Release:
    """The release that comes after everything in the log. It gets its own id when it is written."""
    records = workspace.records().records.on(today)
    engine = made_with([]) | {"build": engine_build()}
    return Release(
        number=max((release.number for release in records.releases), default=0) + 1,
        dated=today,
        by=by.name,
        principal=by.principal,
        key=by.fingerprint,
        engine=", ".join(f"{name} {version}" for name, version in engine.items()),
        people=people_hash(workspace),
        after=records.log.heads,
        id=release_id("next"),
        pieces=tuple(rows),
    )


def people_changed(workspace: Workspace) -> tuple[Diagnostic, ...]:
    """A refusal if the file of people is not the one of the last release: somebody may have been added."""
    mark, last = people_hash(workspace), _last_new(workspace.records().records.releases)
    if last is None or not mark or last.people == mark:
        return ()
    message = f"the list of people changed since release {last.number} of {last.dated}"
    hint = f"look at the change with a second person: git log -p {PEOPLE_FILE}; then release with --new-people"
    return (diagnostic("people-changed", Span(PEOPLE_FILE), message, hint),)


def _last_new(releases: Iterable[Release]) -> Release | None:
    """The last release with a file of its own: sheets and rollbacks hand out earlier files, and do not ask this."""
    last, released = None, set[str]()
    for release in releases:
        files = {row.sha256 for row in release.pieces if not row.sheet}
        last = last if files <= released else release
        released |= files
    return last


def write_log(workspace: Workspace, release: Release, by: Signer) -> str:
    """Write a release to the log; returns the file's path, empty if nothing was released.

    Call this before the files are put where people take them. A release that is not logged could never be recalled;
    a row without a file does no harm. Raises SignatureError if the key can't sign it.
    """
    if not release.pieces:
        return ""
    return workspace.relative(write_signed(workspace, releases_folder(workspace.project), RELEASE, release, by))


def log_copies(workspace: Workspace, rows: Iterable[Released], by: Signer, today: date) -> str:
    """Log files made from released ones, unless the log has them and none replaced them; see `write_log`."""
    evidence = evidence_of(workspace.records().records.on(today), today)
    entries = ((release, row) for release in evidence.records.releases for row in release.pieces)
    logged = {(row.facts, row.written) for release, row in entries if replaced_by((release, row), evidence) is None}
    new = [row for row in rows if (row.facts, row.written) not in logged]
    return write_log(workspace, next_release(workspace, today, by, new), by)
