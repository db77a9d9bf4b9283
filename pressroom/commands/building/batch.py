"""Makes pieces, as proofs or for a release: prepares each, has an executor make it, and stores its bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Final

from pressroom.approval import ReleaseFacts
from pressroom.commands.building.preflight import not_checked
from pressroom.compose.piece import Marking
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.executor.local import LocalExecutor
from pressroom.executor.protocol import Executor, Fault
from pressroom.fingerprint import content_hash
from pressroom.planning.fonts import prepare_fonts
from pressroom.planning.plan import Job
from pressroom.planning.prepare import Prepared, prepare
from pressroom.production.task import Rendered, Task
from pressroom.project import Read
from pressroom.publish import PieceRecord, Store
from pressroom.workspace.workspace import Workspace

Progress = Callable[[int, int, str], None]
Refuses = Callable[[Job, Iterable[Diagnostic]], bool]
_MAKE: Final = "pressroom.production.make:make"


@dataclass(frozen=True, slots=True)
class Batch:
    """What pieces are made with. `refuses` says if a piece's findings bar it; its bytes are then not stored."""

    workspace: Workspace
    store: Store
    workers: int
    marking: Marking
    refuses: Refuses

    def make(self, jobs: Sequence[Job], progress: Progress) -> Read[tuple[PieceRecord, ...]]:
        """A record of each job, and the findings about no single piece; only refusals if a font is refused."""
        ready: list[Prepared] = []
        records: list[PieceRecord] = []
        for job in jobs:
            prepared = prepare(job, self.marking)
            if prepared.piece is None or self.refuses(job, prepared.diagnostics):
                records.append(_record(prepared, prepared.diagnostics))
            else:
                ready.append(prepared)
        languages = [one.piece.language for one in ready if one.piece is not None]
        fonts, findings = prepare_fonts(self.workspace, languages) if ready else Read(False)
        if fonts:
            for record in self._render(ready):
                records.append(record)
                progress(len(records), len(jobs), f"{record.document} {record.locale} {record.clinic}")
        return Read(tuple(records), (*findings, *(not_checked() if fonts else ())))

    def _render(self, ready: Sequence[Prepared]) -> Iterator[PieceRecord]:
        executor: LocalExecutor[Task, Rendered] = LocalExecutor(_MAKE, self.workers)
        with closing(executor):
            for prepared, result in _rendered(ready, executor):
                yield self._faulted(prepared, result) if isinstance(result, Fault) else self._stored(prepared, result)

    def _stored(self, prepared: Prepared, result: Rendered) -> PieceRecord:
        """The record of a result; its bytes are stored unless it is refused."""
        findings = (*prepared.diagnostics, *result.diagnostics)
        record = _record(prepared, findings)
        if result.data is None or self.refuses(prepared.job, findings):
            return record
        path = piece_path(prepared.job, self.marking, result.kind, result.made_as)
        facts = replace(record.facts, sha256=self.store.add(result.data))
        return replace(record, path=path, pages=result.pages, facts=facts)

    def _faulted(self, prepared: Prepared, fault: Fault) -> PieceRecord:
        """A record without a key: a fault says nothing of the inputs, so no build remembers it."""
        job = prepared.job
        message = f"{job.document} in {job.language.tag} for {job.clinic.id} was not made: {fault.reason}"
        code = "machine-failed" if fault.machine else "render-crashed"
        finding = diagnostic(code, Span(self.workspace.relative(job.path)), message, fault.hint)
        return replace(_record(prepared, (*prepared.diagnostics, finding)), facts=ReleaseFacts(key=""))


def _rendered(
    ready: Sequence[Prepared], executor: Executor[Task, Rendered]
) -> Iterator[tuple[Prepared, Rendered | Fault]]:
    """Each piece with its result. Of pieces that differ by clinic or sheet alone, the first measures for the others.

    Forty clinics of a document, and every sheet of a card, are then fitted for little more than one.
    """
    pieces = {number: one.piece for number, one in enumerate(ready) if one.piece is not None}
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in pieces:
        alike[_fitted_alike(ready[number].job)].append(number)
    for first, *others in alike.values():
        executor.submit(first, Task(pieces[first], keep_cache=bool(others)))
    for number, result in executor.results():
        cache = b"" if isinstance(result, Fault) else result.cache
        for other in alike.pop(_fitted_alike(ready[number].job), [])[1:]:
            executor.submit(other, Task(pieces[other], cache))
        yield ready[number], result


def _fitted_alike(job: Job) -> tuple[str, ...]:
    return job.document, job.language.tag, job.product.layout, job.product.inks


def piece_path(job: Job, marking: Marking, kind: str, made_as: str = "") -> str:
    """Where a piece stands in its generation; the name alone tells what it is, and whether it is a proof.

    `made_as` is the product that stands in for the job's own where that does not fit.
    """
    tag, product = job.language.tag, job.product.name
    if made_as not in ("", product):
        product = f"{product}-as-{made_as}"
    ending = "PROOF" if marking == "proof" else f"v{job.front.version}"
    return f"{tag}/{job.document}.{tag}.{product}.{job.clinic.id}.{ending}.{kind}"


def _record(prepared: Prepared, diagnostics: Iterable[Diagnostic]) -> PieceRecord:
    document, locale, clinic, product = prepared.job.id
    name = prepared.state.name if prepared.state else "missing"
    state = "invented" if prepared.job.language.invented else name
    record = PieceRecord(
        document, locale, clinic, product, state, ReleaseFacts(key=prepared.job.key), diagnostics=tuple(diagnostics)
    )
    piece = prepared.piece
    if piece is None:
        return record
    profile = content_hash(piece.profile) if piece.profile else ""
    facts = replace(record.facts, inputs=piece.control.inputs, version=piece.control.version)
    return replace(record, facts=facts, profile=profile)
