"""Earlier releases of pieces that were not released again: which stay in the edition, and which go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pressroom.approval.evidence import Id
from pressroom.approval.verdict import Verdict
from pressroom.commands.signing.release_log import first_released
from pressroom.commands.signing.verdicts import Verdicts
from pressroom.language import ENGLISH
from pressroom.publish import PieceRecord, Store


@dataclass(frozen=True, slots=True)
class Retention:
    """The earlier releases that stay, as the manifest describes them, and those that go, each with the reason."""

    records: tuple[PieceRecord, ...]
    withdrawn: tuple[tuple[PieceRecord, str], ...]


def keep_released(
    verdicts: Verdicts, before: Iterable[PieceRecord], released: dict[Id, PieceRecord], store: Store
) -> Retention:
    """Ask for the verdict on every earlier file of which there is no new release.

    An old translation that may be offered only beside the English names that file in `offer_with`.
    """
    stay: list[tuple[PieceRecord, Verdict]] = []
    gone: list[tuple[PieceRecord, str]] = []
    for record in before:
        if record.id in released or not record.made:
            continue
        verdict = verdicts.on_record(record, whole=store.holds(record.sha256))
        if verdict.may_stay:
            stay.append((_as_logged(record, verdicts), verdict))
        else:
            fault = verdict.against("stay")[0]
            gone.append((record, f"{fault.code}: {fault.message}"))
    offered = [*released.values(), *(record for record, verdict in stay if verdict.may_be_offered)]
    return Retention(tuple(_as_of_today(*row, offered) for row in stay), tuple(gone))


def _as_logged(record: PieceRecord, verdicts: Verdicts) -> PieceRecord:
    """The record as the log has it: somebody may have edited the manifest."""
    entry = verdicts.entry_of(record)
    first = first_released(record, verdicts.evidence)
    return record if entry is None else replace(record, released=str(first), facts=entry[1].facts)


def _as_of_today(record: PieceRecord, verdict: Verdict, offered: Iterable[PieceRecord]) -> PieceRecord:
    """The record with today's verdict: what it was approved as is not what it is any more."""
    beside = _english_of(record, offered) if verdict.may_be_offered_beside_english else None
    alone = verdict.may_be_offered
    path = beside.path if beside is not None and not alone else ""
    return replace(record, state="released" if alone else verdict.name, outdated=not alone, offer_with=path)


def _english_of(record: PieceRecord, offered: Iterable[PieceRecord]) -> PieceRecord | None:
    """The English of a piece, as another product where that one is never made in English alone."""
    english = (record.document, ENGLISH, record.clinic)
    mine = [other for other in offered if (other.document, other.locale, other.clinic) == english]
    return next((other for other in mine if other.product == record.product), mine[0] if mine else None)
