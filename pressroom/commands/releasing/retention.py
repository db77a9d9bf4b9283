"""What stays of an edition: the last releases and where their documents stand now go in, what may stay comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pressroom.approval import ApprovalState, Case, Records
from pressroom.commands.signing.approval_states import ApprovalStates
from pressroom.commands.signing.release_log import entry_of, first_released, is_logged
from pressroom.planning.plan import ENGLISH, Plan
from pressroom.publish import Manifest, PieceRecord, Store

Id = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Retention:
    """The earlier releases that stay, each with what stands against it, and those that go, each with the reason."""

    records: tuple[PieceRecord, ...]
    withdrawn: tuple[tuple[PieceRecord, str], ...]


def keep_released(
    plan: Plan, standings: ApprovalStates, before: Manifest, released: dict[Id, PieceRecord], store: Store
) -> Retention:
    """Keep the last release of every piece that has no new one, unless it was recalled or is not what was released.

    An old translation of English that has a newer release is offered only together with that: `offer_with`.
    """
    jobs = {job.id: job for job in plan.jobs}
    stay: dict[Id, PieceRecord] = {}
    gone: list[tuple[PieceRecord, str]] = []
    for record in before.pieces:
        if record.id in released or not record.made:
            continue
        job = jobs.get(record.id)
        case, standing = standings.of(job) if job is not None else (None, None)
        reason = reason_to_withdraw(record, standing, standings.found.records, store) or _unknown(record, plan)
        if reason:
            gone.append((record, reason))
        else:
            stay[record.id] = _as_of_today(_as_logged(record, standings.found.records), case, standing)
    kept: list[PieceRecord] = []
    for record in stay.values():
        english = _english_of(record, {**stay, **released})
        alone = (record.document, ENGLISH, record.clinic, record.product) in jobs
        if record.locale != ENGLISH and english is None and alone:
            gone.append((record, "the English it was translated from is no longer offered"))
        else:
            newer = english is not None and _translated_from(english) != _translated_from(record)
            kept.append(replace(record, offer_with=english.path if english is not None and newer else ""))
    return Retention(tuple(kept), tuple(gone))


def _english_of(record: PieceRecord, offered: dict[Id, PieceRecord]) -> PieceRecord | None:
    """The English of a piece, as another product where that one is never made in English alone."""
    mine = [
        r for r in offered.values() if (r.document, r.locale, r.clinic) == (record.document, ENGLISH, record.clinic)
    ]
    return next((r for r in mine if r.product == record.product), mine[0] if mine else None)


def _translated_from(record: PieceRecord) -> tuple[str, str]:
    content = record.facts.content
    return content.english, content.emergency


def reason_to_withdraw(record: PieceRecord, standing: ApprovalState | None, records: Records, store: Store) -> str:
    """Why a release may no longer lie in the edition; empty where it may.

    `standing` is the piece's own of today, none where that can't be known: then any recall of it counts.
    """
    if not is_logged(record, records):
        return "the log of releases does not know it"
    if not store.holds(record.sha256):
        return "its file is not the one that was released"
    for recall in records.recalls:
        pulled = any(row.sha256 == record.sha256 for row in recall.pulled)
        again = standing is not None and standing.releasable
        covered = recall.covers(record.document, record.locale) and (standing is None or recall in standing.recalls)
        if covered or (pulled and not again):
            return f"recalled on {recall.dated}: {recall.reason}"
    return ""


def _unknown(record: PieceRecord, plan: Plan) -> str:
    """A reason where the document is gone from the project; one that can't be read now is still there."""
    names = {job.document for job in plan.jobs} | set(plan.refused)
    return "" if record.document in names else "its document is no longer in the project"


def _as_logged(record: PieceRecord, records: Records) -> PieceRecord:
    """The record as the log has it: the manifest may have been edited."""
    logged = entry_of(record, records)
    if logged is None:
        return record
    return replace(record, released=str(first_released(record, records)), facts=logged.facts)


def _as_of_today(record: PieceRecord, case: Case | None, standing: ApprovalState | None) -> PieceRecord:
    """The record with its state now: what it was approved as is not what it is any more."""
    if case is None or standing is None:
        return replace(record, outdated=True)
    same = record.facts.content == case.content
    state = "expired" if standing.expired else "released" if same else "stale"
    return replace(record, state=state, outdated=not same)
