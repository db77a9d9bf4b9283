"""Release: make an edition of what everybody signed, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.approval import Release, ReleaseFacts
from pressroom.approval.evidence import Id
from pressroom.commands.building.desk_page import write_desk
from pressroom.commands.building.output import hold
from pressroom.commands.releasing.retention import Retention, keep_released
from pressroom.commands.signing.approval_states import ApprovalStates
from pressroom.commands.signing.gate import Gate, diagnostics_of, name_of
from pressroom.commands.signing.release_log import first_released, is_last_logged, next_release, row_of, write_log
from pressroom.commands.signing.verdicts import Verdicts, verdicts_of
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.planning.plan import Job, Plan, Request, make_plan
from pressroom.planning.versions import made_with
from pressroom.publish import Manifest, PieceRecord, Store
from pressroom.workspace.records import Found, clock_problem, said_by, with_names_of_today
from pressroom.workspace.workspace import Workspace

_AGAIN: Final = "wait until nobody edits, then release again"
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class ReleaseOrder:
    """Where a release goes, by whose order, on which day, how many editions are kept, and on how many cores."""

    output: Path
    by: str
    today: date
    keep: int
    jobs: int


@dataclass(frozen=True, slots=True)
class ReleaseReport:
    """What a release did.

    `released` are the pieces asked for that stand in the edition as they are now, `made` those of them that are new.
    `refused` are the reasons by piece. `kept` are earlier releases of refused pieces, `withdrawn` what went.
    """

    released: tuple[PieceRecord, ...] = ()
    made: frozenset[Id] = frozenset()
    refused: tuple[PieceRecord, ...] = ()
    kept: tuple[PieceRecord, ...] = ()
    withdrawn: tuple[tuple[PieceRecord, str], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    edition: Path | None = None
    log: str = ""
    busy: bool = False

    @property
    def failed(self) -> bool:
        """True where anything asked for was not released."""
        return bool(self.refused) or worst(self.diagnostics) is Severity.ERROR


@dataclass(slots=True)
class _Run:
    """One release under way."""

    workspace: Workspace
    plan: Plan
    order: ReleaseOrder
    found: Found
    store: Store
    gate: Gate
    progress: Progress

    @property
    def verdicts(self) -> Verdicts:
        """The verdicts by the records as they were before this release."""
        return self.gate.verdicts


def release(workspace: Workspace, request: Request, order: ReleaseOrder, progress: Progress) -> ReleaseReport:
    """Release what was asked for and everybody signed; what may not be released keeps its last edition.

    Raises:
        UsageError: the request names what there is not.
    """
    store, found = Store(order.output, "released"), workspace.records()
    there = with_names_of_today(store.manifest(), found).pieces
    plan = make_plan(workspace, request, {(piece.document, piece.product) for piece in there})
    early = clock_problem(found.records, order.today)
    if early is not None:
        return ReleaseReport(diagnostics=(*plan.diagnostics, *found.diagnostics, early))
    states = ApprovalStates(workspace, order.today, plan.jobs)
    gate = Gate(verdicts_of(plan, states))
    run = _Run(workspace, plan, order, found, store, gate, progress)
    done = hold(order.output, lambda: _release(run, request))
    if isinstance(done, Diagnostic):
        return ReleaseReport(diagnostics=(*plan.diagnostics, *found.diagnostics, done), busy=done.code == "output-busy")
    return done


def _release(run: _Run, request: Request) -> ReleaseReport:
    problems: list[Diagnostic] = [*run.plan.diagnostics, *run.found.diagnostics]
    problems += [
        d for n, why in run.plan.refused.items() if not request.documents or n in request.documents for d in why
    ]
    before = with_names_of_today(run.store.manifest(), run.found)
    wanted = [job for job in run.plan.jobs if job.wanted]
    reasons = {job.id: run.gate.reasons(job) for job in wanted}
    allowed = [job for job in wanted if not reasons[job.id]]
    known = before.by_id()
    reused = {job.id: known[job.id] for job in allowed if _is_made(known.get(job.id), job, run)}
    fresh = _unchanged(run, _press(run, [job for job in allowed if job.id not in reused], problems), problems)
    made = {**reused, **fresh}
    described = {job.id: _described(run, job, made[job.id]) for job in allowed if job.id in made}
    offered, faults, log = _offered(run, [record for record in described.values() if record.made])
    released = {record.id: record for record in offered}
    refused = tuple(
        _refused(job, (*reasons[job.id], *faults.get(job.id, ())), fresh.get(job.id))
        for job in wanted
        if job.id not in released
    )
    verdicts = run.verdicts.with_release(log)
    kept = keep_released(verdicts, before.pieces, released, run.store)
    registry = run.workspace.registry()
    pieces = tuple(sorted((*released.values(), *kept.records), key=lambda record: record.id))
    manifest = Manifest(pieces, made_with({r.locale: registry.find(r.locale) for r in pieces}.values()))
    # The log first: a release that is not logged could never be recalled.
    path = write_log(run.workspace, log)
    if manifest.pieces != before.pieces or (manifest.pieces and not run.store.is_untouched(manifest)):
        run.store.publish(manifest, run.order.keep)
    write_desk(run.workspace, run.store, {p.path for p in pieces if verdicts.on_record(p, whole=True).may_be_offered})
    return _report(run, released, frozenset(fresh), refused, kept, problems, path)


def _offered(run: _Run, made: list[PieceRecord]) -> tuple[list[PieceRecord], dict[Id, tuple[Diagnostic, ...]], Release]:
    """The files that `verify` will call current, the faults of the others by piece, and what is to be logged."""
    jobs, log = run.verdicts.jobs, run.found.records.releases
    rows = {record.id: row_of(record, jobs[record.id].front.number) for record in made}
    release = next_release(log, run.order.today, run.order.by, rows.values())
    found = {id: diagnostics_of(jobs[id], run.verdicts.on_entry((release, row)).faults) for id, row in rows.items()}
    offered = [record for record in made if not found[record.id]]
    new = [rows[record.id] for record in offered if not is_last_logged(rows[record.id], run.verdicts.evidence)]
    return offered, found, replace(release, pieces=tuple(new))


def _press(run: _Run, jobs: list[Job], problems: list[Diagnostic]) -> dict[Id, PieceRecord]:
    if not jobs:
        return {}
    # Imported only now: it takes several times as long as a release with nothing to do.
    from pressroom.commands.building.batch import Batch

    batch = Batch(run.workspace, run.plan, run.store, run.order.jobs, "release", run.gate.refuses)
    records, findings = batch.make(jobs, run.progress)
    problems += findings
    return {record.id: record for record in records}


def _unchanged(run: _Run, fresh: dict[Id, PieceRecord], problems: list[Diagnostic]) -> dict[Id, PieceRecord]:
    """What was made, without what was made while its files changed: nobody can say what was signed of that."""
    # The workspace knows the files as they were before: another one reads them again.
    again, jobs = Workspace(run.workspace.project), {job.id: job for job in run.plan.jobs}
    kept: dict[Id, PieceRecord] = {}
    for id, record in fresh.items():
        job = jobs[id]
        if not record.made or replace(job, workspace=again).key == record.key:
            kept[id] = record
        else:
            message = f"{name_of(job)}: a file that it is made from changed while it was made"
            problems.append(diagnostic("changed-meanwhile", Span(run.workspace.relative(job.path)), message, _AGAIN))
    return kept


def _is_made(record: PieceRecord | None, job: Job, run: _Run) -> bool:
    """True where the released file was made from these very inputs, is whole, and may still be handed out."""
    if record is None or not record.made or record.key != job.key:
        return False
    return run.verdicts.on_record(record, whole=run.store.holds(record.sha256)).may_be_offered


def _described(run: _Run, job: Job, record: PieceRecord) -> PieceRecord:
    """The record with all that a released edition's manifest says of a piece."""
    case, state = run.verdicts.states.of(job)
    if case is None or state is None or not record.made:
        return record
    facts = replace(record.facts, version=job.front.version, review_by=case.review_by, content=case.content)
    return replace(
        record,
        facts=facts,
        state=state.name,
        outdated=False,
        released=str(first_released(record, run.verdicts.evidence) or run.order.today),
        signed=tuple(said_by(signoff) for signoff in state.signed),
        look=case.look,
        offer_with="",
    )


def _refused(job: Job, reasons: tuple[Diagnostic, ...], made: PieceRecord | None) -> PieceRecord:
    document, locale, clinic, product = job.id
    found = made.diagnostics if made is not None else ()
    return PieceRecord(
        document, locale, clinic, product, "refused", ReleaseFacts(key=job.key), diagnostics=(*reasons, *found)
    )


def _report(
    run: _Run,
    released: dict[Id, PieceRecord],
    made: frozenset[Id],
    refused: tuple[PieceRecord, ...],
    kept: Retention,
    problems: list[Diagnostic],
    log: str,
) -> ReleaseReport:
    problems += [d for piece in refused for d in piece.diagnostics]
    unasked = {job.id for job in run.plan.jobs if not job.wanted}
    return ReleaseReport(
        released=tuple(released.values()),
        made=made & released.keys(),
        refused=refused,
        kept=tuple(record for record in kept.records if record.id not in unasked),
        withdrawn=kept.withdrawn,
        diagnostics=tuple(dict.fromkeys(problems)),
        edition=run.store.current,
        log=log,
    )
