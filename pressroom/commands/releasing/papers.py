"""Answers what a paper or a file is, for a page: the verdict of `verify` with what people want to know besides.

A `Register` is made once for a state of the project, and asked many times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.approval import Recall, Release, Released, SignOff
from pressroom.approval.approval_state import last_day
from pressroom.approval.evidence import Id
from pressroom.approval.reasons import recall_of, replaced_by
from pressroom.commands.releasing.verify import Identified, identify_read, identify_written
from pressroom.commands.signing.verdicts import Verdicts, verdicts_by_log, verdicts_on_released
from pressroom.diagnostics import Span, diagnostic
from pressroom.executor.contained import contained
from pressroom.executor.protocol import Fault
from pressroom.fingerprint import content_hash
from pressroom.publish import PieceRecord, Store
from pressroom.publish.file_identity import FileIdentity
from pressroom.publish.manifest import ManifestError
from pressroom.publish.store import published_bytes
from pressroom.workspace.records import ProjectRecords
from pressroom.workspace.workspace import Workspace

_PICTURES: Final = "pressroom.postpress.released_pages:released_pages"
_LOG_ALONE: Final = diagnostic("file-unreadable", Span("releases"), "only the log is read here", "")


@dataclass(frozen=True, slots=True)
class Pictured:
    """The pages that a paper is held beside: a released file by its SHA-256, its pages, and which release it is.

    `is_same` is True if it is the paper's own file, or prints the same. Otherwise it is the one that is current.
    """

    sha256: str
    pages: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper or file is.

    `found` has the verdict. `good_until` is the last day on which it may be handed out, None if the log says none.
    `later` is the release that replaced it. `also` are the other papers that the recall takes back, each once. If
    `by_log`, only the log was read: no one compared today's words and addresses with the paper's.
    """

    found: Identified
    by_log: bool
    good_until: date | None = None
    signed: tuple[SignOff, ...] = ()
    recall: Recall | None = None
    later: tuple[Release, Released] | None = None
    also: tuple[tuple[str, ...], ...] = ()
    pictured: Pictured | None = None

    @property
    def why(self) -> str:
        """The reason for the verdict, without what it says of the command line."""
        return self.found.why.partition(";")[0]

    @property
    def verdict(self) -> str:
        """The word of `verify`, or `current` if the log alone knows of nothing against it."""
        return "current" if self.by_log and self.found.verdict == "unread" else self.found.verdict


@dataclass(frozen=True, slots=True)
class Register:
    """Everything that was released and what speaks against it, ready to be asked.

    `edition` is the folder of the released edition, `files` what its manifest lists, by piece and by SHA-256.
    """

    verdicts: Verdicts
    by_log: bool
    edition: Path
    by_id: Mapping[Id, PieceRecord] = field(default_factory=dict)
    by_sha256: Mapping[str, PieceRecord] = field(default_factory=dict)

    def paper(self, written: str) -> Paper:
        """What a paper is, by its control line or the letters at its end."""
        return self._paper(identify_written(self.verdicts, written))

    def file(self, name: str, read: FileIdentity | Fault | str) -> Paper:
        """What a file is, by what `read_bytes` found in it."""
        return self._paper(identify_read(self.verdicts, name, read))

    def pictures(self, sha256: str) -> tuple[bytes, ...]:
        """A PNG of each page of a file of the released edition; none if there is no such file, or it was changed."""
        record = self.by_sha256.get(sha256)
        if record is None or record.kind != "pdf":
            return ()
        try:
            data = published_bytes(self.edition, record.path)
        except OSError:
            return ()
        if content_hash(data) != sha256:
            return ()
        (result,) = contained(_PICTURES, [data])
        return () if isinstance(result, Fault) else tuple(result)

    def _paper(self, found: Identified) -> Paper:
        if found.release is None or found.piece is None:
            return Paper(found, self.by_log)
        evidence, row = self.verdicts.evidence, found.piece
        recall = recall_of((found.release, row), evidence) if found.verdict == "recalled" else None
        return Paper(
            found,
            self.by_log,
            good_until=_last_day(row),
            signed=tuple(evidence.signed[id] for id in row.signed if id in evidence.signed),
            recall=recall,
            later=replaced_by((found.release, row), evidence) if found.verdict == "superseded" else None,
            also=_also(recall, row),
            pictured=self._pictured(found.verdict, row),
        )

    def _pictured(self, verdict: str, row: Released) -> Pictured | None:
        record = self.by_id.get(row.id)
        # A recall deletes its files; the manifest still lists them.
        if record is None or record.kind != "pdf" or not (self.edition / record.path).is_file():
            return None
        same = record.sha256 == row.sha256 or record.facts.inputs == row.facts.inputs
        return Pictured(record.sha256, record.pages, same) if same or verdict == "superseded" else None


def log_mark(workspace: Workspace) -> tuple[ProjectRecords, str]:
    """Changes with the records and the released edition, and with nothing else: a build beside it changes much."""
    # The records are the same object until a file of theirs changes, so comparing them costs nothing.
    return workspace.records(), str(Store(workspace.output, "released").current.resolve())


def open_register(workspace: Workspace, today: date, *, by_log: bool) -> Register:
    """Read the log, and the project too unless the log alone decides."""
    verdicts = verdicts_by_log(workspace, today, (_LOG_ALONE,)) if by_log else verdicts_on_released(workspace, today)
    store = Store(workspace.output, "released")
    try:
        made = [record for record in store.manifest().pieces if record.made]
    except ManifestError:
        # Without the edition there are no pictures; the answer comes from the log.
        made = []
    return Register(
        verdicts,
        by_log,
        store.current.resolve(),
        {record.id: record for record in made},
        {record.sha256: record for record in made},
    )


def _last_day(row: Released) -> date | None:
    try:
        return last_day(row.facts.review_by)
    except ValueError:
        return None


def _also(recall: Recall | None, row: Released) -> tuple[tuple[str, ...], ...]:
    pulled = recall.pulled if recall is not None else ()
    return tuple(dict.fromkeys(other.printed for other in pulled if other.printed != row.printed))
