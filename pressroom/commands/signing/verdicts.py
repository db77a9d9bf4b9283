"""Asks `approval/verdict.py` about the pieces of a project and the files in its editions. No rule is made here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pressroom.approval import Release, Released
from pressroom.approval.evidence import Entry, Evidence, Id, PieceToday, ReleasedFile, evidence_of
from pressroom.approval.verdict import Verdict, decide
from pressroom.commands.building.desk_page import has_desk, write_desk
from pressroom.commands.signing.approval_states import ApprovalStates
from pressroom.diagnostics import Diagnostic
from pressroom.planning.plan import Job, Plan, Request, make_plan
from pressroom.publish import PieceRecord, Store
from pressroom.publish.lock import hold
from pressroom.publish.store import sha256_of
from pressroom.workspace.records import clock_problem, with_names_of_today
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Decides about the pieces of a plan and their released files, by everybody's records.

    `documents` are the names of the project's documents; `problems` are the errors in the records, the clock
    and the files that every piece depends on.
    """

    states: ApprovalStates
    evidence: Evidence
    jobs: dict[Id, Job]
    documents: frozenset[str]
    problems: tuple[Diagnostic, ...]

    def on_piece(self, id: Id) -> Verdict:
        """Whether a new release of a piece may be made."""
        return decide(self._today(id), self.evidence)

    def on_record(self, record: PieceRecord, *, whole: bool) -> Verdict:
        """What may happen to a file that a manifest lists; `whole` is False where its bytes are not the listed ones."""
        return decide(self._today(record.id), self.evidence, ReleasedFile(self.entry_of(record), whole))

    def on_file(self, record: PieceRecord, generation: Path) -> Verdict:
        """What may happen to a file as it is in a generation's folder."""
        return self.on_record(record, whole=sha256_of(generation / record.path) == record.sha256)

    def on_entry(self, entry: Entry, *, whole: bool = True) -> Verdict:
        """What may happen to a file that the log knows, or that is about to be released."""
        return decide(self._today(entry[1].id), self.evidence, ReleasedFile(entry, whole))

    def entry_of(self, record: PieceRecord) -> Entry | None:
        """The log's last row of this very file under this very name; None where nobody released it."""
        return self.evidence.entry_of(record.id, record.path, record.sha256)

    def with_release(self, release: Release) -> Verdicts:
        """The same with one more release in the log."""
        old, records = self.evidence, self.evidence.records
        records = replace(records, releases=(*records.releases, release))
        return replace(self, evidence=evidence_of(records, old.today, old.unsure))

    def _today(self, id: Id) -> PieceToday:
        job = self.jobs.get(id)
        if job is None:
            return PieceToday(id[0], id[1], known=id[0] in self.documents)
        case, state = self.states.of(job)
        english = self.states.english(job)
        source = self.states.of(english)[1] if english is not None and english is not job else None
        return PieceToday(id[0], id[1], case, state, source, job.front.version)


def verdicts_of(workspace: Workspace, plan: Plan, today: date) -> Verdicts:
    """The verdicts on a plan's pieces."""
    found, states = workspace.records(), ApprovalStates(workspace, today, plan.jobs)
    findings = (*workspace.shared_findings(), *found.diagnostics, clock_problem(found.records, today))
    return Verdicts(
        states=states,
        evidence=evidence_of(found.records, today, found.unsure),
        jobs={job.id: job for job in plan.jobs},
        documents=frozenset(workspace.documents().usable) | plan.refused.keys(),
        problems=tuple(d for d in findings if d is not None and d.bars),
    )


def open_verdicts(workspace: Workspace, today: date, files: Iterable[PieceRecord | Released] = ()) -> Verdicts:
    """The verdicts on everything the project makes, and on the products of these files beside.

    Raises:
        UsageError: the project's plan can't be made.
    """
    return verdicts_of(workspace, make_plan(workspace, Request(), {(f.document, f.product) for f in files}), today)


def write_released_desk(workspace: Workspace, store: Store, today: date) -> None:
    """Write the desk page of the released edition: only what may be handed out today is on it.

    Raises:
        OSError: it can't be written; the page before is still there.
    """
    pieces = [piece for piece in with_names_of_today(store.manifest(), workspace.records()).pieces if piece.made]
    verdicts = open_verdicts(workspace, today, pieces)
    offered = {piece.path for piece in pieces if verdicts.on_file(piece, store.current).may_be_offered}
    write_desk(workspace, store, offered)


def refresh_released_desk(workspace: Workspace, output: Path, today: date) -> tuple[Diagnostic, ...]:
    """Rewrite the desk page, if there is one, after something was taken back; the reason if it can't be written."""
    store = Store(output, "released")
    done = hold(output, lambda: write_released_desk(workspace, store, today)) if has_desk(store) else None
    return (done,) if isinstance(done, Diagnostic) else ()
