"""Reads the texts, the layout and the clinic of a job into a `Piece`, or says why the job is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pressroom.approval import TranslationState, translation_state
from pressroom.catalog import Translation
from pressroom.catalog.checks.typed_numbers import check_typed_numbers
from pressroom.compose import Control, Piece
from pressroom.compose.piece import Marking
from pressroom.content import Document
from pressroom.content.check import undefined_placeholders
from pressroom.content.fields import FIELDS
from pressroom.counted import counted, form
from pressroom.diagnostics import Diagnostic, Span, bars_proof, diagnostic
from pressroom.drawing import UNKNOWN, PieceDrawing
from pressroom.fingerprint import fingerprint
from pressroom.language import ENGLISH
from pressroom.layout import Layout, Product, fallbacks, place_panels
from pressroom.layout.block_words import missing_words
from pressroom.planning.assets import clinic_logo, document_pictures, press_profile
from pressroom.planning.plan import Job
from pressroom.planning.versions import project_facts
from pressroom.project import Read, locations_of, placeholder_values
from pressroom.units import ZERO, mm
from pressroom.workspace.catalog_findings import catalog_findings
from pressroom.workspace.workspace import LAYOUTS, Workspace

# The usual bleed around the trim.
BLEED: Final = mm(3)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A job with its piece (None if it is refused), the state of its words, and its findings so far."""

    job: Job
    piece: Piece | None
    state: TranslationState | None
    diagnostics: tuple[Diagnostic, ...]


def prepare(job: Job, marking: Marking = "proof", signed: PieceDrawing = UNKNOWN) -> Prepared:
    """Read what a job's piece is made from. A text that must not be printed or a missing file refuses the job.

    `signed` is the drawing that people signed, which names a release in its control line.
    """
    workspace = job.workspace
    document, problems_of_document = workspace.document(job.path)
    words, word_problems = workspace.words()
    layout = _layout(workspace, job.product.layout)
    problems = [*problems_of_document, *word_problems, *([layout] if isinstance(layout, Diagnostic) else [])]
    if document is None or isinstance(layout, Diagnostic) or word_problems:
        return Prepared(job, None, None, tuple(problems))
    layout = layout.with_drawing(document.front.art)
    text, layout_text = workspace.text(document.name, job.language), workspace.text(LAYOUTS, job.language)
    problems += [*text.diagnostics, *layout_text.diagnostics]
    for name in (document.name, LAYOUTS):
        problems += catalog_findings(workspace, name, job.language)
    images, image_problems = document_pictures(workspace, document, job.language)
    logo, logo_problems = clinic_logo(workspace, job.clinic)
    problems += [*image_problems, *logo_problems]
    known = (*placeholder_values(job.clinic), *FIELDS)
    problems += undefined_placeholders((*document.messages, *words.values()), known)
    problems += missing_words(document, words)
    problems += place_panels(document, layout)[1]
    problems += check_typed_numbers((*document.messages, *words.values()), workspace.clinics().value)
    if text.translation is None or layout_text.translation is None:
        return Prepared(job, None, None, tuple(problems))
    state = translation_state(document.messages, text.translation, text.drafts)
    problems += [*_notes(job, text.translation, state), *_slots(job, document)]
    profile, profile_problems = press_profile(workspace) if job.product.inks == "cmyk" else Read(b"")
    problems += profile_problems
    if bars_proof(problems):
        return Prepared(job, None, state, tuple(problems))
    proof_letters = _proof_letters(job, text.translation, layout_text.translation, layout)
    letters = _release_letters(job, signed) if marking == "release" else proof_letters
    # Longer than 40 lines: a list of all that a piece is made from.
    piece = Piece(
        document=document,
        translation=text.translation,
        language=job.language.set_for(layout.type_class),
        languages=workspace.registry(),
        clinic=job.clinic,
        places=locations_of(job.clinic, workspace.clinics().value),
        product=job.product.name,
        layout=layout,
        brand=workspace.brand().value,
        brand_spans=workspace.brand_spans().value,
        words=words,
        layout_translation=layout_text.translation,
        control=_control(job, marking, letters),
        marking=marking,
        images=images | ({logo[0].path: logo[1]} if logo else {}),
        logo=logo[0] if logo else None,
        address=workspace.project.address_of(document.name, job.language.tag),
        bleed=BLEED if job.product.inks else ZERO,
        finish=job.product,
        profile=profile,
    )
    instead = [_made_as(piece, job, product) for product in fallbacks(workspace.products().value, job.product)]
    for other in reversed([other for other in instead if other is not None]):
        piece = replace(piece, instead=replace(other, instead=piece.instead))
    return Prepared(job, piece, state, tuple(problems))


