"""Released cards for a sheet: files of the edition go in, those that may be handed out today come out, and a log."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pressroom.approval import Released
from pressroom.commands.releasing.judge import Identified
from pressroom.commands.releasing.verify import open_judge
from pressroom.commands.signing.release_log import is_logged, write_log
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic
from pressroom.planning.plan import ENGLISH
from pressroom.project import Project
from pressroom.publish import PieceRecord
from pressroom.publish.file_identity import read_identity
from pressroom.workspace.records import read_records

Card = tuple[PieceRecord, bytes]


def released_cards(
    project: Project, cards: Sequence[Card], today: date
) -> tuple[tuple[Released, ...], list[Diagnostic]]:
    """What the log says of these cards, and every reason why one of them may not be handed out today.

    An old translation goes only with the current English beside it on the sheet.
    """
    judge, troubles = open_judge(project, today)
    problems = [d for d in troubles if d.severity is Severity.ERROR]
    judged: dict[str, Identified] = {}
    for record, data in cards:
        marks = read_identity(data)
        judged[record.locale] = (
            judge.judge(record.path, marks) if marks else Identified(record.path, "foreign", "it is no piece")
        )
    english = judged.get(ENGLISH)
    beside = english is not None and english.verdict == "current"
    records = read_records(project).records
    for record, data in cards:
        found = judged[record.locale]
        same = hashlib.sha256(data).hexdigest() == record.sha256 and is_logged(record, records)
        problems += _reasons(record, found, same=same, beside=beside)
    return tuple(found.piece for found in judged.values() if found.piece is not None), problems


def _reasons(record: PieceRecord, found: Identified, *, same: bool, beside: bool) -> Iterator[Diagnostic]:
    if same and (found.verdict == "current" or (found.verdict == "stale" and beside)):
        return
    verdict, why = (found.verdict, found.why) if same else ("altered", "it is not the file that was released")
    hint = f"release it anew: publish.py build --release {record.document} --locale {record.locale}"
    if verdict == "stale":
        hint = f"{hint}; until then it goes only with the current English: add --locale {ENGLISH}"
    yield diagnostic("card-unfit", Span(record.path), f"it is {verdict}: {why}", hint)


def log_sheet(
    project: Project, pieces: Sequence[Released], by: str, today: date, name: str, sheet: str, data: bytes
) -> str:
    """Log a sheet of released cards, so that it can be told what it is and be recalled; nothing where it was logged.

    Raises:
        OSError: the log can't be written.
    """
    log, digest = read_records(project).records.releases, hashlib.sha256(data).hexdigest()
    if any(piece.sha256 == digest for release in log for piece in release.pieces):
        return ""
    rows = [replace(p, path=name, facts=replace(p.facts, sha256=digest), sheet=sheet) for p in pieces]
    return write_log(project, log, today, by, rows)
