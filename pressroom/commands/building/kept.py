"""Decides if a piece that was made before is kept: it prints the same, and today's findings do not bar it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pressroom.planning.plan import Job
from pressroom.publish import PieceRecord

# Files of a layout whose lines are no places of a piece: what is found there is found again.
_OF_LAYOUT: Final = (".css", ".html")


def prints_today(record: PieceRecord, job: Job) -> bool:
    """True if the piece would print the same today."""
    return record.sources == job.sources or (_same_program(record, job) and record.key == job.key)


def as_today(record: PieceRecord, job: Job) -> PieceRecord | None:
    """The record with today's state and findings; None if the piece must be made again.

    While no file changed, that is the record. Otherwise the texts are read and checked. What was found when the piece
    was made stays, at today's lines: the piece has the same places in the same order.
    """
    if record.sources == job.sources:
        return record
    if not _same_program(record, job):
        return None
    # Imported here: a build with nothing to do parses nothing.
    from pressroom.planning.moved import at_places
    from pressroom.planning.prepare import prepare

    prepared, count = prepare(job), len(record.places)
    if prepared.piece is None or prepared.key != record.key or count > len(record.diagnostics):
        return None
    of_making, spans = record.diagnostics[len(record.diagnostics) - count :], prepared.content.spans
    if any(finding.span.path.endswith(_OF_LAYOUT) for finding in of_making):
        return None
    try:
        moved = [at_places(finding, at, spans) for finding, at in zip(of_making, record.places, strict=True)]
    except ValueError:
        return None
    state = "invented" if job.language.invented or prepared.state is None else prepared.state.name
    return replace(record, state=state, diagnostics=(*prepared.diagnostics, *moved), sources=job.sources)


def _same_program(record: PieceRecord, job: Job) -> bool:
    """True if the program that made a piece is this one; if not, its texts need not be read."""
    return record.sources.partition(".")[0] == job.sources.partition(".")[0]
