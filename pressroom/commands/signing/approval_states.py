"""Where each piece stands today: jobs go in, their `Case` and `ApprovalState` come out. Nothing is rendered for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.approval import ApprovalState, Case, approval_state_of, state_of, together, wording_of
from pressroom.commands.signing.printed import (
    printed_words,
    prints_emergency,
    prints_notice,
    prints_places,
    without_remarks,
)
from pressroom.content import Block, Document, Message
from pressroom.diagnostics import Diagnostic, Span
from pressroom.language import font_mark
from pressroom.layout import (
    Layout,
    LayoutError,
    Product,
    layout_folders,
    read_brand_logo,
    read_layout,
    read_products,
)
from pressroom.planning.fonts import wanted_families
from pressroom.planning.keys import PICTURES
from pressroom.planning.plan import ENGLISH, Job
from pressroom.planning.versions import own_facts
from pressroom.project import Clinic, Logo, Project, file_text, locations_of, read_clinics
from pressroom.workspace.records import Found
from pressroom.workspace.texts import LAYOUTS, Texts

_NOWHERE: Final = Span("")
Id = tuple[str, str, str, str]


@dataclass(slots=True)
class ApprovalStates:
    """Computes standings; what several pieces share is read once."""

    project: Project
    texts: Texts
    found: Found
    today: date
    jobs: tuple[Job, ...]
    _english: dict[tuple[str, str, str], Job] = field(default_factory=dict)
    _looks: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _layouts: dict[str, Layout | Diagnostic] = field(default_factory=dict)
    _done: dict[Id, tuple[Case | None, ApprovalState | None]] = field(default_factory=dict)

    def of(self, job: Job) -> tuple[Case | None, ApprovalState | None]:
        """The case and standing of a job; none where its texts or layout can't be read."""
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
        document, _ = self.texts.document(job.path)
        words, problems = self.texts.words()
        layout = self.layout(job)
        if document is None or problems or isinstance(layout, Diagnostic):
            return None
        printed = self.printed(job, words)
        said = self.texts.said(document.name, document.messages, job.language)
        own = self.texts.said(LAYOUTS, tuple(words.values()), job.language)
        if said.translation is None or own.translation is None:
            return None
        state = state_of(document.messages, said.translation, said.drafts)
        return Case(
            document=document.name,
            locale=job.language.tag,
            product=job.product.name,
            clinic=job.clinic.id,
            wording=wording_of(document, said.translation, {job.product.name: printed}, own.translation),
            words=together(state, state_of(printed, own.translation, own.drafts)),
            look=self._look(job, document),
            emergency=job.clinic.emergency if prints_emergency(document, printed, self.templates(job)) else "",
            review_by=document.front.review_by,
            imprint=self._imprint(job),
        )

    def printed(self, job: Job, words: dict[str, Message]) -> tuple[Message, ...]:
        """The layouts' words on the job's product, and on the one that takes its place where it does not fit."""
        return printed_words(self.templates(job), words)

    def templates(self, job: Job) -> tuple[str, ...]:
        """What writes the job's product, and the one that takes its place: their templates, without remarks."""
        other = self._otherwise(job)
        layouts = [self.layout(job), *([self._layout(other.layout)] if other is not None else [])]
        texts = [text for layout in layouts if isinstance(layout, Layout) for text in layout.templates.values()]
        return without_remarks(texts)

    def layout(self, job: Job) -> Layout | Diagnostic:
        """The job's layout, or why it can't be used."""
        return self._layout(job.product.layout)

    def _otherwise(self, job: Job) -> Product | None:
        """The product that takes the place of the job's own where that does not fit."""
        if not job.product.otherwise:
            return None
        try:
            return read_products(self.project.root).get(job.product.otherwise)
        except LayoutError:
            return None

    def _imprint(self, job: Job) -> str:
        """The hash of what a piece says of its clinic, beside the emergency number, and of where it can be read."""
        own = job.clinic
        places = locations_of(own, self._clinics()) if prints_places(self.templates(job)) else ()
        # Whatever a clinic has that a piece may say, but what is signed elsewhere and where it stands in its file.
        said = [repr(replace(own, span=_NOWHERE, emergency="", notices=(), locations=()))]
        said += [repr(replace(place, span=_NOWHERE, notices=(), locations=())) for place in places]
        logo = own.logo or self._brand_logo()
        said += [_bytes_of(self.project.root / logo.path)] if logo else []
        address = self.project.address_of(job.document, job.language.tag)
        return hashlib.sha256("\x1e".join([*said, address]).encode()).hexdigest()[:32]

    def _brand_logo(self) -> Logo | None:
        try:
            return read_brand_logo(self.project.root)
        except LayoutError:
            return None

    def _layout(self, name: str) -> Layout | Diagnostic:
        if name not in self._layouts:
            try:
                self._layouts[name] = read_layout(self.project.root, name)
            except LayoutError as error:
                self._layouts[name] = error.problem
        return self._layouts[name]

    def _look(self, job: Job, document: Document) -> str:
        """The hash of how a piece looks: its layout, what layouts share, brand, art, pictures, notices, its fonts.

        What the project itself says of the language belongs to it.
        """
        own = own_facts(job.language)
        key = document.name, job.product.name, job.language.tag
        if key not in self._looks:
            layouts = self.project.root / "layouts"
            files = [layouts / "brand.toml", layouts / "art" / f"{document.front.art}.toml"]
            products = [job.product, *([other] if (other := self._otherwise(job)) is not None else [])]
            for folder in dict.fromkeys([layouts / "shared", *(f for p in products for f in self._folders(p))]):
                files += sorted(path for path in folder.rglob("*") if path.is_file())
            beside = (self.project.root / document.path).parent
            files += sorted(path for path in beside.rglob("*") if path.suffix.lower() in PICTURES)
            # Those it shows are among them by their own names: a linked folder is not walked into.
            files += [beside / source for panel in document.panels for source in _pictures(panel.blocks)]
            notices = prints_notice(self.templates(job))
            parts = [repr([(clinic.id, clinic.notices) for clinic in self._clinics()])] if notices else []
            parts += [own] if own else []
            parts += [repr((p.layout, p.sheet, p.flip, p.inks)) for p in products]
            parts += [repr([(panel.name, _shape(panel.blocks)) for panel in document.panels])]
            parts += [font_mark(face) for family in wanted_families([job.language]) for face in family.faces]
            parts += [f"{self.project.relative(file)}\x1f{_bytes_of(file)}" for file in files]
            self._looks[key] = hashlib.sha256("\x1e".join([job.product.layout, *parts]).encode()).hexdigest()[:32]
        return self._looks[key]

    def _folders(self, product: Product) -> tuple[Path, ...]:
        try:
            return layout_folders(self.project.root, product.layout)
        except LayoutError:
            return ()

    def _clinics(self) -> tuple[Clinic, ...]:
        text, _ = file_text(self.project.root, self.project.clinics_file)
        clinics, _ = read_clinics(text or "", "source/clinics.toml")
        return clinics


def _shape(blocks: Sequence[Block]) -> list[object]:
    """What blocks are beside their words: headings, lists and items, pictures."""
    return [(b.kind, b.level, b.ordered, b.source, _shape(b.children)) for b in blocks]


def _pictures(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from [block.source] if block.source else []
        yield from _pictures(block.children)


def _bytes_of(file: Path) -> str:
    """The file's hash; ends of lines are no part of a text's look."""
    if not file.is_file():
        return "absent"
    data = file.read_bytes()
    return hashlib.sha256(data if file.suffix.lower() in PICTURES else data.replace(b"\r\n", b"\n")).hexdigest()
