"""Computes the `Case` and the `ApprovalState` of each job. Nothing is rendered for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.approval import ApprovalState, Case, State, Wording, approval_state_of, state_of, together, wording_of
from pressroom.content import Block, Document, Message
from pressroom.diagnostics import Diagnostic, Span
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.language import ENGLISH, font_mark
from pressroom.layout import Layout, Product, word_names
from pressroom.planning.assets import PICTURES
from pressroom.planning.fonts import all_families
from pressroom.planning.plan import Job
from pressroom.planning.versions import own_facts
from pressroom.project import locations_of
from pressroom.workspace.records import ProjectRecords
from pressroom.workspace.workspace import LAYOUTS, Workspace

_NOWHERE: Final = Span("")
Id = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the pieces of all clinics have in common; whether they print the emergency number and all addresses."""

    wording: Wording
    words: State
    look: str
    emergency: bool
    places: bool


@dataclass(slots=True)
class ApprovalStates:
    """Computes states of approval; what the pieces of all clinics share is computed once."""

    workspace: Workspace
    today: date
    jobs: tuple[Job, ...]
    _english: dict[tuple[str, str, str], Job] = field(default_factory=dict)
    _done: dict[Id, tuple[Case | None, ApprovalState | None]] = field(default_factory=dict)

    @property
    def found(self) -> ProjectRecords:
        """Everybody's records."""
        return self.workspace.records()

    def of(self, job: Job) -> tuple[Case | None, ApprovalState | None]:
        """The case and approval state of a job; None where its texts or layout can't be read."""
        if job.id not in self._done:
            self._done[job.id] = self._of(job)
        return self._done[job.id]

    def english(self, job: Job) -> Job | None:
        """The English of the same piece; that of another product where this one is never made in English alone."""
        if not self._english:
            self._english |= {(j.document, j.clinic.id, ""): j for j in self.jobs if j.language.tag == ENGLISH}
            self._english |= {
                (j.document, j.clinic.id, j.product.name): j for j in self.jobs if j.language.tag == ENGLISH
            }
        piece = job.document, job.clinic.id
        return self._english.get((*piece, job.product.name)) or self._english.get((*piece, ""))

    def _of(self, job: Job) -> tuple[Case | None, ApprovalState | None]:
        case = self.case(job)
        if case is None:
            return None, None
        approved = True
        if job.language.tag != ENGLISH:
            english = self.english(job)
            _, source = self.of(english) if english is not None else (None, None)
            approved = source is not None and source.name == "approved" and not source.recalls
        return case, approval_state_of(case, self.found.records, self.today, english_approved=approved)

    def case(self, job: Job) -> Case | None:
        """All that the state of a job is computed from, beside the records and today."""
        shared = self.workspace.files.once(("approval", *job.id[:2], job.product.name), lambda: self._shared(job))
        if shared is None:
            return None
        return Case(
            document=job.document,
            locale=job.language.tag,
            product=job.product.name,
            clinic=job.clinic.id,
            wording=shared.wording,
            words=shared.words,
            look=shared.look,
            emergency=job.clinic.emergency if shared.emergency else "",
            review_by=job.front.review_by,
            imprint=self._imprint(job, places=shared.places),
        )

    def _shared(self, job: Job) -> _Shared | None:
        """What a job has in common with the same piece for other clinics; None if its texts or layout can't be read."""
        document, _ = self.workspace.document(job.path)
        words, problems = self.workspace.words()
        if document is None or problems or isinstance(self.layout(job), Diagnostic):
            return None
        text, own = self.workspace.text(job.document, job.language), self.workspace.text(LAYOUTS, job.language)
        if text.translation is None or own.translation is None:
            return None
        printed = self.printed(job, words)
        state = state_of(document.messages, text.translation, text.drafts)
        return _Shared(
            wording=wording_of(document, text.translation, {job.product.name: printed}, own.translation),
            words=together(state, state_of(printed, own.translation, own.drafts)),
            look=self._look(job, document),
            # No template is given the emergency number: only messages can print it.
            emergency=any("{emergency}" in message.msgid for message in (*document.messages, *printed)),
            places="places" in self.asked(job),
        )

    def printed(self, job: Job, words: dict[str, Message]) -> tuple[Message, ...]:
        """The layouts' words on the job's product, and on the one that takes its place if it does not fit."""
        return tuple(words[name] for name in word_names(self.asked(job), words))

    def asked(self, job: Job) -> frozenset[str]:
        """What the job's layout, and that of the product that takes its place, may print beside the document.

        A template is given nothing else, so that it can print nothing that is not signed.
        """
        other = self._otherwise(job)
        layouts = [self.layout(job), *([self.workspace.layout(other.layout)] if other is not None else [])]
        return frozenset(name for layout in layouts if isinstance(layout, Layout) for name in layout.printed)

    def layout(self, job: Job) -> Layout | Diagnostic:
        """The job's layout, or why it can't be used."""
        return self.workspace.layout(job.product.layout)

    def _otherwise(self, job: Job) -> Product | None:
        """The product that takes the place of the job's own where that does not fit."""
        return self.workspace.products().value.get(job.product.otherwise)

    def _imprint(self, job: Job, *, places: bool) -> str:
        """The hash of what a piece says of its clinic, beside the emergency number, and of where it can be read."""
        clinics = locations_of(job.clinic, self.workspace.clinics().value) if places else ()
        # Whatever a clinic has that a piece may say; not what is signed elsewhere, and not its place in the file.
        parts = [repr(replace(job.clinic, span=_NOWHERE, emergency="", notices=(), locations=()))]
        parts += [repr(replace(clinic, span=_NOWHERE, notices=(), locations=())) for clinic in clinics]
        logo = job.clinic.logo or self.workspace.brand_logo().value
        parts += [self._hash_of(self.workspace.root / logo.path)] if logo else []
        address = self.workspace.project.address_of(job.document, job.language.tag)
        return fingerprint(*parts, address)[:32]

    def _look(self, job: Job, document: Document) -> str:
        """The hash of how a piece looks: its layout, what layouts share, brand, art, pictures, notices, its fonts.

        What the project itself says of the language belongs to it.
        """
        layouts, listing = self.workspace.root / "layouts", self.workspace.files.listing
        products = [job.product, *([other] if (other := self._otherwise(job)) is not None else [])]
        beside = listing((self.workspace.root / document.path).parent, "**/*")
        files = [layouts / "brand.toml", layouts / "art" / f"{document.front.art}.toml"]
        files += listing(layouts / "shared", "**/*")
        files += [file for product in products for file in self.workspace.layout_files(product.layout)]
        files += [file for file in beside if file.suffix.lower() in PICTURES]
        clinics = self.workspace.clinics().value if "notice" in self.asked(job) else ()
        return fingerprint(
            own_facts(job.language),
            repr([(clinic.id, clinic.notices) for clinic in clinics]),
            *(repr((p.layout, p.sheet, p.flip, p.inks)) for p in products),
            repr([(panel.name, _shape(panel.blocks)) for panel in document.panels]),
            *(font_mark(face) for family in all_families([job.language]) for face in family.faces),
            *(part for file in dict.fromkeys(files) for part in (self.workspace.relative(file), self._hash_of(file))),
        )[:32]

    def _hash_of(self, file: Path) -> str:
        """The file's hash; ends of lines are no part of a text's look."""
        data = self.workspace.files.data(file, optional=True).value
        if data is None:
            return "absent"
        return content_hash(data if file.suffix.lower() in PICTURES else data.replace(b"\r\n", b"\n"))


def _shape(blocks: Sequence[Block]) -> list[object]:
    """What blocks are beside their words: headings, lists and items, pictures."""
    return [(b.kind, b.level, b.ordered, b.source, _shape(b.children)) for b in blocks]
