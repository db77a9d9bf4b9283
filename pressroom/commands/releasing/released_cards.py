"""Released cards for a sheet: asks whether each may be handed out today, and logs the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pressroom.approval import Released
from pressroom.approval.verdict import Verdict
from pressroom.commands.signing.release_log import next_release, write_log
from pressroom.commands.signing.verdicts import open_verdicts
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic
from pressroom.fingerprint import content_hash
from pressroom.language import ENGLISH
from pressroom.publish import PieceRecord
from pressroom.workspace.workspace import Workspace

Card = tuple[PieceRecord, bytes]


def released_cards(
    workspace: Workspace, cards: Sequence[Card], today: date
) -> tuple[tuple[Released, ...], list[Diagnostic]]:
    """The log's rows of these cards, and every reason why one of them may not be handed out today.

    An old translation goes only with the current English beside it on the sheet.
    """
    verdicts = open_verdicts(workspace, today, [record for record, _ in cards])
    problems = [d for d in verdicts.problems if d.severity is Severity.ERROR]
    made = [(r, verdicts.on_record(r, whole=content_hash(data) == r.sha256)) for r, data in cards]
    beside = any(record.locale == ENGLISH and verdict.may_be_offered for record, verdict in made)
    for record, verdict in made:
        if not (verdict.may_be_offered or (beside and verdict.may_be_offered_beside_english)):
            problems += _reasons(record, verdict)
    return tuple(entry[1] for record, _ in cards if (entry := verdicts.entry_of(record)) is not None), problems


def _reasons(record: PieceRecord, verdict: Verdict) -> Iterator[Diagnostic]:
    hint = f"release it anew: publish.py build --release {record.document} --locale {record.locale}"
    if verdict.may_be_offered_beside_english:
        hint = f"{hint}; until then it goes only with the current English: add --locale {ENGLISH}"
    fault = verdict.against("be_offered")[0]
    yield diagnostic("card-unfit", Span(record.path), f"it is {fault.code}: {fault.message}", hint)


def log_sheet(
    workspace: Workspace, pieces: Sequence[Released], by: str, today: date, name: str, sheet: str, data: bytes
) -> str:
    """Log a sheet of released cards, so that `verify` knows it and a recall names it; nothing if it was logged before.

    Raises:
        OSError: the log can't be written.
    """
    log, digest = workspace.records().records.releases, content_hash(data)
    if any(piece.sha256 == digest for release in log for piece in release.pieces):
        return ""
    rows = [replace(p, path=name, facts=replace(p.facts, sha256=digest), sheet=sheet) for p in pieces]
    return write_log(workspace, next_release(log, today, by, rows))
