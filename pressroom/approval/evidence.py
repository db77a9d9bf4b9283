"""What a verdict is made from: all records, what the project would print today, and a file that was released."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pressroom.approval.approval_state import ApprovalState, Case
from pressroom.approval.log import EVERYTHING
from pressroom.approval.records import Recall, Records, SignOff
from pressroom.approval.releases import Release, Released
from pressroom.language import ENGLISH

# Document, locale, clinic, product.
Id = tuple[str, str, str, str]
# A row of the release log, with its release.
Entry = tuple[Release, Released]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason against a piece or a file: a code, what is wrong, and what to do."""

    code: str
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All records as of today.

    `unsure` are the (document, locale) for which a record that takes something back can't be read; `EVERYTHING` is the
    complete project. `clock_wrong` is True if today is before the newest record.

    The rest are look-up tables. `rows` are the log's rows of each piece, the earliest first, without sheets and files
    for printers; `by_sha256` are all rows; `versions` are all rows of each (document, locale), by version. `signed` are
    the sign-offs by id, `void` the ids of those that were taken back. `pulled` are the recalls that list a file, by its
    SHA-256 and by its control line.
    """

    records: Records
    today: date
    unsure: frozenset[tuple[str, str]] = frozenset()
    clock_wrong: bool = False
    rows: Mapping[Id, tuple[Entry, ...]] = field(default_factory=dict)
    versions: Mapping[tuple[str, str], Mapping[str, Sequence[Entry]]] = field(default_factory=dict)
    by_sha256: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    signed: Mapping[str, SignOff] = field(default_factory=dict)
    void: frozenset[str] = frozenset()
    pulled: Mapping[str | tuple[str, ...], Recall] = field(default_factory=dict)

    def is_unsure(self, document: str, locale: str) -> bool:
        """True if a record that can't be read could be about this document in this locale."""
        return not self.unsure.isdisjoint({EVERYTHING, (document, locale), (document, ENGLISH)})

    def entry_of(self, id: Id, path: str, sha256: str) -> Entry | None:
        """The log's last row of exactly this file under this name; None if it was never released."""
        entries = [e for e in self.rows.get(id, ()) if (e[1].path, e[1].sha256) == (path, sha256)]
        return entries[-1] if entries else None


def evidence_of(records: Records, today: date, unsure: Collection[tuple[str, str]] = ()) -> Evidence:
    """The records with their look-up tables."""
    rows: defaultdict[Id, list[Entry]] = defaultdict(list)
    versions: dict[tuple[str, str], dict[str, list[Entry]]] = {}
    by_sha256: defaultdict[str, list[Entry]] = defaultdict(list)
    log = records.log
    for release in sorted(records.releases, key=lambda release: log.place(release.id)):
        for row in release.pieces:
            of_text = versions.setdefault((row.document, row.locale), {})
            of_text.setdefault(row.facts.version, []).append((release, row))
            by_sha256[row.sha256].append((release, row))
            if not row.sheet:
                rows[row.id].append((release, row))
    return Evidence(
        records=records,
        today=today,
        unsure=frozenset(unsure),
        clock_wrong=records.newest is not None and today < records.newest,
        rows={id: tuple(entries) for id, entries in rows.items()},
        versions=versions,
        by_sha256={sha256: tuple(entries) for sha256, entries in by_sha256.items()},
        signed={record.id: record for record in records.signoffs},
        void=frozenset(id for withdrawal in records.withdrawals for id in withdrawal.voids),
        pulled={
            key: recall for recall in records.recalls for row in recall.pulled for key in (row.sha256, row.printed)
        },
    )


@dataclass(frozen=True, slots=True)
class PieceToday:
    """What the project would print of a piece today.

    `case` and `state` are None if the project makes no such piece or can't read its texts. `english` is the state of
    the English that it is translated from, None for the English itself and if there is none. `version` is the
    document's. `known` is False if the project has no document of this name.
    """

    document: str
    locale: str
    case: Case | None = None
    state: ApprovalState | None = None
    english: ApprovalState | None = None
    version: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """A file to judge: its row in the log (None if it has none), and whether its bytes are the released ones."""

    entry: Entry | None
    intact: bool = True
