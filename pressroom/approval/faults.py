"""Says what is wrong with a file that was released, or is about to be: every fault, in no order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from pressroom.approval.approval_state import ENGLISH, ApprovalState, Case, Records, last_day
from pressroom.approval.evidence import EVERYTHING, Evidence, PieceToday, Reason, ReleasedFile
from pressroom.approval.recall import Pulled, Recall
from pressroom.approval.releases import Release, Released

UNSURE: Final = ("a record that may take it back can't be read", "restore the records from version control")
_RELEASE: Final = "release it anew: publish.py build --release"
_WORDS: Final = frozenset({"english", "translation", "words"})
# How `Released.signed` names the file of each signature.
_SIGNATURE: Final = re.compile(r"\(([a-z]+-\d{4}-\d{2}-\d{2}-[0-9a-f]{8}\.toml)\)")


def faults(piece: PieceToday, evidence: Evidence, file: ReleasedFile) -> Iterator[Reason]:
    """Every fault of a file; the codes are those of the table in `verdict.py`."""
    if not file.whole:
        yield Reason("altered", "its file is not the one that was released", _RELEASE)
    if evidence.is_unsure(piece.document, piece.locale):
        yield Reason("unsure", *UNSURE)
    if evidence.clock_wrong:
        yield Reason("unsure", "today is before the newest record", "set the clock of this machine right")
    if not piece.known:
        yield Reason("gone", "its document is no longer in the project", "pull it from the racks")
    elif piece.case is None or piece.state is None:
        yield Reason("dropped", "the project makes no such piece any more, or can't read it", "run: publish.py check")
    if piece.locale != ENGLISH and piece.english is not None and piece.english.recalls:
        message = "the English it was translated from is no longer offered: it was recalled"
        yield Reason("orphaned", message, "release the English first")
    if file.release is not None and file.row is not None:
        yield from _row_faults(piece, evidence, file.release, file.row)
    elif EVERYTHING not in evidence.unsure:
        yield Reason("unlogged", "the log of releases does not know it", _RELEASE)


def _row_faults(piece: PieceToday, evidence: Evidence, release: Release, row: Released) -> Iterator[Reason]:
    recall = recall_of(release, row, evidence.records)
    if recall is not None:
        message = f"on {recall.dated} by {recall.name}: {recall.reason}"
        yield Reason("recalled", message, "pull it from the racks; a new release needs all signatures anew")
    if evidence.today > _last_day(row.facts.review_by):
        hint = "a clinician reads it again, sets a new date, and all sign"
        yield Reason("expired", f"its review date was {row.facts.review_by}", hint)
    later = _replaced_by(release, row, evidence.records.releases)
    if later is not None:
        yield Reason("superseded", f"released anew on {later.dated}", "hand out the later release")
    if piece.case is not None and piece.state is not None:
        yield from _changes(row, piece.case, piece.state, evidence.records)


def _changes(row: Released, case: Case, state: ApprovalState, records: Records) -> Iterator[Reason]:
    """What is no longer as it was when the file was released."""
    changed = row.facts.content.differences(case.content)
    if "emergency" in changed:
        message = (
            f"it prints {row.facts.content.emergency}, and the emergency number of {row.clinic} is {case.emergency} now"
        )
        yield Reason("clinic-changed", message, _RELEASE)
    elif "imprint" in changed:
        message = f"what it says of {row.clinic}, or where it can be read, changed since it was released"
        yield Reason("clinic-changed", message, _RELEASE)
    if changed & _WORDS:
        yield Reason("stale", "the words changed since it was released", _RELEASE)
    if changed:
        if not _signatures_stand(row, records):
            yield Reason("unapproved", "a signature it was released on was taken back, or does not count", _RELEASE)
    elif state.name != "approved":
        message = f"a signature was taken back since it was released: it is {state.name}"
        yield Reason("unapproved", message, "the signer signs again, or recall it")


def recall_of(release: Release, row: Released, records: Records) -> Recall | None:
    """The recall that a released file fell under. Answering a recall allows a new release; the old file stays recalled.

    A file is later than a recall only if it was released on that day or after, on signatures that name the recall.
    """
    for recall in records.recalls:
        if any(_is_pulled(row, pulled) for pulled in recall.pulled):
            return recall
        if recall.covers(row.document, row.locale):
            answering = {record.file for record in records.signoffs if recall.id in record.answers}
            answered = bool(_signatures(row)) and _signatures(row) <= answering
            if release.dated < recall.dated or not answered:
                return recall
    return None


def _is_pulled(row: Released, pulled: Pulled) -> bool:
    """True where a recall lists the very file, or paper that can't be told from it."""
    printed = (row.number, row.locale, row.facts.version, row.facts.inputs)
    return pulled.sha256 == row.sha256 or (pulled.number, pulled.locale, pulled.version, pulled.inputs) == printed


def _replaced_by(release: Release, row: Released, log: tuple[Release, ...]) -> Release | None:
    """The last release of the piece, if it is later than this one and was made from other inputs."""
    for later in reversed(log):
        if later.number <= release.number:
            return None
        for other in later.pieces:
            if other.id == row.id and not other.sheet:
                return None if other.facts.key == row.facts.key else later
    return None


def _signatures(row: Released) -> set[str]:
    return set(_SIGNATURE.findall(row.signed))


def _signatures_stand(row: Released, records: Records) -> bool:
    """True where every record the file was released on still counts and nobody took it back."""
    void = {name for withdrawal in records.withdrawals for name in withdrawal.voids}
    return bool(_signatures(row)) and _signatures(row) <= {record.file for record in records.signoffs} - void


def _last_day(review_by: str) -> date:
    """The last day a file may be handed out; a date that can't be read is long past."""
    try:
        return last_day(review_by)
    except ValueError:
        return date.min
