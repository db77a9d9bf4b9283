"""Makes and publishes the proofs that a request asks for, or checks that a second run makes the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pressroom.approval.evidence import Id
from pressroom.commands.building.desk_page import forget_desk, has_printers, has_whole_desk, write_desk
from pressroom.commands.building.kept import as_today
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.language import Language, find_invented
from pressroom.layout.brand import BRAND_FILE
from pressroom.planning.plan import Job, Plan, Request, make_plan
from pressroom.planning.versions import made_with
from pressroom.project import Read
from pressroom.project.kept import Kept
from pressroom.project.scratch import scratch_folder
from pressroom.publish import KEPT, Manifest, PieceRecord, Store
from pressroom.publish.checked import CheckedObjects
from pressroom.publish.lock import hold
from pressroom.publish.store import sha256_of
from pressroom.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pressroom.commands.building.explain import Reasons, Why
    from pressroom.executor.cluster import Cluster
    from pressroom.executor.warm import WarmWorkers
    from pressroom.render.work import Work

    # So many of this machine, those of which one waits for the next build, or those of a cluster.
    Workers = int | WarmWorkers | Cluster

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The result of a build: a record of each requested piece, the ids of those made now, and all findings.

    `busy` is True if another build holds the output. `changed` is True if an edition was published. `refused` are the
    documents and clinics that can't be used, so that they have no pieces: `document NAME`, `clinic NAME`. `settled` are
    the findings that a build now would have, None if it would try again what a machine failed to make. `why` says for
    each piece why it is made or kept, if that was asked for.
    """

    pieces: tuple[PieceRecord, ...] = ()
    made: frozenset[tuple[str, str, str, str]] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
    busy: bool = False
    edition: Path | None = None
    changed: bool = False
    refused: tuple[str, ...] = ()
    settled: tuple[Diagnostic, ...] | None = None
    why: tuple[Why, ...] = ()

    @property
    def failed(self) -> bool:
        """True if a requested piece was refused or has an error."""
        return worst(self.diagnostics) is Severity.ERROR or any(not piece.made for piece in self.pieces)


def build(
    workspace: Workspace,
    request: Request,
    *,
    output: Path,
    jobs: Workers,
    progress: Progress,
    keep: int = KEPT,
    whole: bool = False,
    explain: bool = False,
) -> BuildReport:
    """Make the requested pieces that are missing or outdated, and publish them with the others in one step.

    So many at a time are made on this machine, or all on a cluster. `whole` asks for a check of every whole
    file; usually one in twenty is. `explain` asks why each piece is made or kept.

    Raises:
        UsageError: the request names something that the project does not have.
    """
    # What is checked whole is made from nothing: it shows if a kept value is wrong.
    workspace.kept = None if whole else Kept.of(workspace.root)
    store = Store(output)
    edition, published = store.current.resolve(), store.manifest()
    products = {(piece.document, piece.product) for piece in published.pieces}
    plan = make_plan(workspace, request, products, _invented(request, published.pieces))
    if plan.broken and not plan.jobs:
        found = (*plan.diagnostics, *chain.from_iterable(plan.refused.values()))
        return BuildReport(diagnostics=found, refused=plan.refused_by(request))
    report = hold(
        output,
        lambda: _build(workspace, plan, request, store, (edition, published), jobs, progress, keep, whole, explain),
    )
    if workspace.kept is not None:
        workspace.kept.prune()
    if isinstance(report, Diagnostic):
        return BuildReport(diagnostics=(*plan.diagnostics, report), busy=report.code == "output-busy")
    return report


@dataclass(frozen=True, slots=True)
class ReproduceReport:
    """How many of the pieces came out as they are in the edition, and all findings."""

    same: int
    pieces: int
    diagnostics: tuple[Diagnostic, ...]


