"""Build: a project and a request go in, a generation of proofs with its manifest comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pressroom.commands.building.desk_page import has_desk, write_desk
from pressroom.diagnostics import Diagnostic, Severity, worst
from pressroom.language import Language, find_invented
from pressroom.planning.plan import Job, Plan, Request, make_plan
from pressroom.planning.versions import made_with
from pressroom.publish import KEPT, Manifest, PieceRecord, Store
from pressroom.publish.lock import hold
from pressroom.workspace.workspace import Workspace

Progress = Callable[[int, int, str], None]


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


def build(
    workspace: Workspace, request: Request, *, output: Path, jobs: int, progress: Progress, keep: int = KEPT
) -> BuildReport:
    """Make what was asked for and is not there yet, and publish it with what is, in one step.

    Raises:
        UsageError: the request names what there is not.
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
    """The invented languages asked for, and those that stay beside them; a build of everything clears them away."""
    kept = [piece.locale for piece in there] if request.locales else []
    found = [find_invented(tag) for tag in (*request.locales, *kept)]
    return tuple({language.tag: language for language in found if language is not None}.values())


def _build(
    workspace: Workspace, plan: Plan, request: Request, store: Store, jobs: int, progress: Progress, keep: int
) -> BuildReport:
    before = store.manifest()
    known = {record.id: record for record in before.pieces if not record.made or store.holds(record.sha256)}
    wanted = [job for job in plan.jobs if job.wanted]
    damaged = before.by_id().keys() - known.keys()
    stale = [job for job in plan.jobs if job.id in damaged or (job.wanted and not _is_current(known.get(job.id), job))]
    fresh: dict[tuple[str, str, str, str], PieceRecord] = {}
    problems: list[Diagnostic] = list(plan.diagnostics)
    problems += [
        d for name, why in plan.refused.items() if not request.documents or name in request.documents for d in why
    ]
    if stale:
        # Imported only now: it takes several times as long as a build with nothing to do.
        from pressroom.commands.building.batch import Batch

        # A proof is made of whatever can be printed: its findings stand in the manifest.
        batch = Batch(workspace, plan, store, jobs, "proof", refuses=lambda job, found: False)
        records, findings = batch.make(stale, progress)
        fresh = {record.id: record for record in records}
        problems += findings
    pieces = tuple(_records(plan, {id: record for id, record in known.items() if id not in damaged}, fresh))
    # An unchanged piece that is not outdated was made with the same versions and fonts: its key holds them.
    versions = _made_with(plan, pieces) if fresh else before.made_with
    manifest = Manifest(tuple(sorted(pieces, key=lambda record: record.id)), versions)
    changed = manifest != before or not store.is_whole(manifest)
    if changed:
        store.publish(manifest, keep)
    if changed or not has_desk(store):
        write_desk(workspace, store, {piece.path for piece in manifest.pieces if piece.made and not piece.outdated})
    asked = {job.id for job in wanted}
    # A piece that a machine failed to make is reported but not published; an earlier proof of it stays.
    failed = {id: record for id, record in fresh.items() if not record.key}
    shown = (*(piece for piece in manifest.pieces if piece.id in asked - failed.keys()), *failed.values())
    problems += [d for piece in shown for d in piece.diagnostics]
    made = frozenset(id for id, record in fresh.items() if record.made)
    return BuildReport(shown, made, tuple(dict.fromkeys(problems)), False, store.current, changed)


def _made_with(plan: Plan, pieces: Iterable[PieceRecord]) -> dict[str, str]:
    """Versions of the engine, of its libraries and of the fonts of the pieces' languages."""
    locales = {piece.locale for piece in pieces if piece.made}
    return made_with({job.language.tag: job.language for job in plan.jobs if job.language.tag in locales}.values())


def _is_current(record: PieceRecord | None, job: Job) -> bool:
    """True where the piece was made, or refused, from these very inputs."""
    return record is not None and record.key == job.key


def _records(
    plan: Plan,
    known: dict[tuple[str, str, str, str], PieceRecord],
    fresh: dict[tuple[str, str, str, str], PieceRecord],
) -> Iterator[PieceRecord]:
    """What the new generation holds: what was made now, and what is kept; a kept piece may be outdated."""
    for job in plan.jobs:
        if job.id in fresh and fresh[job.id].key:
            yield fresh[job.id]
            continue
        record = known.get(job.id)
        # A refusal is worth keeping only while its reasons stand.
        if record is not None and (record.made or record.key == job.key):
            yield replace(record, outdated=record.key != job.key)
    if plan.broken:
        planned = {job.id for job in plan.jobs}
        yield from (replace(r, outdated=True) for r in known.values() if r.made and r.id not in planned)
