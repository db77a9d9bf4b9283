"""Pieces made: jobs go in, prepared, rendered and kept, a record of each comes out, as a proof or as a release."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import TYPE_CHECKING, Final

from pressroom.approval import ReleaseFacts
from pressroom.compose import Piece
from pressroom.compose.piece import Marking
from pressroom.diagnostics import Diagnostic
from pressroom.planning.fonts import prepare_fonts
from pressroom.planning.plan import Job, Plan
from pressroom.planning.prepare import Preparation, Prepared
from pressroom.project import Project
from pressroom.publish import PieceRecord, Store
from pressroom.workspace.texts import Texts

if TYPE_CHECKING:
    from pressroom.production.rendered import Rendered
    from pressroom.render.cache import Memo

Progress = Callable[[int, int, str], None]
Refuses = Callable[[Job, Iterable[Diagnostic]], bool]
Done = tuple[Prepared, "Rendered"]
MakeOne = Callable[[int, Piece, "Memo | None"], "Rendered"]
Run = Sequence[Sequence[int]]
RenderAll = Callable[[Sequence[Piece], Callable[[int, Piece], "Rendered"], int, Run], Iterator["Rendered"]]
# So many pieces may leave their litter in one process.
_LONGEST_RUN: Final = 10


@dataclass(slots=True)
class Tally:
    """Counts what was made towards what there is to make."""

    total: int
    report: Progress
    done: int = field(default=0)

    def step(self, job: Job) -> None:
        """One more is done with."""
        self.done += 1
        self.report(self.done, self.total, f"{job.document} {job.language.tag} {job.clinic.id}")


@dataclass(frozen=True, slots=True)
class Batch:
    """What pieces are made with. `refuses` says of a piece's findings whether they bar it; then nothing is kept.

    `texts` are those read already, if any.
    """

    project: Project
    plan: Plan
    store: Store
    jobs: int
    marking: Marking
    refuses: Refuses
    texts: Texts | None = None

    def make(self, wanted: list[Job], tally: Tally, problems: list[Diagnostic]) -> Iterator[PieceRecord]:
        """Make each job; what is wrong with no one piece goes to `problems`."""
        preparation = Preparation(self.project, self.plan.clinics, self.texts or Texts(self.project), self.marking)
        ready: list[Prepared] = []
        for job in wanted:
            prepared = preparation.prepare(job)
            if prepared.piece is None or self.refuses(job, prepared.diagnostics):
                tally.step(job)
                yield _record(prepared, prepared.diagnostics)
            else:
                ready.append(prepared)
        languages = [prepared.piece.language for prepared in ready if prepared.piece is not None]
        if ready and prepare_fonts(self.project, languages, problems):
            from pressroom.commands.building.preflight import not_checked

            problems += not_checked()
            yield from self._render(ready, tally)

    def _render(self, ready: list[Prepared], tally: Tally) -> Iterator[PieceRecord]:
        from pressroom.executor.local import render_all
        from pressroom.production.make import make, prepare_layout

        for layout in {one.piece.layout.name: one.piece.layout for one in ready if one.piece is not None}.values():
            prepare_layout(layout)
        for done, result in _rendered(ready, make, render_all, self.jobs):
            tally.step(done.job)
            found = (*done.diagnostics, *result.diagnostics)
            record = _record(done, found)
            if result.pdf is not None and not self.refuses(done.job, found):
                digest = self.store.add(result.pdf)
                path = piece_path(done.job, self.marking, result.kind, result.made_as)
                facts = replace(record.facts, sha256=digest)
                record = replace(record, path=path, pages=result.pages, facts=facts)
            yield record


def _rendered(ready: list[Prepared], make: MakeOne, render_all: RenderAll, jobs: int) -> Iterator[Done]:
    """Each piece with its result: of what differs by clinic or sheet alone one is made first, and tells its measures.

    Forty clinics of a document, and every sheet of a card, are then fitted for little more than one.
    """
    memos: dict[tuple[str, ...], Memo | None] = {}
    first = {_fitted_alike(one.job): number for number, one in reversed(list(enumerate(ready)))}
    leading = set(first.values())
    leaders, others = ([one for n, one in enumerate(ready) if (n in leading) is wanted] for wanted in (True, False))
    led = {_fitted_alike(one.job) for one in others}
    for batch, runs in ((leaders, []), (others, _runs(others, jobs))):
        pieces = [one.piece for one in batch if one.piece is not None]

        def made(number: int, piece: Piece, batch: list[Prepared] = batch) -> Rendered:
            return make(number, piece, memos.get(_fitted_alike(batch[number].job)))

        for result in render_all(pieces, made, jobs, runs):
            done = batch[result.number]
            if _fitted_alike(done.job) in led:
                memos.setdefault(_fitted_alike(done.job), result.memo)
            yield done, result


def _runs(ready: list[Prepared], jobs: int) -> list[list[int]]:
    """The numbers of pieces that are made one after another in one process: alike, not many, and work for every job."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for number, one in enumerate(ready):
        alike.setdefault(_fitted_alike(one.job), []).append(number)
    size = max(1, min(_LONGEST_RUN, ceil(len(ready) / jobs)))
    return [some[at : at + size] for some in alike.values() for at in range(0, len(some), size)]


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
    profile = hashlib.sha256(piece.profile).hexdigest() if piece.profile else ""
    facts = replace(record.facts, inputs=piece.control.inputs, version=piece.control.version)
    return replace(record, facts=facts, profile=profile)
