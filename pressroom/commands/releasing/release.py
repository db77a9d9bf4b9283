"""Releases: makes an edition of the pieces that all roles have signed, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pressroom.approval import Release, Released, ReleaseFacts
from pressroom.approval.evidence import Id
from pressroom.commands.building.build import Progress
from pressroom.commands.building.kept import as_today
from pressroom.commands.releasing.editions import keep_released
from pressroom.commands.releasing.release_log import (
    first_released,
    is_last_logged,
    next_release,
    people_changed,
    row_of,
    write_log,
)
from pressroom.commands.signing.desk import catch_up, write_desk_of
from pressroom.commands.signing.look import look_findings, signed_drawings
from pressroom.commands.signing.release_checks import diagnostics_of, name_of, release_bars, unwaived_errors
from pressroom.commands.signing.signer import Signer
from pressroom.commands.signing.verdicts import Verdicts, verdicts_of
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.planning.plan import Job, Plan, Request, make_plan
from pressroom.planning.versions import made_with
from pressroom.project import Read
from pressroom.publish import Manifest, PieceRecord, Store
from pressroom.publish.lock import hold
from pressroom.workspace.records import signature_line, with_current_names
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReleaseOrder:
    """The output folder, who ordered the release, the day, how many editions are kept, and the number of cores.

    `new_people` is True if the releaser has seen that the list of people changed since the last release.
    """

    output: Path
    by: Signer
    today: date
    keep: int
    jobs: int
    new_people: bool = False


@dataclass(frozen=True, slots=True)
class ReleaseReport:
    """What a release did.

    `released` are the requested pieces that are in the edition as they are now, `made` those of them that are new.
    `refused` have their reasons. `kept` are earlier releases of refused pieces, `withdrawn` those that were removed.
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
        """True if a requested piece was not released."""
        return bool(self.refused) or worst(self.diagnostics) is Severity.ERROR


@dataclass(frozen=True, slots=True)
class _Run:
    """What the steps of a release share; `problems` are those of the plan, the records and the shared files."""

    workspace: Workspace
    plan: Plan
    order: ReleaseOrder
    store: Store
    verdicts: Verdicts
    progress: Progress
    problems: tuple[Diagnostic, ...]


def release(workspace: Workspace, request: Request, order: ReleaseOrder, progress: Progress) -> ReleaseReport:
    """Release the requested pieces that all roles have signed; the others keep their last release."""
    store = Store(order.output, "released")
    published = with_current_names(store.manifest(), workspace.records()).pieces
    plan = make_plan(workspace, request, {(piece.document, piece.product) for piece in published})
    verdicts = verdicts_of(workspace, plan, order.today)
    findings = (*plan.diagnostics, *workspace.records().diagnostics, *verdicts.problems)
    problems = tuple(dict.fromkeys(findings))
    if not order.new_people and (changed := people_changed(workspace)):
        return ReleaseReport(diagnostics=(*problems, *changed))
    if plan.broken and not plan.jobs:
        return ReleaseReport(diagnostics=(*problems, *(d for findings in plan.refused.values() for d in findings)))
    if verdicts.evidence.clock_wrong:
        return ReleaseReport(diagnostics=problems)
    run = _Run(workspace, plan, order, store, verdicts, progress, problems)
    done = hold(order.output, lambda: _release(run, request))
    if isinstance(done, Diagnostic):
        return ReleaseReport(diagnostics=(*problems, done), busy=done.code == "output-busy")
    # Somebody may have recalled a piece while the release was made: a new workspace reads the records again.
    catch_up(workspace.reopened(), order.output, order.today)
    return done


def _release(run: _Run, request: Request) -> ReleaseReport:
    before = with_current_names(run.store.manifest(), run.workspace.records()).pieces
    made, release = _make(run, {record.id: record for record in before})
    verdicts = run.verdicts.with_release(release)
    kept, withdrawn = keep_released(verdicts, before, made.released, run.store)
    pieces = tuple(sorted((*made.released, *kept), key=lambda record: record.id))
    registry = run.workspace.registry()
    # The log first: a release that is not logged could never be recalled.
    log = write_log(run.workspace, release, run.order.by)
    versions = made_with({r.locale: registry.find(r.locale) for r in pieces}.values())
    manifest = Manifest(pieces, versions, run.workspace.records().records.log.edition_heads)
    if pieces != before or (pieces and not run.store.is_untouched(manifest)):
        run.store.publish(manifest, run.order.keep)
    write_desk_of(verdicts, run.store)
    unreadable = [name for name in run.plan.refused if not request.documents or name in request.documents]
    findings = [*run.problems, *(d for n in unreadable for d in run.plan.refused[n]), *made.diagnostics]
    findings += [_damaged(run.store, record) for record, _ in withdrawn if not run.store.holds(record.sha256)]
    not_requested = {job.id for job in run.plan.jobs if not job.requested}
    return replace(
        made,
        kept=tuple(record for record in kept if record.id not in not_requested),
        withdrawn=withdrawn,
        diagnostics=tuple(dict.fromkeys(findings)),
        edition=run.store.current,
        log=log,
    )


def _damaged(store: Store, record: PieceRecord) -> Diagnostic:
    span = Span(str(store.current / record.path))
    message = "this is not the file that was released, so it is no longer in the edition"
    hint = "restore output/ from a backup; or have the piece signed, and release it again"
    return diagnostic("published-altered", span, message, hint)


