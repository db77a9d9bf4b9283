"""The state of each document in each locale today, and what changed since it was signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.approval import Change, SignOff, StateName, changes, signoffs_in_force
from pressroom.approval.evidence import Id
from pressroom.approval.wording import merged
from pressroom.commands.signing.look import look_lines
from pressroom.commands.signing.verdicts import Verdicts, verdicts_of
from pressroom.planning.plan import Job, Request, make_plan, requested_awaiting
from pressroom.workspace.signed_words import last_words
from pressroom.workspace.workspace import Workspace

_ORDER: Final[tuple[StateName, ...]] = ("missing", "machine", "translated", "reviewed", "approved")
_FLAGS: Final = ("stale", "expired", "recalled")
# Its document has sentences that nobody has written.
_SLOTS: Final = "slots"


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """A document in a locale today: the lowest state of its pieces, and the flags that bar a release of any of them.

    `flags` are among stale, expired, recalled and slots. `english` is what changed in the
    English since `since` was signed.
    """

    document: str
    locale: str
    state: StateName
    flags: tuple[str, ...]
    since: SignOff | None
    english: tuple[Change, ...] = ()

    @property
    def words(self) -> str:
        """The state in words: `translated, stale`."""
        return ", ".join([self.state, *self.flags])


def requested_verdicts(workspace: Workspace, request: Request, today: date) -> Verdicts:
    """The verdicts on the requested pieces and on their English. Raises UsageError for unknown names."""
    return verdicts_of(workspace, make_plan(workspace, request, invented=requested_awaiting(workspace, request)), today)


def document_statuses(verdicts: Verdicts) -> dict[tuple[str, str], DocumentStatus]:
    """The status of the requested pieces by document and locale, of those that can be read."""
    pieces: dict[tuple[str, str], list[Id]] = defaultdict(list)
    for job in _requested(verdicts):
        if verdicts.piece(job.id).case is not None:
            pieces[job.document, job.language.tag].append(job.id)
    return {key: status_of(verdicts, ids) for key, ids in pieces.items()}


def looks(verdicts: Verdicts, output: Path) -> tuple[str, ...]:
    """What changed in how the requested pieces are drawn since they were signed, as lines for people."""
    return tuple(look_lines(verdicts, _requested(verdicts), output))


def _requested(verdicts: Verdicts) -> list[Job]:
    return [job for job in verdicts.jobs.values() if job.requested]


def status_of(verdicts: Verdicts, ids: Sequence[Id]) -> DocumentStatus:
    """The status of a document in a locale, from all its pieces that can be read."""
    pieces = [verdicts.piece(id) for id in ids]
    document, locale = pieces[0].document, pieces[0].locale
    bars = {reason.code for id in ids for reason in verdicts.on_piece(id).bars}
    parsed, _ = verdicts.workspace.document(verdicts.jobs[ids[0]].path)
    slots = (_SLOTS,) if parsed is not None and parsed.slots else ()
    last = last_words(verdicts.workspace, signoffs_in_force(verdicts.evidence.records, document, locale))
    now = merged([piece.case.wording for piece in pieces if piece.case is not None]).all_lines
    return DocumentStatus(
        document=document,
        locale=locale,
        state=min((piece.state.name for piece in pieces if piece.state is not None), key=_ORDER.index),
        flags=(*(flag for flag in _FLAGS if flag in bars), *slots),
        since=last[0] if last else None,
        english=changes(last[1], now, "english") if last else (),
    )
