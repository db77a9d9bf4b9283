"""Compares what a proof or release draws with what people signed: where the two differ, in words and as pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.approval.records import SignOff
from pressroom.approval.roles import may_sign_look
from pressroom.commands.building.kept import prints_today
from pressroom.commands.signing.release_checks import diagnostics_of, name_of
from pressroom.commands.signing.verdicts import Verdicts
from pressroom.counted import counted, form
from pressroom.diagnostics import Diagnostic, diagnostic
from pressroom.drawing import UNKNOWN, PieceDrawing, Rectangle
from pressroom.drawing.compare import Difference, boxes_of, differences
from pressroom.planning.plan import Job
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import published_bytes
from pressroom.workspace.signed_words import signed_marks

# How many differences a refusal lists; the review shows all.
_LISTED: Final = 5


def signed_drawings(verdicts: Verdicts, job: Job) -> tuple[PieceDrawing, ...]:
    """What reviewers and clinicians saw of a piece, the last one last."""
    state = verdicts.piece(job.id).state
    return state.drawings if state is not None else ()


def look_findings(verdicts: Verdicts, job: Job, record: PieceRecord, store: Store) -> tuple[Diagnostic, ...]:
    """Why a file that was made for a release draws something unsigned; empty if it is signed."""
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
        message = f"{name_of(job)}: and {counted(len(places) - _LISTED, 'more place')}"
        notes += (diagnostic("look-differs", span, message),)
    return (*reasons, *notes)


def changes_of_look(verdicts: Verdicts, job: Job, record: PieceRecord, store: Store) -> tuple[Difference, ...]:
    """Where a file differs from the drawing that was signed last; empty if the marks of one of them are lost."""
    signed = last_look(verdicts, job)
    if signed is None or len(record.marks) != 2:
        return ()
    drawing = signed.drawing_of(job.product.name, job.clinic.id)
    found: list[Difference] = []
    for name, marks in zip((drawing.base, drawing.imprint), record.marks, strict=True):
        before = signed_marks(verdicts.workspace, signed, name)
        with suppress(OSError):
            found += differences(before, store.text(marks)) if before else ()
    # What lies over a clinic's words is in both parts.
    return tuple(dict.fromkeys(found))


def last_look(verdicts: Verdicts, job: Job) -> SignOff | None:
    """The last sign-off of a reviewer or clinician who saw this piece."""
    state, log = verdicts.piece(job.id).state, verdicts.evidence.records.log
    looked = [r for r in (state.signed if state else ()) if may_sign_look(r.role)]
    seen = [r for r in looked if r.drawing_of(job.product.name, job.clinic.id).known]
    return max(seen, key=lambda r: (log.place(r.id), r.id), default=None)


@dataclass(frozen=True, slots=True)
class LookChange:
    """A proof that draws something else than the signed one: where, and pictures of its pages before and now."""

    job: Job
    places: tuple[Difference, ...]
    before: dict[int, bytes]
    now: dict[int, bytes]


def look_changes(verdicts: Verdicts, jobs: Iterable[Job], store: Store, *, dpi: int = 0) -> list[LookChange]:
    """The current proofs of these jobs that are not signed as they are; with `dpi`, pictures of where they differ."""
    known, found = store.manifest().by_id(), list[LookChange]()
    for job in jobs:
        record, drawings = known.get(job.id), signed_drawings(verdicts, job)
        if record is None or not drawings or record.drawing in (*drawings, UNKNOWN) or not prints_today(record, job):
            continue
        places = changes_of_look(verdicts, job, record, store)
        # The places of a card are in its own space, not on its sheet.
        shown = dpi and record.kind == "pdf" and not job.product.sheet
        before, now = _pictures(verdicts, job, record, places, store, dpi) if shown else ({}, {})
        found.append(LookChange(job, places, before, now))
    return found


def look_lines(verdicts: Verdicts, jobs: Iterable[Job], output: Path) -> Iterator[str]:
    """What people read of looks that changed since they were signed; a look that has no current proof is not known."""
    jobs, store = list(jobs), Store(output)
    signed = [job for job in jobs if signed_drawings(verdicts, job)]
    if not signed:
        return
    known = store.manifest().by_id()
    unknown = [job for job in signed if job.id not in known or not prints_today(known[job.id], job)]
    for change in look_changes(verdicts, [job for job in signed if job not in unknown], store):
        yield f"{name_of(change.job)}: drawn differently from what was signed"
        yield from (f"  {place.text}" for place in change.places[:_LISTED])
        if len(change.places) > _LISTED:
            yield f"  and {counted(len(change.places) - _LISTED, 'more place')}: {{command}} review shows them"
    if unknown:
        names = dict.fromkeys(f"{job.document} --locale {job.language.tag}" for job in unknown)
        pieces, they = counted(len(unknown), "signed piece"), form(len(unknown), "it looks", "they look")
        last = form(len(unknown), "its last proof: build it", "their last proof: build them")
        yield f"{pieces} changed since {last} to know if {they} the same"
        yield from (f"  {{command}} build {name}" for name in names)


def _pictures(
    verdicts: Verdicts, job: Job, record: PieceRecord, places: Iterable[Difference], store: Store, dpi: int
) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """The pages that differ, as they were signed and as they are now; a signed file that is lost is drawn in boxes."""
    from pressroom.postpress.marked_pages import marked_pages, outlined_page

    boxes: dict[int, list[Rectangle]] = {}
    for place in places:
        boxes.setdefault(place.page, []).append(place.box)
    now = marked_pages(published_bytes(store.current, record.path), boxes, dpi)
    signed = last_look(verdicts, job)
    if signed is None:
        return {}, now
    before = store.signed(signed.proofs.get(record.path, ""))
    if before is not None:
        return marked_pages(before, boxes, dpi), now
    drawing = signed.drawing_of(job.product.name, job.clinic.id)
    text = "".join(signed_marks(verdicts.workspace, signed, name) for name in (drawing.base, drawing.imprint))
    sizes, marks = boxes_of(text)
    return {n: outlined_page(sizes[n], marks[n], boxes[n], dpi) for n in sorted(boxes) if n in sizes}, now
