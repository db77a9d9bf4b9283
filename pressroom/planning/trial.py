"""Composes pieces without setting their pages, and says what of their layouts a build would refuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pressroom.compose import ComposeError, Piece, compose, compose_web
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH
from pressroom.layout.style_variables import unset_variables
from pressroom.planning.plan import Job
from pressroom.planning.prepare import prepare


def trials(jobs: Iterable[Job]) -> dict[str, list[Job]]:
    """The jobs to try of each document: one for each layout, in English if it is asked for, for one clinic."""
    chosen: dict[str, dict[str, Job]] = {}
    for job in (job for job in jobs if job.requested):
        of_document = chosen.setdefault(job.document, {})
        before = of_document.get(job.product.layout)
        if before is None or job.language.tag == ENGLISH != before.language.tag:
            of_document[job.product.layout] = job
    return {document: list(layouts.values()) for document, layouts in chosen.items()}


def trial_findings(jobs: Iterable[Job]) -> Iterator[Diagnostic]:
    """What bars the proof of each of these jobs before its pages are set."""
    for job in jobs:
        prepared = prepare(job)
        yield from (finding for finding in prepared.diagnostics if finding.bars == "proof")
        if prepared.piece is not None:
            yield from _composed(prepared.piece)


def _composed(piece: Piece) -> Iterator[Diagnostic]:
    try:
        if piece.layout.file_kind == "html":
            compose_web(piece)
        else:
            yield from unset_variables(compose(piece).stylesheets)
    except ComposeError as error:
        yield from error.problems
