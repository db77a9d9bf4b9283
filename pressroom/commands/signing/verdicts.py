"""Asks `approval/verdict.py` about the pieces of a project and the files in its editions. No rule is made here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from pressroom.approval import Release
from pressroom.approval.evidence import Entry, Evidence, Id, PieceToday, ReleasedFile, evidence_of
from pressroom.approval.verdict import Verdict, decide
from pressroom.commands.building.desk_page import write_desk
from pressroom.commands.signing.approval_states import ApprovalStates
from pressroom.planning.plan import Job, Plan, Request, make_plan
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import sha256_of
from pressroom.workspace.records import with_names_of_today
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Decides about the pieces of a plan and their released files, by everybody's records."""

    states: ApprovalStates
    evidence: Evidence
    jobs: dict[Id, Job]
    documents: frozenset[str]

    def on_piece(self, id: Id) -> Verdict:
        """Whether a new release of a piece may be made."""
        return decide(self._today(id), self.evidence)

    def on_record(self, record: PieceRecord, *, whole: bool) -> Verdict:
        """What may happen to a file that a manifest lists; `whole` is False where its bytes are not the listed ones."""
        entry = self.evidence.entry_of(record.id, record.path, record.sha256)
        return decide(self._today(record.id), self.evidence, ReleasedFile(entry, whole))

    def on_entry(self, entry: Entry, *, whole: bool = True) -> Verdict:
        """What may happen to a file that the log knows, or that is about to be released."""
        return decide(self._today(entry[1].id), self.evidence, ReleasedFile(entry, whole))

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


def verdicts_of(plan: Plan, states: ApprovalStates) -> Verdicts:
    """The verdicts on a plan's pieces."""
    evidence = evidence_of(states.found.records, states.today, states.found.unsure)
    jobs = {job.id: job for job in plan.jobs}
    return Verdicts(states, evidence, jobs, frozenset(job.document for job in plan.jobs) | plan.refused.keys())


def open_verdicts(workspace: Workspace, today: date, products: Collection[tuple[str, str]] = ()) -> Verdicts:
    """The verdicts on everything the project makes, and on these (document, product) beside.

    Raises:
        UsageError: the project's plan can't be made.
    """
    plan = make_plan(workspace, Request(), products)
    return verdicts_of(plan, ApprovalStates(workspace, today, plan.jobs))


def write_released_desk(workspace: Workspace, store: Store, today: date) -> None:
    """Write the desk page of the released edition: only what may be handed out today is on it.

    Raises:
        OSError: it can't be written; the page before is still there.
    """
    pieces = with_names_of_today(store.manifest(), workspace.records()).pieces
    verdicts = open_verdicts(workspace, today, {(piece.document, piece.product) for piece in pieces})
    write_desk(workspace, store, offered_paths(verdicts, pieces, store))


def offered_paths(verdicts: Verdicts, pieces: Collection[PieceRecord], store: Store) -> set[str]:
    """The files of the current released edition that may be handed out by themselves."""
    made = [piece for piece in pieces if piece.made]
    whole = {piece.path: sha256_of(store.current / piece.path) == piece.sha256 for piece in made}
    return {piece.path for piece in made if verdicts.on_record(piece, whole=whole[piece.path]).may_be_offered}
