"""Compares what a release draws with what people signed, and says where the two differ."""

from __future__ import annotations

from typing import Final

from pressroom.approval.records import SignOff
from pressroom.approval.roles import may_sign_look
from pressroom.commands.signing.release_checks import diagnostics_of, name_of
from pressroom.commands.signing.verdicts import Verdicts
from pressroom.diagnostics import Diagnostic, diagnostic
from pressroom.drawing import PieceDrawing
from pressroom.drawing.compare import Difference, differences
from pressroom.planning.plan import Job
from pressroom.publish import PieceRecord, Store
from pressroom.workspace.records import signed_marks

# How many differences a refusal lists; the review shows all.
_LISTED: Final = 5


def signed_drawings(verdicts: Verdicts, job: Job) -> tuple[PieceDrawing, ...]:
    """What reviewers and clinicians saw of a piece, the last one last."""
    state = verdicts.piece(job.id).state
    return state.drawings if state is not None else ()


def look_findings(verdicts: Verdicts, job: Job, record: PieceRecord, store: Store) -> tuple[Diagnostic, ...]:
    """Why a file that was made for a release draws something that nobody signed; empty if somebody signed it."""
    known = verdicts.with_drawings({job.id: record.drawing})
    state = known.piece(job.id).state
    if state is not None and record.drawing.known and state.seen:
        return ()
    reasons = diagnostics_of(job, [r for r in known.on_piece(job.id).bars if r.code == "look-unsigned"])
    span = job.front.title.span
    if not reasons:
        message = f"{name_of(job)}: what it draws can't be compared with what was signed"
        return (diagnostic("look-unsigned", span, message, "build it, look at the proof and sign again"),)
    places = changes_of_look(verdicts, job, record, store)
    notes = tuple(diagnostic("look-differs", span, f"{name_of(job)}: {place.text}") for place in places[:_LISTED])
    if len(places) > _LISTED:
        message = f"{name_of(job)}: and {len(places) - _LISTED} more places"
        notes += (diagnostic("look-differs", span, message),)
    return (*reasons, *notes)


def changes_of_look(verdicts: Verdicts, job: Job, record: PieceRecord, store: Store) -> tuple[Difference, ...]:
    """Where a file differs from the drawing that was signed last; empty if the marks of one of them are lost."""
    state = verdicts.piece(job.id).state
    looked = [r for r in (state.signed if state else ()) if may_sign_look(r.role)]
    for signed in reversed(looked):
        before = signed.drawing_of(job.product.name, job.clinic.id)
        if before.known and len(record.marks) == 2:
            return (
                *_part(verdicts, signed, before.base, record, store, 0),
                *_part(verdicts, signed, before.imprint, record, store, 1),
            )
    return ()


def _part(
    verdicts: Verdicts, signed: SignOff, name: str, record: PieceRecord, store: Store, at: int
) -> tuple[Difference, ...]:
    before = signed_marks(verdicts.workspace, signed, name)
    try:
        return differences(before, store.text(record.marks[at])) if before else ()
    except OSError:
        return ()
