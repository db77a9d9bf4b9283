"""What a verdict is made from: everybody's records today, what the project would print, a file that was released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from pressroom.approval.approval_state import ENGLISH, ApprovalState, Case, Records
from pressroom.approval.releases import Release, Released

EVERYTHING: Final = ("", "")


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
    """

    records: Records
    today: date
    unsure: frozenset[tuple[str, str]] = frozenset()
    clock_wrong: bool = False

    def is_unsure(self, document: str, locale: str) -> bool:
        """True where a record that can't be read could speak of this document in this locale."""
        return not self.unsure.isdisjoint({EVERYTHING, (document, locale), (document, ENGLISH)})


def evidence_of(records: Records, today: date, unsure: frozenset[tuple[str, str]] = frozenset()) -> Evidence:
    """The evidence today, with the clock compared once."""
    newest = records.newest
    return Evidence(records, today, unsure, clock_wrong=newest is not None and today < newest)


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
    """A file of an edition, or one handed in: the row that the log of releases has for it, and that row's release.

    Both are None where the log does not know the file. `whole` is False where its bytes are not the released ones.
    """

    release: Release | None
    row: Released | None
    whole: bool = True
