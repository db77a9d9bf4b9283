"""The log of releases asked and added to: what was released goes in, its file under version control comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from pressroom.approval import Records, Release, Released
from pressroom.approval.releases import RELEASE
from pressroom.planning.versions import made_with
from pressroom.project import Project
from pressroom.publish import PieceRecord
from pressroom.workspace.records import releases_folder, write_record

# What a manifest and the log must say alike of one file; of the rest the log is believed.
_ALIKE: Final = ("id", "sha256", "path")


def entry_of(record: PieceRecord, records: Records) -> Released | None:
    """The log's last entry of this very file under this very name; none where nobody released it."""
    found = [piece for release in records.releases for piece in release.pieces if not piece.sheet]
    return next((p for p in reversed(found) if all(getattr(p, k) == getattr(record, k) for k in _ALIKE)), None)


def is_logged(record: PieceRecord, records: Records) -> bool:
    """True where the log of releases, which is under version control, knows this very file."""
    return entry_of(record, records) is not None


def is_logged_as_now(record: PieceRecord, records: Records) -> bool:
    """True where the log knows the file with the version and the inputs it has now."""
    return any(
        (piece.id, piece.path, piece.facts) == (record.id, record.path, record.facts)
        for release in records.releases
        for piece in release.pieces
    )


def first_released(record: PieceRecord, records: Records) -> date | None:
    """The day this very file was first released; none where it was not yet."""
    days = [r.dated for r in records.releases for p in r.pieces if (p.id, p.sha256) == (record.id, record.sha256)]
    return min(days, default=None)


def released_of(record: PieceRecord, number: str) -> Released:
    """What the log says of a piece; `number` is the document's."""
    return Released(record.path, *record.id, number, record.facts, "; ".join(record.signed))


def write_log(project: Project, log: Iterable[Release], today: date, by: str, rows: Sequence[Released]) -> str:
    """Write what was released to the log; the file's path, or nothing where there is nothing to write.

    To be called before what was released is put where people take it: a release that nobody logged could never be
    recalled, the other way does no harm.

    Raises:
        OSError: it can't be written.
    """
    if not rows:
        return ""
    number = max((release.number for release in log), default=0) + 1
    engine = ", ".join(f"{name} {version}" for name, version in made_with([]).items())
    release = Release(number=number, dated=today, by=by, engine=engine, pieces=tuple(rows))
    name, text = RELEASE.write(release)
    return project.relative(write_record(releases_folder(project), name, text))
