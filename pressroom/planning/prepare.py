"""A job made ready: its texts, layout and clinic are read into a `Piece`, or the reasons to refuse it come out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pressroom.approval import State, state_of
from pressroom.catalog import Translation
from pressroom.compose import Control, Piece
from pressroom.compose.piece import Marking
from pressroom.content import Document, Message
from pressroom.content.check import undefined_placeholders
from pressroom.diagnostics import Diagnostic, Span, bars_proof, diagnostic
from pressroom.fingerprint import fingerprint
from pressroom.layout import Layout, place_panels
from pressroom.planning.pictures import clinic_logo, document_pictures
from pressroom.planning.plan import Job
from pressroom.planning.press_profile import press_profile
from pressroom.planning.versions import own_facts
from pressroom.project import Read, locations_of, placeholder_values
from pressroom.units import ZERO, mm
from pressroom.workspace.workspace import ENGLISH, LAYOUTS, LocaleText, Workspace

# Around the trim, for what runs over it (3 mm, the trade's rule).
BLEED: Final = mm(3)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A job, its piece (none where it is refused), the state of its words, and what is to be said already."""

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
        """The piece of a job; a text that must not be printed, an absent catalog or layout refuses it."""
        document, found = self.workspace.document(job.path)
        words, word_problems = self.workspace.words()
        layout = self._layout(job.product.layout)
        problems = [*found, *word_problems, *([layout] if isinstance(layout, Diagnostic) else [])]
        if document is None or isinstance(layout, Diagnostic) or word_problems:
            return Prepared(job, None, None, tuple(problems))
        said = self.workspace.text(document.name, job.language)
        own = self.workspace.text(LAYOUTS, job.language)
        problems += [*said.diagnostics, *own.diagnostics]
        problems += [f for name in (document.name, LAYOUTS) for f in self.workspace.findings(name, job.language)]
        images, image_problems = document_pictures(self.workspace, document)
        known = placeholder_values(job.clinic)
        logo, logo_problems = clinic_logo(self.workspace, job.clinic)
        problems += [
            *image_problems,
            *logo_problems,
            *undefined_placeholders((*document.messages, *words.values()), known),
        ]
        if said.translation is None or own.translation is None:
            return Prepared(job, None, None, tuple(problems))
        state = state_of(document.messages, said.translation, said.drafts)
        problems += _notes(job, said, state)
        profile, wrong = press_profile(self.workspace) if job.product.inks else Read(b"")
        problems += wrong
        if bars_proof(problems):
            return Prepared(job, None, state, tuple(problems))
        piece = Piece(
            document=document,
            translation=said.translation,
            language=job.language.set_for(layout.type_class),
            languages=self.workspace.registry(),
            clinic=job.clinic,
            places=locations_of(job.clinic, self.workspace.clinics().value),
            product=job.product.name,
            layout=layout,
            brand=self.workspace.brand().value,
            words=words,
            said=own.translation,
            control=self._control(job, document, said.translation, own.translation, tuple(words.values()), layout),
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
        """The piece with the one that takes its place where it does not fit."""
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

    def _control(
        self,
        job: Job,
        document: Document,
        said: Translation,
        own: Translation,
        words: tuple[Message, ...],
        layout: Layout,
    ) -> Control:
        """The control lines; the hash is of the words, the layout and the clinic, not of any file's bytes."""
        parts = [f"{m.context or ''}\x04{m.msgid}\x04{said.of(m).text}" for m in document.messages]
        parts += [f"{m.msgid}\x04{own.of(m).text}" for m in words]
        parts += [*layout.templates.values(), *(sheet.text for sheet in layout.stylesheets)]
        parts += [
            *filter(None, [own_facts(job.language)]),
            repr(placeholder_values(job.clinic)),
            document.front.version,
            document.front.date,
            document.front.review_by,
            # A line read from paper, or what is left of it, must not pass for that of a release.
            *(["PROOF"] if self.marking == "proof" else []),
        ]
        return Control(
            number=document.front.number,
            tag=job.language.tag,
            version="PROOF" if self.marking == "proof" else document.front.version,
            dated=document.front.date[:7],
            review_by=document.front.review_by[:7],
            inputs=fingerprint(*parts)[:8],
            title=document.front.title.msgid,
            language=job.language.english,
        )


def _notes(job: Job, said: LocaleText, state: State) -> list[Diagnostic]:
    notes: list[Diagnostic] = []
    path = said.translation.path if said.translation and job.language.tag != ENGLISH else ""
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
