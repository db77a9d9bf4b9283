"""What a verdict is made from: everybody's records, what the project would print today, a file that was released."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from pressroom.approval.approval_state import ApprovalState, Case, Records
from pressroom.approval.recall import Recall
from pressroom.approval.releases import Release, Released
from pressroom.approval.signoff import SignOff
from pressroom.language import ENGLISH

EVERYTHING: Final = ("", "")
# Document, locale, clinic, product.
Id = tuple[str, str, str, str]
# A row of the release log, with its release.
Entry = tuple[Release, Released]


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that speaks against a piece or a file: a code, what is wrong, and what to do."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What everybody recorded, as of today.

    `unsure` are the (document, locale) of which a record that takes back can't be read; `EVERYTHING` is the whole
    project. `clock_wrong` is True where today is before the newest record.

    The rest is the records, arranged for look-up. `rows` are the log's rows of each piece, the earliest first, without
    sheets and files for printers; `by_sha256` are all rows; `versions` are those released of each (document, locale).
    `signed` are the sign-offs that count, by file name, without those that were taken back. `pulled` are the recalls
    that list a file, by its SHA-256 and by its control line.
    """

    records: Records
    today: date
    unsure: frozenset[tuple[str, str]] = frozenset()
    clock_wrong: bool = False
    rows: Mapping[Id, tuple[Entry, ...]] = field(default_factory=dict)
    versions: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    by_sha256: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    signed: Mapping[str, SignOff] = field(default_factory=dict)
    pulled: Mapping[str | tuple[str, ...], Recall] = field(default_factory=dict)

    def is_unsure(self, document: str, locale: str) -> bool:
        """True where a record that can't be read could speak of this document in this locale."""
        return not self.unsure.isdisjoint({EVERYTHING, (document, locale), (document, ENGLISH)})

    def entry_of(self, id: Id, path: str, sha256: str) -> Entry | None:
        """The log's last row of this very file under this very name; None where nobody released it."""
        entries = [e for e in self.rows.get(id, ()) if (e[1].path, e[1].sha256) == (path, sha256)]
        return entries[-1] if entries else None


def evidence_of(records: Records, today: date, unsure: Collection[tuple[str, str]] = ()) -> Evidence:
    """The evidence of a day, with the records sorted for `decide`."""
    rows: defaultdict[Id, list[Entry]] = defaultdict(list)
    versions: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    by_sha256: defaultdict[str, list[Entry]] = defaultdict(list)
    for release in records.releases:
        for row in release.pieces:
            versions[row.document, row.locale].add(row.facts.version)
            by_sha256[row.sha256].append((release, row))
            if not row.sheet:
                rows[row.id].append((release, row))
    void = {name for withdrawal in records.withdrawals for name in withdrawal.voids}
    return Evidence(
        records=records,
        today=today,
        unsure=frozenset(unsure),
        clock_wrong=records.newest is not None and today < records.newest,
        rows={id: tuple(entries) for id, entries in rows.items()},
        versions={piece: frozenset(released) for piece, released in versions.items()},
        by_sha256={sha256: tuple(entries) for sha256, entries in by_sha256.items()},
        signed={record.file: record for record in records.signoffs if record.file not in void},
        pulled={
            key: recall for recall in records.recalls for row in recall.pulled for key in (row.sha256, row.printed)
        },
    )


@dataclass(frozen=True, slots=True)
class PieceToday:
    """What the project would print of a piece today.

    `case` and `state` are None where the project makes no such piece or can't read its texts. `english` is the state
    of the English it is translated from, None for the English itself and where there is none. `version` is the
    document's. `known` is False where the project has no document of this name.
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
    """A file of an edition, or one handed in: the log's row of it, and whether its bytes are the released ones.

    `entry` is None where the log does not know the file.
    """

    entry: Entry | None
    whole: bool = True