def _made_as(piece: Piece, job: Job, product: Product) -> Piece | None:
    """The piece as another product; None if this product has no places for its panels."""
    layout = _layout(job.workspace, product.layout)
    if not isinstance(layout, Layout) or place_panels(piece.document, layout)[1]:
        return None
    layout, language = layout.with_drawing(piece.document.front.art), job.language.set_for(layout.type_class)
    return replace(piece, product=product.name, layout=layout, finish=product, language=language)


def _layout(workspace: Workspace, name: str) -> Layout | Diagnostic:
    """A layout, or why it can't be used: a fault of the brand concerns every layout."""
    return next(iter(workspace.brand().findings), None) or workspace.layout(name)


def _control(job: Job, marking: Marking, letters: str) -> Control:
    """The control lines; `letters` tell two papers apart that say the same otherwise."""
    front = job.front
    return Control(
        number=front.number,
        tag=job.language.tag,
        version="PROOF" if marking == "proof" else front.version,
        dated=front.date[:7],
        review_by=front.review_by[:7],
        inputs=letters,
        title=front.title.msgid,
        language=job.language.english,
    )


def _release_letters(job: Job, signed: PieceDrawing) -> str:
    """The letters of a release: of two that are drawn differently, or have other dates, they are never the same."""
    front = job.front
    return fingerprint(signed.base, signed.imprint, front.version, front.date, front.review_by)[:8]


def _proof_letters(job: Job, text: Translation, layout_text: Translation, layout: Layout) -> str:
    """The letters of a proof: of the words, the layout and the clinic, not of any file's bytes."""
    front = job.front
    words = [(m.context or "", m.msgid, text.of(m).text) for m in job.workspace.messages(job.document)]
    words += [("", m.msgid, layout_text.of(m).text) for m in job.workspace.messages(LAYOUTS)]
    return fingerprint(
        fingerprint(*(part for message in words for part in message)),
        fingerprint(*layout.templates.values()),
        fingerprint(*(sheet.text for sheet in layout.stylesheets)),
        project_facts(job.language),
        repr(placeholder_values(job.clinic)),
        front.version,
        front.date,
        front.review_by,
        # Even a torn control line of a proof must not pass for that of a release.
        "PROOF",
    )[:8]


def _slots(job: Job, document: Document) -> list[Diagnostic]:
    """The slots, said once, for the English."""
    if job.language.tag != ENGLISH or not document.slots:
        return []
    count = len(document.slots)
    message = f"{counted(count, 'sentence awaits', 'sentences await')} a clinician; the proof shows the room"
    return [diagnostic("slots", document.slots[0].span, message, "write the sentence, or remove the block")]


def _notes(job: Job, translation: Translation, state: TranslationState) -> list[Diagnostic]:
    notes: list[Diagnostic] = []
    total = counted(state.messages, "message")
    messages = job.workspace.messages(job.document)
    path = translation.path if job.language.tag != ENGLISH else ""
    if state.untranslated or state.fuzzy:
        parts = [(state.untranslated, "untranslated"), (state.fuzzy, "fuzzy")]
        counts = " and ".join(f"{count} {word}" for count, word in parts if count)
        message = f"{counts} of {total}; the proof shows their English, marked"
        spans = [text.span for m in messages if (text := translation.of(m)).status != "translated"]
        first = next((span for span in spans if span.path == path), Span(path))
        notes.append(diagnostic("incomplete", first, message, "translate them in any PO editor"))
    if state.machine:
        drafts = form(state.machine, "is a machine draft", "are machine drafts")
        message = f"{state.machine} of {total} {drafts}"
        notes.append(diagnostic("machine-draft", Span(path), message, "a translator reads every word and signs"))
    if job.language.tag == ENGLISH and state.pending:
        message = f"{state.pending} of {total} {form(state.pending, 'waits', 'wait')} for a clinician"
        first = next((m.span for m in messages if m.pending), Span(job.front.title.span.path))
        notes.append(diagnostic("pending", first, message, "a clinician confirms or corrects the words"))
    return notes
