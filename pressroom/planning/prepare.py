"""Makes the `Piece` of a job: what all clinics share, with one clinic's own values; or says why the job is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pressroom.approval import TranslationState
from pressroom.compose import Piece
from pressroom.compose.piece import Marking
from pressroom.diagnostics import Diagnostic, bars_proof
from pressroom.drawing import UNKNOWN, PieceDrawing
from pressroom.fingerprint import fingerprint
from pressroom.planning.content import Content
from pressroom.planning.keys import Inputs, inputs_of, key_of, own_part
from pressroom.planning.plan import Job
from pressroom.planning.shared_part import SharedPart, shared_part


@dataclass(frozen=True, slots=True)
class Prepared:
    """A job with its piece (None if it is refused), the state of its words, and its findings so far.

    `key` hashes all that the piece is made from, `inputs` its parts; `content` has the places in it, `setting` is
    that of its shared part.
    """

    job: Job
    piece: Piece | None
    state: TranslationState | None
    diagnostics: tuple[Diagnostic, ...]
    key: str
    inputs: Inputs
    content: Content
    setting: str = ""


def prepare(job: Job, marking: Marking = "proof", signed: PieceDrawing = UNKNOWN) -> Prepared:
    """Read what a job's piece is made from. A text that must not be printed or a missing file refuses the job.

    `signed` is the drawing that people signed, which names a release in its control line.
    """
    workspace = job.workspace
    shared = shared_part(workspace, job.path, job.language, job.product)
    own = own_part(workspace, job.clinic, job.language, shared.printed)
    problems = (*shared.diagnostics, *own.diagnostics)
    inputs = inputs_of(workspace, shared, own, job.language)
    key = key_of(inputs, job.sources)
    if shared.piece is None or bars_proof(problems):
        return Prepared(job, None, shared.state, problems, key, inputs, Content(key))
    letters = _release_letters(job, signed) if marking == "release" else _proof_letters(shared, own.content)
    version = "PROOF" if marking == "proof" else job.front.version
    ours = {
        "clinic": own.clinic,
        "places": own.places,
        "control": replace(shared.piece.control, version=version, inputs=letters),
        "marking": marking,
        "images": shared.piece.images | own.images,
        "logo": own.logo,
    }
    content = Content(key, (*shared.content.spans, *own.content.spans))
    return Prepared(job, _with(shared.piece, ours), shared.state, problems, key, inputs, content, shared.setting)


def _with(piece: Piece, values: dict[str, object]) -> Piece:
    """The piece with these values, and the one that takes its place where its text does not fit."""
    instead = _with(piece.instead, values) if piece.instead is not None else None
    return replace(piece, **values, instead=instead)  # type: ignore[arg-type]


def _release_letters(job: Job, signed: PieceDrawing) -> str:
    """The letters of a release: of two that are drawn differently, or have other dates, they are never the same."""
    front = job.front
    return fingerprint(signed.base, signed.imprint, front.version, front.date, front.review_by)[:8]


def _proof_letters(shared: SharedPart, own: Content) -> str:
    """The letters of a proof: of everything that is printed, not of any file's bytes."""
    # Even a torn control line of a proof must not pass for that of a release.
    return fingerprint(shared.content.mark, own.mark, "PROOF")[:8]
