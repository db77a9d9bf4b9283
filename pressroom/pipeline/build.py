"""Build: a project and a request go in, a generation of proofs with its manifest comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from pressroom.diagnostics import Diagnostic, Severity, diagnostic, worst
from pressroom.diagnostics import Span as _Span
from pressroom.finish import Manifest, OutputBusy, PieceRecord, Store, StoreError, output_lock
from pressroom.pipeline.plan import Job, Plan, Request, make_plan
from pressroom.project import Project

Progress = Callable[[int, int, str], None]


class _Prepared(Protocol):
    """What is needed here of `prepare.Prepared`, which is imported only where something is to be made."""

    job: Job


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: the pieces asked for, which of them were made anew, and everything there is to say."""

    pieces: tuple[PieceRecord, ...] = ()
    made: frozenset[tuple[str, str, str, str]] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
    busy: bool = False
    generation: Path | None = None
    changed: bool = False

    @property
    def failed(self) -> bool:
        """True where something asked for was refused or has an error."""
        return worst(self.diagnostics) is Severity.ERROR or any(not piece.made for piece in self.pieces)


@dataclass(slots=True)
class _Progress:
    """Counts what was made towards what there is to make."""

    total: int
    report: Progress
    done: int = field(default=0)

    def step(self, job: Job) -> None:
        self.done += 1
        self.report(self.done, self.total, f"{job.document} {job.language.tag} {job.clinic.id}")


def build(project: Project, request: Request, *, output: Path, jobs: int, progress: Progress) -> BuildReport:
    """Make what was asked for and is not there yet, and publish it with what is, in one step.

    Raises:
        UsageError: the request names what there is not.
    """
    store = Store(output)
    plan = make_plan(project, request, {(piece.document, piece.product) for piece in store.manifest().pieces})
    try:
        with output_lock(output):
            return _build(project, plan, request, store, jobs, progress)
    except OutputBusy:
        hint = "wait for it to end, or give this one another folder with --output"
        problem = diagnostic("output-busy", _Span(str(output)), "another build holds the output", hint)
        return BuildReport(diagnostics=(problem,), busy=True)
    except (StoreError, OSError) as error:
        hint = "free some room or choose another folder with --output; the edition before is whole"
        problem = diagnostic("output-unwritable", _Span(str(output)), f"the output can't be written: {error}", hint)
        return BuildReport(diagnostics=(*plan.diagnostics, problem))


def _build(project: Project, plan: Plan, request: Request, store: Store, jobs: int, progress: Progress) -> BuildReport:
    before = store.manifest()
    known = before.by_id()
    wanted = [job for job in plan.jobs if job.wanted]
    stale = [job for job in wanted if not _is_current(known.get(job.id), job, store)]
    fresh: dict[tuple[str, str, str, str], PieceRecord] = {}
    problems: list[Diagnostic] = list(plan.diagnostics)
    problems += [
        d for name, why in plan.refused.items() if not request.documents or name in request.documents for d in why
    ]
    if stale:
        for record in _make(project, plan, stale, store, jobs, _Progress(len(stale), progress), problems):
            fresh[record.id] = record
    pieces = tuple(_records(plan, known, fresh, store))
    manifest = Manifest(tuple(sorted(pieces, key=lambda record: record.id)))
    changed = manifest != before or not store.is_whole(manifest)
    if changed:
        store.publish(manifest)
    asked = {job.id for job in wanted}
    shown = tuple(piece for piece in manifest.pieces if piece.id in asked)
    problems += [d for piece in shown for d in piece.diagnostics]
    made = frozenset(id for id, record in fresh.items() if record.made)
    return BuildReport(shown, made, tuple(dict.fromkeys(problems)), False, store.current, changed)


def _is_current(record: PieceRecord | None, job: Job, store: Store) -> bool:
    """True where the piece was made, or refused, from these very inputs, and its bytes are there."""
    if record is None or record.key != job.key:
        return False
    return not record.made or store.has(record.sha256)


def _records(
    plan: Plan,
    known: dict[tuple[str, str, str, str], PieceRecord],
    fresh: dict[tuple[str, str, str, str], PieceRecord],
    store: Store,
) -> Iterator[PieceRecord]:
    """What the new generation holds: what was made now, and what is kept; a kept piece may be outdated."""
    for job in plan.jobs:
        if job.id in fresh:
            yield fresh[job.id]
            continue
        record = known.get(job.id)
        # A refusal is worth keeping only while its reasons stand.
        if record is not None and (store.has(record.sha256) if record.made else record.key == job.key):
            yield replace(record, outdated=record.key != job.key)


def _make(
    project: Project,
    plan: Plan,
    stale: list[Job],
    store: Store,
    jobs: int,
    progress: _Progress,
    problems: list[Diagnostic],
) -> Iterator[PieceRecord]:
    # Imported only now: these take several times as long as a build with nothing to do.
    from pressroom.pipeline.fonts import prepare_fonts
    from pressroom.pipeline.prepare import Preparation, Prepared
    from pressroom.pipeline.texts import Texts

    preparation = Preparation(project, plan.clinics, Texts(project))
    ready: list[Prepared] = []
    for job in stale:
        prepared = preparation.prepare(job)
        if prepared.piece is None:
            progress.step(job)
            yield _record(job, prepared.state.name if prepared.state else "missing", prepared.diagnostics)
        else:
            ready.append(prepared)
    if ready and prepare_fonts(project, [p.piece.language for p in ready if p.piece is not None], problems):
        from pressroom.pipeline.make import make
        from pressroom.pipeline.preflight import not_checked
        from pressroom.pipeline.workers import render_all

        problems += not_checked()
        for result in render_all([p.piece for p in ready if p.piece is not None], make, jobs):
            done = ready[result.number]
            progress.step(done.job)
            state = done.state.name if done.state else "missing"
            found = (*done.diagnostics, *result.diagnostics)
            record = _record(done.job, state, found)
            if result.pdf is not None:
                digest = store.add(result.pdf)
                record = replace(record, path=_path(done.job, result.kind), pages=result.pages, sha256=digest)
            yield record


def _record(job: Job, state: str, diagnostics: tuple[Diagnostic, ...]) -> PieceRecord:
    document, locale, clinic, product = job.id
    return PieceRecord(document, locale, clinic, product, state, job.key, diagnostics=diagnostics)


def _path(job: Job, kind: str) -> str:
    """Where a proof stands in its generation; the name alone tells what it is, and that it is a proof."""
    tag = job.language.tag
    return f"{tag}/{job.document}.{tag}.{job.product.name}.{job.clinic.id}.PROOF.{kind}"
