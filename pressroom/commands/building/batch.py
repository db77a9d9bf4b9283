"""Makes pieces, as proofs or for a release: prepares each, sends it to an executor, and stores the result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pressroom.approval import ReleaseFacts
from pressroom.approval.evidence import Id
from pressroom.commands.building.build import Progress
from pressroom.commands.building.explain import keep_ledgers
from pressroom.commands.building.labels import label_of
from pressroom.compose.piece import Marking
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.drawing import UNKNOWN, PieceDrawing
from pressroom.executor.local import LocalExecutor
from pressroom.executor.protocol import Executor, Fault
from pressroom.executor.warm import WarmWorkers
from pressroom.fingerprint import content_hash
from pressroom.language import Language
from pressroom.planning.fonts import prepare_fonts
from pressroom.planning.moved import places_in
from pressroom.planning.plan import Job
from pressroom.planning.prepare import Prepared, prepare
from pressroom.planning.setting import setting_of
from pressroom.preflight.standards import not_checked
from pressroom.production.task import SHARED, Rendered, Task, language_of
from pressroom.project import Read
from pressroom.project.kept import Kept
from pressroom.publish import PieceRecord, Store
from pressroom.render.work import Work
from pressroom.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pressroom.commands.building.build import Workers
    from pressroom.executor.cluster import ClusterExecutor

Refuses = Callable[[Job, Iterable[Diagnostic]], bool]
_MAKE: Final = "pressroom.production.make:make"
# About how many seconds a piece takes whose text is new, the first one of a base that was kept, and a further one.
_NEW: Final = 0.9
_KNOWN: Final = 0.15
_FURTHER: Final = 0.06
# Bytes of what is kept of a document in a language and a layout; after many edits it begins from nothing.
_MOST_KEPT: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """The settings that pieces are made with. `refuses` says if the findings bar a piece; it is then not stored.

    `signed` are the drawings that people signed, which name releases in their control lines. `workers` are so many
    of this machine, those of which one waits for the next build, or those of a cluster. `whole` asks for a check of
    every whole file, where a sample would do. `work` is filled with what it took to measure each piece that was made.
    """

    workspace: Workspace
    store: Store
    workers: Workers
    marking: Marking
    refuses: Refuses
    signed: Mapping[Id, PieceDrawing] = field(default_factory=dict)
    whole: bool = False
    work: dict[Id, Work] = field(default_factory=dict)

    def make(self, jobs: Sequence[Job], progress: Progress) -> Read[tuple[PieceRecord, ...]]:
        """A record of each job, and the general findings; only refusals if a font is refused.

        Raises:
            DiagnosticError: the cluster can't be used, or was lost.
        """
        ready: list[Prepared] = []
        machines: list[Diagnostic] = []
        records: list[PieceRecord] = []
        for job in jobs:
            prepared = prepare(job, self.marking, self.signed.get(job.id, UNKNOWN))
            if prepared.piece is None or self.refuses(job, prepared.diagnostics):
                records.append(_record(prepared, prepared.diagnostics))
            else:
                ready.append(prepared)
        languages = [prepared.piece.language for prepared in ready if prepared.piece is not None]
        fonts, findings = prepare_fonts(self.workspace, languages) if ready else Read(False)
        if fonts:
            # The first piece takes as long as any other, and until then nothing else would be shown.
            progress(len(records), len(jobs), "")
            for record in self._render(ready, languages, machines):
                records.append(record)
                progress(len(records), len(jobs), f"{record.document} {record.locale} {record.clinic}")
        return Read(tuple(records), (*findings, *machines, *(not_checked() if fonts else ())))

    def _render(
        self, ready: Sequence[Prepared], languages: Sequence[Language], machines: list[Diagnostic]
    ) -> Iterator[PieceRecord]:
        """The record of each piece; adds to `machines` what was found of them, which is no finding about a piece."""
        executor = self._executor(languages)
        # What is checked whole is made from nothing: it shows if a kept value is wrong.
        kept, new = None if self.whole else Kept.of(self.workspace.root), frozenset[str]()
        if kept is not None:
            new = keep_ledgers(kept, ready)
        with closing(executor):
            for prepared, result in _rendered(ready, executor, kept, new, whole=self.whole):
                yield self._faulted(prepared, result) if isinstance(result, Fault) else self._stored(prepared, result)
        machines += (self._retried(ready[number].job, reason) for number, reason in sorted(executor.retried.items()))
        machines += () if isinstance(executor, LocalExecutor) else executor.findings

    def _executor(
        self, languages: Sequence[Language]
    ) -> LocalExecutor[Task, Rendered] | ClusterExecutor[Task, Rendered]:
        if isinstance(self.workers, int):
            return LocalExecutor(_MAKE, self.workers, shared=SHARED, kind=language_of)
        if isinstance(self.workers, WarmWorkers):
            return LocalExecutor(_MAKE, self.workers.jobs, shared=SHARED, kind=language_of, warm=self.workers)
        # Imported here: few builds have a cluster.
        from pressroom.commands.building.on_cluster import cluster_executor

        return cluster_executor(self.workspace, self.workers, _MAKE, languages)

    def _retried(self, job: Job, reason: str) -> Diagnostic:
        message = f"{job.document} in {job.language.tag} for {job.clinic.id} was tried again: {reason}"
        hint = "nothing, if it is rare; else look at the machine's memory and load"
        return diagnostic("piece-retried", Span(self.workspace.relative(job.path)), message, hint)

    def _stored(self, prepared: Prepared, result: Rendered) -> PieceRecord:
        """The record of a result; its bytes are stored unless it is refused."""
        findings = (*prepared.diagnostics, *result.diagnostics)
        places = tuple(places_in(finding, prepared.content.spans) for finding in result.diagnostics)
        record = replace(_record(prepared, findings), places=places)
        self.work[prepared.job.id] = result.work
        if result.data is None or prepared.piece is None or self.refuses(prepared.job, findings):
            return record
        path = piece_path(prepared.job, self.marking, result.kind, result.made_as)
        label = label_of(prepared.job, prepared.piece.translation, result.made_as, result.kind)
        drawn = result.drawing
        facts = replace(record.facts, sha256=self.store.add(result.data), label=label, drawing=drawn.hashes)
        texts = (drawn.base, drawn.imprint) if drawn.hashes.known else ()
        marks = tuple(self.store.add(text.encode()) for text in texts)
        return replace(record, path=path, pages=result.pages, facts=facts, marks=marks)

    def _faulted(self, prepared: Prepared, fault: Fault) -> PieceRecord:
        """A record without a key: a fault says nothing about the inputs, so no build remembers it."""
        job = prepared.job
        message = f"{job.document} in {job.language.tag} for {job.clinic.id} was not made: {fault.reason}"
        code = "machine-failed" if fault.machine else "render-crashed"
        finding = diagnostic(code, Span(self.workspace.relative(job.path)), message, fault.hint)
        return replace(_record(prepared, (*prepared.diagnostics, finding)), facts=ReleaseFacts(key=""))


def _rendered(
    ready: Sequence[Prepared],
    executor: Executor[Task, Rendered],
    kept: Kept | None,
    new: Collection[str],
    *,
    whole: bool,
) -> Iterator[tuple[Prepared, Rendered | Fault]]:
    """Each piece with its result. Of pieces that differ by clinic or sheet only, the first measures for the others.

    Forty clinics of a document, and every sheet of a card, then cost little more than one. What the first one measured
    and drew is kept for the next build. `new` are the shared parts that no build has seen.
    """
    pieces = {number: prepared.piece for number, prepared in enumerate(ready) if prepared.piece is not None}
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    before: dict[int, tuple[str, bytes]] = {}
    for number in pieces:
        alike[_group_of(ready[number].job)].append(number)
    for first, *others in alike.values():
        cache, is_kept = b"", kept is not None and pieces[first].layout.file_kind == "pdf"
        if kept is not None and is_kept:
            name = setting_of(ready[first])
            cache = kept.get(name) or b""
            before[first] = name, cache
        keep, followed = bool(others) or is_kept, bool(others) and not whole
        further = _NEW if whole else _FURTHER
        seconds = (_KNOWN if cache and ready[first].inputs.shared not in new else _NEW) + further * len(others)
        executor.submit(first, Task(pieces[first], cache, keep_cache=keep, whole=whole, followed=followed), seconds)
    for number, result in executor.results():
        cache = b"" if isinstance(result, Fault) else result.cache
        if kept is not None and number in before and cache:
            name, old = before.pop(number)
            if cache != old:
                kept.put(name, cache if len(cache) <= _MOST_KEPT else b"")
        for other in alike.pop(_group_of(ready[number].job), [])[1:]:
            executor.submit(other, Task(pieces[other], cache, whole=whole), _NEW if whole or not cache else _FURTHER)
        yield ready[number], result


def _group_of(job: Job) -> tuple[str, ...]:
    return job.document, job.language.tag, job.product.layout, job.product.inks


def piece_path(job: Job, marking: Marking, kind: str, made_as: str = "") -> str:
    """The path of a piece in its edition. The name says what it is, and if it is a proof.

    `made_as` is the product that replaces the job's if the text does not fit.
    """
    tag, product = job.language.tag, job.product.name
    if made_as not in ("", product):
        product = f"{product}-as-{made_as}"
    ending = "PROOF" if marking == "proof" else f"v{job.front.version}"
    return f"{tag}/{job.document}.{tag}.{product}.{job.clinic.id}.{ending}.{kind}"


def _record(prepared: Prepared, diagnostics: Iterable[Diagnostic]) -> PieceRecord:
    job, piece = prepared.job, prepared.piece
    name = prepared.state.name if prepared.state else "missing"
    facts, profile = ReleaseFacts(key=prepared.key), ""
    if piece is not None:
        facts = replace(facts, inputs=piece.control.inputs, version=piece.control.version)
        profile = content_hash(piece.profile) if piece.profile else ""
    state = "invented" if job.language.invented else name
    findings, inputs = tuple(diagnostics), astuple(prepared.inputs)
    return PieceRecord(
        *job.id, state, facts, diagnostics=findings, profile=profile, sources=job.sources, made_of=inputs
    )
