"""Makes the proofs that a request asks for and publishes them as a new generation with its manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from pressroom.commands.building.desk_page import has_desk, write_desk
from pressroom.diagnostics import Diagnostic, Severity, worst
from pressroom.language import Language, find_invented
from pressroom.planning.plan import Job, Plan, Request, make_plan
from pressroom.planning.versions import made_with
from pressroom.project import Read
from pressroom.publish import KEPT, Manifest, PieceRecord, Store
from pressroom.publish.lock import hold
from pressroom.workspace.workspace import Workspace

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: a record of each piece asked for, the ids of those made now, and all findings.

    `busy` is True if another build holds the output. `changed` is True if a generation was published.
    """

    pieces: tuple[PieceRecord, ...] = ()
    made: frozenset[tuple[str, str, str, str]] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
    busy: bool = False
    generation: Path | None = None
    changed: bool = False

    @property
    def failed(self) -> bool:
        """True if a piece asked for was refused or has an error."""
        return worst(self.diagnostics) is Severity.ERROR or any(not piece.made for piece in self.pieces)


def build(
    workspace: Workspace, request: Request, *, output: Path, jobs: int, progress: Progress, keep: int = KEPT
) -> BuildReport:
    """Make the pieces asked for that are missing or outdated, and publish them with the others in one step.

    Raises:
        UsageError: the request names something that the project does not have.
    """
    store = Store(output)
    there = store.manifest().pieces
    plan = make_plan(
        workspace, request, {(piece.document, piece.product) for piece in there}, _invented(request, there)
    )
    if plan.broken and not plan.jobs:
        return BuildReport(diagnostics=(*plan.diagnostics, *(d for why in plan.refused.values() for d in why)))
    done = hold(output, lambda: _build(workspace, plan, request, store, jobs, progress, keep))
    if isinstance(done, Diagnostic):
        return BuildReport(diagnostics=(*plan.diagnostics, done), busy=done.code == "output-busy")
    return done


def _invented(request: Request, there: Iterable[PieceRecord]) -> tuple[Language, ...]:
    """The invented languages asked for, and those already in the edition; a build of everything drops them."""
    kept = [piece.locale for piece in there] if request.locales else []
    found = [find_invented(tag) for tag in (*request.locales, *kept)]
    return tuple({language.tag: language for language in found if language is not None}.values())


def _build(
    workspace: Workspace, plan: Plan, request: Request, store: Store, jobs: int, progress: Progress, keep: int
) -> BuildReport:
    before = store.manifest()
    known = {record.id: record for record in before.pieces if not record.made or store.holds(record.sha256)}
    asked = {job.id for job in plan.jobs if job.wanted}
    damaged = before.by_id().keys() - known.keys()
    stale = [job for job in plan.jobs if job.id in damaged or (job.wanted and not _is_current(known.get(job.id), job))]
    records, findings = _make(workspace, plan, store, jobs, stale, progress)
    fresh = {record.id: record for record in records}
    pieces = tuple(sorted(_records(plan, known, fresh), key=lambda record: record.id))
    # An unchanged piece that is not outdated was made with the same versions and fonts: its key holds them.
    manifest = Manifest(pieces, _made_with(plan, pieces) if fresh else before.made_with)
    changed = manifest != before or not store.is_whole(manifest)
    if changed:
        store.publish(manifest, keep)
    if changed or not has_desk(store):
        write_desk(workspace, store, {piece.path for piece in pieces if piece.made and not piece.outdated})
    # A piece that the machine failed to make is reported but not published; an earlier proof of it stays.
    failed = {id: record for id, record in fresh.items() if not record.key}
    shown = (*(piece for piece in pieces if piece.id in asked - failed.keys()), *failed.values())
    refused = [why for name, why in plan.refused.items() if not request.documents or name in request.documents]
    diagnostics = chain(plan.diagnostics, *refused, findings, *(piece.diagnostics for piece in shown))
    made = frozenset(id for id, record in fresh.items() if record.made)
    return BuildReport(shown, made, tuple(dict.fromkeys(diagnostics)), False, store.current, changed)


def _make(
    workspace: Workspace, plan: Plan, store: Store, workers: int, jobs: list[Job], progress: Progress
) -> Read[tuple[PieceRecord, ...]]:
    """Proofs of these jobs. A proof is made of whatever can be printed: its findings are in the manifest."""
    if not jobs:
        return Read(())
    # Imported only now: it takes several times as long as a build with nothing to do.
    from pressroom.commands.building.batch import Batch

    return Batch(workspace, plan, store, workers, "proof", refuses=lambda job, found: False).make(jobs, progress)


def _made_with(plan: Plan, pieces: Iterable[PieceRecord]) -> dict[str, str]:
    """Versions of the engine, of its libraries and of the fonts of the pieces' languages."""
    locales = {piece.locale for piece in pieces if piece.made}
    return made_with({job.language.tag: job.language for job in plan.jobs if job.language.tag in locales}.values())


def _is_current(record: PieceRecord | None, job: Job) -> bool:
    """True if the piece was made, or refused, from the same inputs."""
    return record is not None and record.key == job.key


def _records(
    plan: Plan,
    known: dict[tuple[str, str, str, str], PieceRecord],
    fresh: dict[tuple[str, str, str, str], PieceRecord],
) -> Iterator[PieceRecord]:
    """The records of the new generation: pieces made now, and pieces kept, which may be outdated."""
    for job in plan.jobs:
        if job.id in fresh and fresh[job.id].key:
            yield fresh[job.id]
            continue
        record = known.get(job.id)
        # A refusal is kept only for the inputs that it was about.
        if record is not None and (record.made or record.key == job.key):
            yield replace(record, outdated=record.key != job.key)
    if plan.broken:
        planned = {job.id for job in plan.jobs}
        yield from (replace(r, outdated=True) for r in known.values() if r.made and r.id not in planned)
