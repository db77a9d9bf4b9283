"""Says what is wrong with a file that was released, or is about to be: every fault, in no order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from pressroom.approval.approval_state import ApprovalState, Case, last_day
from pressroom.approval.evidence import EVERYTHING, Entry, Evidence, PieceToday, Reason, ReleasedFile
from pressroom.approval.recall import Recall
from pressroom.approval.releases import Release, Released
from pressroom.language import ENGLISH

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
    if file.entry is not None:
        yield from _entry_faults(piece, evidence, file.entry)
    elif EVERYTHING not in evidence.unsure:
        yield Reason("unlogged", "the log of releases does not know it", _RELEASE)


def _entry_faults(piece: PieceToday, evidence: Evidence, entry: Entry) -> Iterator[Reason]:
    row = entry[1]
    recall = recall_of(entry, evidence)
    if recall is not None:
        message = f"on {recall.dated} by {recall.name}: {recall.reason}"
        yield Reason("recalled", message, "pull it from the racks; a new release needs all signatures anew")
    if evidence.today > _last_day(row.facts.review_by):
        hint = "a clinician reads it again, sets a new date, and all sign"
        yield Reason("expired", f"its review date was {row.facts.review_by}", hint)
    later = _replaced_by(entry, evidence)
    if later is not None:
        yield Reason("superseded", f"released anew on {later.dated}", "hand out the later release")
    if piece.case is not None and piece.state is not None:
        yield from _changes(row, piece.case, piece.state, evidence)


def _changes(row: Released, case: Case, state: ApprovalState, evidence: Evidence) -> Iterator[Reason]:
    """What is no longer as it was when the file was released."""
    changed, printed = row.facts.content.differences(case.content), row.facts.content.emergency
    if "emergency" in changed:
        message = f"it prints {printed}, and the emergency number of {row.clinic} is {case.emergency} now"
        yield Reason("clinic-changed", message, _RELEASE)
    elif "imprint" in changed:
        message = f"what it says of {row.clinic}, or where it can be read, changed since it was released"
        yield Reason("clinic-changed", message, _RELEASE)
    if changed & _WORDS:
        yield Reason("stale", "the words changed since it was released", _RELEASE)
    if changed and not _signatures_stand(row, evidence):
        yield Reason("unapproved", "a signature it was released on was taken back, or does not count", _RELEASE)
    if not changed and state.name != "approved":
        message = f"a signature was taken back since it was released: it is {state.name}"
        yield Reason("unapproved", message, "the signer signs again, or recall it")


def recall_of(entry: Entry, evidence: Evidence) -> Recall | None:
    """The recall that a released file fell under. Answering a recall allows a new release; the old file stays recalled.

    A file is later than a recall only if it was released on that day or after, on signatures that name the recall.
    """
    release, row = entry
    listed = evidence.pulled.get(row.sha256) or evidence.pulled.get(row.printed)
    if listed is not None:
        return listed
    for recall in evidence.records.recalls:
        if recall.covers(row.document, row.locale) and not (
            release.dated >= recall.dated and _answers(row, recall, evidence)
        ):
            return recall
    return None


def _answers(row: Released, recall: Recall, evidence: Evidence) -> bool:
    """True where the file was released on signatures that all name the recall."""
    signoffs = {record.file: record for record in evidence.records.signoffs}
    names = _signatures(row)
    return bool(names) and all(name in signoffs and recall.id in signoffs[name].answers for name in names)


def _replaced_by(entry: Entry, evidence: Evidence) -> Release | None:
    """The last release of the piece, if it is later than this one and was made from other inputs."""
    release, row = entry
    last = evidence.rows.get(row.id, ((release, row),))[-1]
    return last[0] if last[0].number > release.number and last[1].facts.key != row.facts.key else None


def _signatures(row: Released) -> set[str]:
    return set(_SIGNATURE.findall(row.signed))


def _signatures_stand(row: Released, evidence: Evidence) -> bool:
    """True where every record the file was released on still counts and nobody took it back."""
    return bool(_signatures(row)) and all(name in evidence.signed for name in _signatures(row))


def _last_day(review_by: str) -> date:
    """The last day a file may be handed out; a date that can't be read is long past."""
    try:
        return last_day(review_by)
    except ValueError:
        return date.min
