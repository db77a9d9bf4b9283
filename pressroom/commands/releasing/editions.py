"""Editions: which earlier releases stay in a new one, the list of those kept, and the return to an earlier one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pressroom.approval.verdict import Verdict
from pressroom.commands.releasing.release_log import first_released, is_last_logged, next_release, write_log
from pressroom.commands.signing.desk import write_desk_of
from pressroom.commands.signing.signer import Signer
from pressroom.commands.signing.verdicts import Verdicts, open_verdicts
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import ENGLISH
from pressroom.planning.named import UsageError
from pressroom.publish import ManifestError, PieceRecord, Store, read_manifest
from pressroom.publish.lock import hold
from pressroom.publish.store import Channel, is_as_published, number_of
from pressroom.workspace.records import with_current_names
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: `number` counts from 1, `made` are its files, `newest` the latest day a file was released.

    `problem` is why its manifest can't be read; it then has no `made` and no `newest`.
    """

    channel: Channel
    number: int
    path: Path
    current: bool
    made: int = 0
    newest: str = ""
    problem: Diagnostic | None = None


def editions(output: Path) -> tuple[Edition, ...]:
    """Every edition of proofs and of releases that is kept, the oldest first."""
    stores = (Store(output.resolve(), "current"), Store(output.resolve(), "released"))
    return tuple(_edition(store, path) for store in stores for path in store.editions())


@dataclass(frozen=True, slots=True)
class Rollback:
    """The result of a return to an earlier edition: why it may not come back, or its log (empty if nothing changed).

    `not_offered` are its files that may not be handed out by themselves today, each with the reason.
    """

    reasons: tuple[Diagnostic, ...] = ()
    log: str = ""
    not_offered: tuple[tuple[str, str], ...] = ()


def rollback(workspace: Workspace, output: Path, number: int, by: Signer, today: date) -> Rollback:
    """Make an earlier released edition current again, and log that its files are the latest releases now."""
    store = Store(output, "released")
    kept = {number_of(path): path for path in store.editions()}
    if number not in kept:
        raise UsageError(f"there is no edition {number}", f"there are {', '.join(map(str, kept)) or 'none'}")
    done = hold(output, lambda: _roll_back(workspace, store, kept[number], by, today))
    return Rollback((done,)) if isinstance(done, Diagnostic) else done


def _roll_back(workspace: Workspace, store: Store, edition: Path, by: Signer, today: date) -> Rollback:
    manifest = with_current_names(read_manifest(edition), workspace.records())
    pieces = [piece for piece in manifest.pieces if piece.made]
    verdicts = open_verdicts(workspace, today, pieces)
    judged = [(piece, verdicts.on_file(piece, edition)) for piece in pieces]
    reasons = (*verdicts.problems, *_reasons(edition, judged))
    if reasons:
        return Rollback(reasons)
    rows = [entry[1] for piece in pieces if (entry := verdicts.entry_of(piece)) is not None]
    again = [row for row in rows if not is_last_logged(row, verdicts.evidence)]
    release = next_release(workspace, today, by, again)
    log = write_log(workspace, release, by)
    store.return_to(edition)
    verdicts = verdicts.with_release(release)
    faults = {piece.path: verdicts.on_record(piece, intact=True).against("be_offered") for piece in pieces}
    write_desk_of(verdicts, store)
    return Rollback((), log, tuple((path, str(against[0])) for path, against in faults.items() if against))


def _reasons(edition: Path, made: list[tuple[PieceRecord, Verdict]]) -> Iterator[Diagnostic]:
    recalled = any(verdict.name == "recalled" for _, verdict in made)
    # A recall deleted its files: that they are missing says nothing more.
    if not recalled and not is_as_published(edition, read_manifest(edition)):
        hint = "release again: {command} build --release; it leaves out what was never released"
        yield diagnostic("rollback", Span(str(edition)), "its files are not those that its manifest lists", hint)
    hint = "return to another edition, or release again: {command} build --release"
    for record, verdict in made:
        for fault in verdict.against("come_back")[:1]:
            yield diagnostic("rollback", Span(str(edition / record.path)), f"it may not come back: {fault}", hint)


def _edition(store: Store, path: Path) -> Edition:
    edition = Edition(store.channel, number_of(path), path, path == store.current.resolve())
    try:
        made = [record for record in read_manifest(path).pieces if record.made]
    except ManifestError as error:
        return replace(edition, problem=error.problem)
    # A recall deletes files from old editions; their manifest still lists them.
    there = [record for record in made if (path / record.path).is_file()]
    return replace(edition, made=len(there), newest=max((record.released for record in made), default=""))


def keep_released(
    verdicts: Verdicts, before: Iterable[PieceRecord], released: Collection[PieceRecord], store: Store
) -> tuple[tuple[PieceRecord, ...], tuple[tuple[PieceRecord, str], ...]]:
    """The earlier files without a new release: those that stay, with today's verdict, and those that go, and why.

    A translation that may be offered only beside the English names the English file in `offer_with`.
    """
    again = {record.id for record in released}
    earlier = [record for record in before if record.made and record.id not in again]
    judged = [(r, verdicts.on_record(r, intact=store.holds(r.sha256))) for r in earlier]
    gone = tuple((record, str(fault)) for record, verdict in judged for fault in verdict.against("stay")[:1])
    stay = [(_as_logged(record, verdicts), verdict) for record, verdict in judged if verdict.may("stay")]
    offered = [*released, *(record for record, verdict in stay if verdict.may("be_offered"))]
    return tuple(_as_of_today(*row, offered) for row in stay), gone


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