def reproduce(
    workspace: Workspace, request: Request, *, output: Path, jobs: Workers, progress: Progress
) -> ReproduceReport:
    """Make the requested pieces again in an empty folder and compare them with the current edition in `output`.

    Raises:
        UsageError: the request names something that the project does not have.
    """
    store = Store(output)
    edition = store.manifest()
    with scratch_folder("verify") as folder:
        again = build(workspace, request, output=folder, jobs=jobs, progress=progress, whole=True)
    new = {piece.id: piece for piece in again.pieces}
    pieces = [piece for piece in edition.pieces if piece.made and piece.id in new]
    altered = {piece.id for piece in pieces if sha256_of(store.current / piece.path) != piece.sha256}
    hint = "run: {command} build; it makes the piece again"
    message = "this is not the file that the manifest lists"
    paths = [str(store.current / piece.path) for piece in pieces if piece.id in altered]
    findings = [diagnostic("published-altered", Span(path), message, hint) for path in paths]
    findings += [finding for piece in pieces for finding in _differences(piece, new[piece.id])]
    if not pieces:
        hint = "build it first, without --verify"
        findings.append(diagnostic("verify-nothing", Span(str(output)), "there is no edition to compare with", hint))
    same = sum(1 for piece in pieces if piece.sha256 == new[piece.id].sha256 and piece.id not in altered)
    return ReproduceReport(same, len(pieces), tuple(findings))


def _differences(piece: PieceRecord, again: PieceRecord) -> Iterable[Diagnostic]:
    if piece.sha256 == again.sha256:
        return ()
    if not again.key:
        return again.diagnostics  # a machine failed, so nothing can be said of the piece
    if piece.key != again.key:
        message = "its inputs have changed since it was made, or it was made by other versions"
        return (diagnostic("verify-outdated", Span(piece.path), message, "build it again, then verify"),)
    message = f"it was {piece.sha256[:12]}… and comes out as {again.sha256[:12] or 'nothing'}, from the same inputs"
    hint = "check if the file was made on another machine or with other fonts; then report it"
    return (diagnostic("not-reproduced", Span(piece.path), message, hint),)


def _invented(request: Request, published: Iterable[PieceRecord]) -> tuple[Language, ...]:
    """The requested invented languages, and those already in the edition; a build of everything drops them."""
    kept = [piece.locale for piece in published] if request.locales else []
    languages = [find_invented(tag) for tag in (*request.locales, *kept)]
    return tuple({language.tag: language for language in languages if language is not None}.values())


def _build(
    workspace: Workspace,
    plan: Plan,
    request: Request,
    store: Store,
    published: tuple[Path, Manifest],
    jobs: Workers,
    progress: Progress,
    keep: int,
    whole: bool,
    explain: bool,
) -> BuildReport:
    # Another command may have published since, and holds the output no more.
    before = published[1] if published[0] == store.current.resolve() else store.manifest()
    objects = CheckedObjects.of(store, workspace.root)
    known = {record.id: record for record in before.pieces if not record.made or objects.holds(record.sha256)}
    requested = {job.id for job in plan.jobs if job.requested}
    damaged = before.by_id().keys() - known.keys()
    as_they_are = {job.id: record for job in plan.jobs if job.id in known and (record := as_today(known[job.id], job))}
    stale = [job for job in plan.jobs if job.id in damaged or (job.requested and job.id not in as_they_are)]
    why = _why(plan, before, damaged, as_they_are, objects.kept) if explain else None
    (records, findings), work = _make(workspace, store, jobs, stale, progress, whole)
    fresh = {record.id: record for record in records}
    pieces = tuple(sorted(_records(plan, known, as_they_are, fresh), key=lambda record: record.id))
    # A kept piece that is not outdated was made with the same versions and fonts: its key holds them.
    manifest = Manifest(pieces, _made_with(plan, pieces) if fresh else before.made_with)
    changed = manifest != before or not store.is_untouched(manifest, checked=True)
    writes_desk = (
        not has_whole_desk(store) or (changed and _is_other_desk(before.pieces, pieces)) or has_printers(store)
    )
    if changed:
        if writes_desk:
            forget_desk(store)
        store.publish(manifest, keep)
    objects.remember((r.sha256 for r in fresh.values() if r.made), (r.sha256 for r in known.values() if r.made))
    if writes_desk:
        write_desk(workspace, store, [piece for piece in pieces if piece.made and not piece.outdated])
    # A piece that the machine failed to make is reported but not published; an earlier proof of it stays.
    failed = {id: record for id, record in fresh.items() if not record.key}
    tried = requested - failed.keys()
    shown = (*(piece for piece in pieces if piece.id in tried), *failed.values())
    refused = [reasons for name, reasons in plan.refused.items() if not request.documents or name in request.documents]
    of_pieces = [piece.diagnostics for piece in shown]
    settled = _each_once(chain(plan.diagnostics, *refused, *of_pieces))
    diagnostics = _each_once(chain(plan.diagnostics, *refused, findings, *of_pieces)) if findings else settled
    made = frozenset(id for id, record in fresh.items() if record.made)
    return BuildReport(
        shown,
        made,
        diagnostics,
        edition=store.current,
        changed=changed,
        refused=plan.refused_by(request),
        settled=None if failed else settled,
        why=why.lines(work) if why is not None else (),
    )