def _make(run: _Run, known: dict[Id, PieceRecord]) -> tuple[ReleaseReport, Release]:
    """Make or reuse every piece that may be released; the report on them, and the log's next entry."""
    jobs = run.verdicts.jobs
    wanted = [job for job in run.plan.jobs if job.requested]
    bars = {job.id: release_bars(run.verdicts, job) for job in wanted}
    allowed = [job for job in wanted if not bars[job.id]]
    reused = {job.id: known[job.id] for job in allowed if _is_made(known.get(job.id), job, run)}
    new, findings = _press(run, [job for job in allowed if job.id not in reused])
    # The workspace has read the files before: another workspace reads them again.
    now = Workspace(run.workspace.project)
    sources = {id: replace(jobs[id], workspace=now).sources for id, record in new.items() if record.made}
    changed = {id for id, mark in sources.items() if mark != new[id].sources}
    new = {id: record for id, record in new.items() if id not in changed}
    unseen = {id: look_findings(run.verdicts, jobs[id], record, run.store) for id, record in new.items() if record.made}
    new = {id: record if not unseen.get(id) else replace(record, path="") for id, record in new.items()}
    described = [_with_release_facts(run, jobs[id], record) for id, record in (reused | new).items() if record.made]
    released, faults, log = _judge(run, described)
    refused = tuple(
        _refused(job, (*bars[job.id], *unseen.get(job.id, ()), *faults.get(job.id, ())), new.get(job.id))
        for job in wanted
        if job.id not in released
    )
    findings = (*findings, *(_changed(jobs[id]) for id in changed), *(d for r in refused for d in r.diagnostics))
    made = frozenset(new.keys() & released.keys())
    return ReleaseReport(tuple(released.values()), made, refused, diagnostics=findings), log


def _judge(
    run: _Run, made: list[PieceRecord]
) -> tuple[dict[Id, PieceRecord], dict[Id, tuple[Diagnostic, ...]], Release]:
    """The files that `verify` will call current, the faults by piece, and what is to be logged."""
    verdicts, jobs = run.verdicts, run.verdicts.jobs
    rows = {record.id: _row(verdicts, record) for record in made}
    log = next_release(run.workspace, run.order.today, run.order.by, rows.values())
    faults = {id: diagnostics_of(jobs[id], verdicts.on_entry((log, row)).faults) for id, row in rows.items()}
    released = {record.id: record for record in made if not faults[record.id]}
    unlogged = [rows[id] for id in released if not is_last_logged(rows[id], verdicts.evidence)]
    return released, faults, replace(log, pieces=tuple(unlogged))


def _row(verdicts: Verdicts, record: PieceRecord) -> Released:
    state = verdicts.piece(record.id).state
    return row_of(record, verdicts.jobs[record.id].front.number, state.signed if state is not None else ())


def _press(run: _Run, jobs: list[Job]) -> Read[dict[Id, PieceRecord]]:
    """The new pieces, and the findings that concern no single piece."""
    if not jobs:
        return Read({})
    # Imported only now: it takes several times as long as a release with nothing to do.
    from pressroom.commands.building.batch import Batch

    def refuses(job: Job, findings: Iterable[Diagnostic]) -> bool:
        return bool(unwaived_errors(run.verdicts, job, findings))

    signed = {job.id: drawings[-1] for job in jobs if (drawings := signed_drawings(run.verdicts, job))}
    batch = Batch(run.workspace, run.store, run.order.jobs, "release", refuses, signed)
    records, findings = batch.make(jobs, run.progress)
    # Two people may have signed two looks: the letters in the control line are those of the look that is drawn.
    others = {r.id: r.drawing for r in records if r.made and r.id in signed and r.drawing != signed[r.id]}
    again = [job for job in jobs if job.id in others and others[job.id] in signed_drawings(run.verdicts, job)]
    if again:
        more, more_findings = replace(batch, signed=others).make(again, run.progress)
        records, findings = (*records, *more), (*findings, *more_findings)
    return Read({record.id: record for record in records}, findings)


def _changed(job: Job) -> Diagnostic:
    """A refusal if a file changed while the piece was made from it: what was printed may not be what was signed."""
    message = f"{name_of(job)}: a file that it is made from changed while it was made"
    return diagnostic(
        "changed-meanwhile", job.front.title.span, message, "wait until the editing is done, then release again"
    )


def _is_made(record: PieceRecord | None, job: Job, run: _Run) -> bool:
    """True if the released file prints what would be printed today, is intact, and may still be handed out."""
    today = as_today(record, job) if record is not None and record.made else None
    if record is None or today is None or unwaived_errors(run.verdicts, job, today.diagnostics):
        return False
    return run.verdicts.on_record(record, intact=run.store.holds(record.sha256)).may("be_offered")


def _with_release_facts(run: _Run, job: Job, record: PieceRecord) -> PieceRecord:
    """The record with everything that a released edition's manifest says of a piece."""
    piece = run.verdicts.piece(job.id)
    case, state = piece.case, piece.state
    if case is None or state is None:
        return record
    logged = run.verdicts.entry_of(record)
    # The same file keeps its label, whatever its language or product is called today.
    label = logged[1].facts.label if logged is not None and logged[1].facts.label.title else record.facts.label
    facts = replace(record.facts, version=piece.version, review_by=case.review_by, content=case.content, label=label)
    return replace(
        record,
        facts=facts,
        state=state.name,
        outdated=False,
        released=str(first_released(record, run.verdicts.evidence) or run.order.today),
        signed=tuple(signature_line(signoff) for signoff in state.signed),
        offer_with="",
    )


def _refused(job: Job, reasons: tuple[Diagnostic, ...], made: PieceRecord | None) -> PieceRecord:
    findings = (*reasons, *(made.diagnostics if made is not None else ()))
    return PieceRecord(*job.id, "refused", ReleaseFacts(key=job.key), diagnostics=findings)
