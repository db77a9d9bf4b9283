"""Keeps the desk page true: writes it from the log, and brings it up to date when a record is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from pressroom.approval import last_day
from pressroom.approval.evidence import Reason
from pressroom.approval.verdict import Verdict
from pressroom.commands.building.desk_entries import DeskEntry
from pressroom.commands.building.desk_files import desk_entries, listed_files
from pressroom.commands.building.desk_notes import DeskClinic, DeskNotes, Known, known_to
from pressroom.commands.building.desk_page import PAGES, has_desk, has_whole_desk, write_desk
from pressroom.commands.signing.absences import absences, pulls
from pressroom.commands.signing.recalled_files import RecalledCopy, delete_copies, take_out
from pressroom.commands.signing.verdicts import Verdicts, open_verdicts, verdicts_by_log
from pressroom.diagnostics import Diagnostic, DiagnosticError
from pressroom.language import ENGLISH, Language
from pressroom.publish import PieceRecord, Store
from pressroom.publish.lock import hold
from pressroom.publish.store import sha256_of
from pressroom.workspace.confirmations import read_confirmations
from pressroom.workspace.records import with_current_names
from pressroom.workspace.records_mark import clinics_mark, records_mark
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """What bringing the desk up to date did: the pieces that left the edition, copies, and whether the page changed."""

    gone: tuple[PieceRecord, ...] = ()
    copies: tuple[RecalledCopy, ...] = ()
    changed: bool = False


def write_released_desk(workspace: Workspace, store: Store, today: date) -> bool:
    """Write the desk page of the released edition: what may be handed out today, and why the rest is missing."""
    return write_desk_of(_open(workspace, store, today), store)


def _open(workspace: Workspace, store: Store, today: date) -> Verdicts:
    """The verdicts on everything the project makes, and on the products in the edition; else by the records alone."""
    try:
        return open_verdicts(workspace, today, _pieces(store, workspace))
    except DiagnosticError as error:
        return verdicts_by_log(workspace, today, error.problems)


def _pieces(store: Store, workspace: Workspace) -> tuple[PieceRecord, ...]:
    """The pieces in the edition, by their documents' current names."""
    return tuple(r for r in with_current_names(store.manifest(), workspace.records()).pieces if r.made)


def write_desk_of(verdicts: Verdicts, store: Store) -> bool:
    """The same with verdicts that are known; they must cover the products of all pieces in the edition."""
    desk = desk_of(verdicts, store)
    return write_desk(verdicts.workspace, store, desk.offered, desk.notes)


@dataclass(frozen=True, slots=True)
class Desk:
    """What is at the desk: the pieces whose files are offered, and what else its pages say."""

    offered: tuple[PieceRecord, ...]
    notes: DeskNotes


def desk_of(verdicts: Verdicts, store: Store, hash_of: Callable[[Path], str] = sha256_of) -> Desk:
    """What is at the desk by these verdicts; `hash_of` is the SHA-256 of a published file."""
    workspace, evidence = verdicts.workspace, verdicts.evidence
    pieces = _pieces(store, workspace)
    before = listed_files(store.root, store.channel)
    on_files = {p.id: verdicts.on_record(p, intact=hash_of(store.current / p.path) == p.sha256) for p in pieces}
    judged = {
        p.id: (_as_logged(verdicts, p), _fault(verdicts, p, on_files[p.id], f"{store.channel}/{p.path}" in before))
        for p in pieces
    }
    offered = [piece for piece, fault in judged.values() if fault is None]
    refused = [piece for piece, fault in judged.values() if fault is not None]
    beside = [piece for piece in refused if _goes_beside(on_files[piece.id], piece, offered)]
    unclear = evidence.clock_wrong or evidence.unsure or any(map(verdicts.is_unreadable, judged))
    days = timedelta(days=workspace.project.desk_days - 1)
    notes = DeskNotes(
        absences=absences(verdicts, judged),
        pulls=pulls(evidence, {piece.id for piece in offered}, read_confirmations(workspace).value),
        records="" if unclear else records_mark(workspace),
        clinics=clinics_mark(workspace),
        until=_last_good_day((*offered, *beside)),
        today=evidence.today,
        heads=workspace.records().records.log.edition_heads,
        languages=_languages(workspace),
        places=tuple(DeskClinic(clinic.id, clinic.name, clinic.desk) for clinic in workspace.clinics().value),
        good_until=evidence.today + days,
        numbers=_numbers(verdicts, pieces),
        beside=frozenset(piece.path for piece in beside),
    )
    return Desk((*offered, *beside), notes)


