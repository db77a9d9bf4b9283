"""Decides which earlier releases stay in the edition: those of pieces that were not released again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pressroom.approval.evidence import Id
from pressroom.approval.verdict import Verdict
from pressroom.commands.releasing.release_log import first_released
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
    """Ask for the verdict on every earlier file that has no new release.

    A translation that may be offered only beside the English names the English file in `offer_with`.
    """
    stay: list[tuple[PieceRecord, Verdict]] = []
    gone: list[tuple[PieceRecord, str]] = []
    for record in before:
        if record.id in released or not record.made:
            continue
        verdict = verdicts.on_record(record, whole=store.holds(record.sha256))
        if verdict.may("stay"):
            stay.append((_as_logged(record, verdicts), verdict))
        else:
            fault = verdict.against("stay")[0]
            gone.append((record, f"{fault.code}: {fault.message}"))
    offered = [*released.values(), *(record for record, verdict in stay if verdict.may("be_offered"))]
    return Retention(tuple(_as_of_today(*row, offered) for row in stay), tuple(gone))


def _as_logged(record: PieceRecord, verdicts: Verdicts) -> PieceRecord:
    """The record with the log's facts: the manifest could have been edited."""
    entry = verdicts.entry_of(record)
    first = first_released(record, verdicts.evidence)
    return record if entry is None else replace(record, released=str(first), facts=entry[1].facts)


def _as_of_today(record: PieceRecord, verdict: Verdict, offered: Iterable[PieceRecord]) -> PieceRecord:
    """The record with today's verdict in place of the state that it was released in."""
    if verdict.may("be_offered"):
        return replace(record, state="released", outdated=False, offer_with="")
    english = _english_of(record, offered) if verdict.may("beside_english") else None
    return replace(record, state=verdict.name, outdated=True, offer_with=english.path if english else "")


def _english_of(record: PieceRecord, offered: Iterable[PieceRecord]) -> PieceRecord | None:
    """The English of a piece, as another product if this one is never made in English alone."""
    english = [r for r in offered if (r.document, r.locale, r.clinic) == (record.document, ENGLISH, record.clinic)]
    return next((r for r in english if r.product == record.product), english[0] if english else None)