def _why(
    plan: Plan, before: Manifest, damaged: Collection[Id], as_they_are: Mapping[Id, PieceRecord], kept: Kept
) -> Reasons:
    """Why each requested piece is made or kept."""
    # Imported here: it reads texts, and composes as much as a ledger needs.
    from pressroom.commands.building.explain import Reasons

    reasons, records = Reasons(kept, before.made_with), before.by_id()
    for job in (job for job in plan.jobs if job.requested):
        if job.id in as_they_are:
            reasons.add_kept(job, records[job.id])
        else:
            reasons.add_made(job, records.get(job.id), damaged=job.id in damaged)
    return reasons


def _each_once(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Every finding once; of those about one colour of the brand, which pieces measure differently, the strictest."""
    found: dict[object, Diagnostic] = {}
    for one in diagnostics:
        key = (one.code, one.span) if one.span.path == BRAND_FILE else one
        found[key] = max(found.get(key, one), one, key=lambda finding: finding.message)
    return tuple(found.values())


def _make(
    workspace: Workspace, store: Store, workers: Workers, jobs: list[Job], progress: Progress, whole: bool
) -> tuple[Read[tuple[PieceRecord, ...]], Mapping[Id, Work]]:
    """Proofs of these jobs, and what it took to measure them. Findings do not refuse a proof; the manifest has them."""
    if not jobs:
        return Read(()), {}
    # This import takes several times as long as a build with nothing to do.
    from pressroom.commands.building.batch import Batch

    batch = Batch(workspace, store, workers, "proof", refuses=lambda job, findings: False, whole=whole)
    return batch.make(jobs, progress), batch.work


def _made_with(plan: Plan, pieces: Iterable[PieceRecord]) -> dict[str, str]:
    """The versions of the engine and its libraries, and of the fonts of the pieces' languages."""
    locales = {piece.locale for piece in pieces if piece.made}
    return made_with({job.language.tag: job.language for job in plan.jobs if job.language.tag in locales}.values())


def _records(
    plan: Plan, known: Mapping[Id, PieceRecord], as_they_are: Mapping[Id, PieceRecord], fresh: Mapping[Id, PieceRecord]
) -> Iterator[PieceRecord]:
    """The records of the new edition: pieces made now, kept pieces, and outdated ones."""
    for job in plan.jobs:
        id = job.id
        if id in fresh and fresh[id].key:
            yield fresh[id]
        elif id in as_they_are:
            yield _marked(as_they_are[id], outdated=False)
        elif id in known and known[id].made:
            # A refusal is kept only for the inputs that it was about.
            yield _marked(known[id], outdated=True)
    if plan.broken:
        planned = {job.id for job in plan.jobs}
        yield from (_marked(r, outdated=True) for r in known.values() if r.made and r.id not in planned)


def _is_other_desk(before: Iterable[PieceRecord], pieces: Iterable[PieceRecord]) -> bool:
    """True if the page of proofs says something else of these pieces; most records are those of before."""
    kept = {id(record) for record in before} & {id(record) for record in pieces}
    old, new = ([record for record in records if id(record) not in kept] for records in (before, pieces))
    return _on_desk(old) != _on_desk(new)


def _on_desk(pieces: Iterable[PieceRecord]) -> list[object]:
    """What the page of proofs says of these pieces, and the program that writes it."""
    shown = (piece for piece in pieces if piece.made and not piece.outdated)
    return [(p.id, p.path, p.facts.label, p.facts.review_by, p.made_of[:1]) for p in shown]


def _marked(record: PieceRecord, *, outdated: bool) -> PieceRecord:
    return record if record.outdated is outdated else replace(record, outdated=outdated)