def desk_today(
    workspace: Workspace, output: Path, today: date, hash_of: Callable[[Path], str] = sha256_of
) -> tuple[tuple[DeskEntry, ...], DeskNotes]:
    """The files at the desk and what else its pages say, as of now; nothing is written."""
    store = Store(output, "released")
    desk = desk_of(_open(workspace, store, today), store, hash_of)
    return tuple(desk_entries("released", desk.offered, desk.notes)), desk.notes


def _goes_beside(verdict: Verdict, piece: PieceRecord, offered: Iterable[PieceRecord]) -> bool:
    """True if a piece that is not offered alone may be handed out with its current English, which is offered."""
    english = (piece.document, ENGLISH, piece.clinic)
    is_there = any((other.document, other.locale, other.clinic) == english for other in offered)
    return piece.locale != ENGLISH and is_there and verdict.may("beside_english")


def _numbers(verdicts: Verdicts, pieces: Iterable[PieceRecord]) -> dict[str, str]:
    """The number of each piece's document, as the log has it."""
    entries = {piece.path: verdicts.entry_of(piece) for piece in pieces}
    return {path: entry[1].number for path, entry in entries.items() if entry is not None}


def _languages(workspace: Workspace) -> tuple[Language, ...]:
    """The languages of the project, also those that wait for a translator; none if they can't be read."""
    try:
        return workspace.languages(awaiting=True).value
    except DiagnosticError:
        return ()


def _as_logged(verdicts: Verdicts, piece: PieceRecord) -> PieceRecord:
    """The piece with the log's facts: people review the log, not a manifest."""
    entry = verdicts.entry_of(piece)
    return piece if entry is None else replace(piece, facts=entry[1].facts)


def _fault(verdicts: Verdicts, piece: PieceRecord, verdict: Verdict, was_offered: bool) -> Reason | None:
    """Why a piece is not offered. What can't be judged, because a file can't be read, stays as it was on the page."""
    against = verdict.against("be_offered")
    if was_offered and verdicts.is_unreadable(piece.id) and all(fault.code == "dropped" for fault in against):
        return None
    return against[0] if against else None


def _last_good_day(pieces: Iterable[PieceRecord]) -> date | None:
    return min((last_day(piece.facts.review_by) for piece in pieces), default=None)


def refresh_released_desk(workspace: Workspace, output: Path, today: date) -> tuple[Diagnostic, ...]:
    """Rewrite the desk page, if there is one, after something was taken back; the reason if it can't be written."""
    store = Store(output, "released")
    done = hold(output, lambda: write_released_desk(workspace, store, today)) if has_desk(store) else None
    return (done,) if isinstance(done, Diagnostic) else ()


def take_out_recalled(workspace: Workspace, store: Store, today: date) -> CaughtUp:
    """Take out of the edition, the printers' folders and the sheets what was recalled, then write the page.

    Each step can be done twice. The page is written last and remembers the records, so that the next command begins
    again if this one is killed. The caller holds the output.
    """
    verdicts = _open(workspace, store, today)
    gone = take_out(store, workspace.records(), verdicts.evidence)
    copies = delete_copies(workspace.root, store.root, verdicts.evidence)
    changed = (has_desk(store) or store.current.exists()) and write_desk_of(verdicts, store)
    return CaughtUp(gone, copies, changed)


def catch_up(workspace: Workspace, output: Path, today: date) -> CaughtUp | Diagnostic | None:
    """Do this if a recall, a withdrawal or a release is new since the desk page was written, or a file expired.

    None if there is nothing to do; the reason if the output can't be written or another command holds it.
    """
    store = Store(output, "released")
    if not store.current.exists() and not has_desk(store):
        return None
    known = known_to(output / PAGES["released"])
    is_true = known.holds(records_mark(workspace), today) and not _clinics_changed(known, workspace)
    if is_true and has_whole_desk(store):
        return None
    return hold(output, lambda: take_out_recalled(workspace, store, today))


def _clinics_changed(known: Known, workspace: Workspace) -> bool:
    """True if a clinic may have another number now. While the clinics can't be read, that is unknown."""
    return known.clinics != clinics_mark(workspace) and not any(d.bars for d in workspace.shared_findings())


def last_good_day(output: Path) -> date | None:
    """The first last day among the files that the desk page offers; None if it offers nothing."""
    return known_to(output / PAGES["released"]).until
