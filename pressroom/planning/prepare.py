"""Prepares a job: reads its texts, layout and clinic into a `Piece`, or says why it is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pressroom.approval import State, state_of
from pressroom.catalog import Translation
from pressroom.compose import Control, Piece
from pressroom.compose.piece import Marking
from pressroom.content.check import undefined_placeholders
from pressroom.diagnostics import Diagnostic, Span, bars_proof, diagnostic
from pressroom.fingerprint import fingerprint
from pressroom.language import ENGLISH
from pressroom.layout import Layout, place_panels
from pressroom.planning.pictures import clinic_logo, document_pictures
from pressroom.planning.plan import Job
from pressroom.planning.press_profile import press_profile
from pressroom.planning.versions import own_facts
from pressroom.project import Read, locations_of, placeholder_values
from pressroom.units import ZERO, mm
from pressroom.workspace.workspace import LAYOUTS, LocaleText, Workspace

# Around the trim, for what runs over it (3 mm, the trade's rule).
BLEED: Final = mm(3)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A job with its piece (None if it is refused), the state of its words, and its findings so far."""

    job: Job
    piece: Piece | None
    state: State | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Preparation:
    """Prepares the jobs of one build."""

    workspace: Workspace
    marking: Marking = "proof"

    def prepare(self, job: Job) -> Prepared:
        """The piece of a job. A text that must not be printed, or a catalog or layout that is not there, refuses it."""
        document, problems_of_document = self.workspace.document(job.path)
        words, word_problems = self.workspace.words()
        layout = self._layout(job.product.layout)
        problems = [*problems_of_document, *word_problems, *([layout] if isinstance(layout, Diagnostic) else [])]
        if document is None or isinstance(layout, Diagnostic) or word_problems:
            return Prepared(job, None, None, tuple(problems))
        text = self.workspace.text(document.name, job.language)
        layout_text = self.workspace.text(LAYOUTS, job.language)
        problems += [*text.diagnostics, *layout_text.diagnostics]
        problems += [f for name in (document.name, LAYOUTS) for f in self.workspace.findings(name, job.language)]
        images, image_problems = document_pictures(self.workspace, document)
        known = placeholder_values(job.clinic)
        logo, logo_problems = clinic_logo(self.workspace, job.clinic)
        problems += [
            *image_problems,
            *logo_problems,
            *undefined_placeholders((*document.messages, *words.values()), known),
        ]
        if text.translation is None or layout_text.translation is None:
            return Prepared(job, None, None, tuple(problems))
        state = state_of(document.messages, text.translation, text.drafts)
        problems += _notes(job, text, state)
        profile, wrong = press_profile(self.workspace) if job.product.inks else Read(b"")
        problems += wrong
        if bars_proof(problems):
            return Prepared(job, None, state, tuple(problems))
        piece = Piece(
            document=document,
            translation=text.translation,
            language=job.language.set_for(layout.type_class),
            languages=self.workspace.registry(),
            clinic=job.clinic,
            places=locations_of(job.clinic, self.workspace.clinics().value),
            product=job.product.name,
            layout=layout,
            brand=self.workspace.brand().value,
            words=words,
            said=layout_text.translation,
            control=self._control(job, text.translation, layout_text.translation, layout),
            marking=self.marking,
            images=images | ({logo[0].path: logo[1]} if logo else {}),
            logo=logo[0] if logo else None,
            address=self.workspace.project.address_of(document.name, job.language.tag),
            bleed=BLEED if job.product.inks else ZERO,
            finish=job.product,
            profile=profile,
        )
        return Prepared(job, self._with_other(piece, job), state, tuple(problems))

    def _with_other(self, piece: Piece, job: Job) -> Piece:
        """The piece with the one that takes its place if it does not fit."""
        other = self.workspace.products().value.get(job.product.otherwise)
        if other is None:
            return piece
        layout = self._layout(other.layout)
        if isinstance(layout, Diagnostic) or place_panels(piece.document, layout)[1]:
            return piece
        language = job.language.set_for(layout.type_class)
        instead = replace(piece, product=other.name, layout=layout, finish=other, language=language)
        return replace(piece, instead=instead)

    def _layout(self, name: str) -> Layout | Diagnostic:
        """A layout, or why it can't be used: a fault of the brand is one of every layout."""
        return next(iter(self.workspace.brand().findings), None) or self.workspace.layout(name)

    def _control(self, job: Job, translation: Translation, layout_words: Translation, layout: Layout) -> Control:
        """The control lines; the hash is of the words, the layout and the clinic, not of any file's bytes."""
        front, proof = job.front, self.marking == "proof"
        words = [(m.context or "", m.msgid, translation.of(m).text) for m in self.workspace.messages(job.document)]
        words += [("", m.msgid, layout_words.of(m).text) for m in self.workspace.messages(LAYOUTS)]
        inputs = fingerprint(
            fingerprint(*(part for message in words for part in message)),
            fingerprint(*layout.templates.values()),
            fingerprint(*(sheet.text for sheet in layout.stylesheets)),
            own_facts(job.language),
            repr(placeholder_values(job.clinic)),
            front.version,
            front.date,
            front.review_by,
            # A line read from paper, or what is left of it, must not pass for that of a release.
            "PROOF" if proof else "",
        )
        return Control(
            number=front.number,
            tag=job.language.tag,
            version="PROOF" if proof else front.version,
            dated=front.date[:7],
            review_by=front.review_by[:7],
            inputs=inputs[:8],
            title=front.title.msgid,
            language=job.language.english,
        )


def _notes(job: Job, text: LocaleText, state: State) -> list[Diagnostic]:
    notes: list[Diagnostic] = []
    path = text.translation.path if text.translation and job.language.tag != ENGLISH else ""
    if state.untranslated or state.fuzzy:
        parts = [(state.untranslated, "untranslated"), (state.fuzzy, "fuzzy")]
        counts = " and ".join(f"{count} {word}" for count, word in parts if count)
        message = f"{counts} of {state.messages} messages; the proof shows their English, marked"
        notes.append(diagnostic("incomplete", Span(path), message, "translate them in any PO editor"))
    if state.machine:
        message = f"{state.machine} of {state.messages} messages are machine drafts"
        notes.append(diagnostic("machine-draft", Span(path), message, "a translator reads every word and signs"))
    if job.language.tag == ENGLISH and state.pending:
        message = f"{state.pending} of {state.messages} messages wait for a clinician"
        span = Span(job.front.title.span.path)
        notes.append(diagnostic("pending", span, message, "a clinician confirms or corrects the words"))
    return notes
