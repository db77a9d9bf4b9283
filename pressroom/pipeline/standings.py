"""Where each piece stands today: jobs go in, their `Case` and `Standing` come out. Nothing is rendered for it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.approval import Case, Standing, standing_of, state_of, together, wording_of
from pressroom.content import Document, Message
from pressroom.diagnostics import Diagnostic
from pressroom.layout import Layout, LayoutError, read_layout
from pressroom.pipeline.keys import PICTURES
from pressroom.pipeline.plan import ENGLISH, Job
from pressroom.pipeline.records import Found
from pressroom.pipeline.texts import LAYOUTS, Texts
from pressroom.pipeline.versions import own_facts
from pressroom.project import Project, read_clinics, read_text

# `word("phone")` in a template; a name that is not written out could be any, and then all words are printed.
_WORD = re.compile(r"\b(?:own_)?word\(\s*(?:\"([\w-]+)\"|'([\w-]+)')?")
_ENGINE_TEMPLATES: Final = Path(__file__).parent.parent / "compose" / "templates"
_NOTICE = re.compile(r"\bnotice(_slot\(\))?\s*[|}%]")
# Printed on proofs alone.
_OF_PROOFS: Final = frozenset({"draft"})
_NUMBER: Final = "{emergency}"
Id = tuple[str, str, str, str]


@dataclass(slots=True)
class Standings:
    """Computes standings; what several pieces share is read once."""

    project: Project
    texts: Texts
    found: Found
    today: date
    jobs: tuple[Job, ...]
    _english: dict[tuple[str, str, str], Job] = field(default_factory=dict)
    _looks: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _layouts: dict[str, Layout | Diagnostic] = field(default_factory=dict)
    _done: dict[Id, tuple[Case | None, Standing | None]] = field(default_factory=dict)

    def of(self, job: Job) -> tuple[Case | None, Standing | None]:
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

    def _of(self, job: Job) -> tuple[Case | None, Standing | None]:
        case = self.case(job)
        if case is None:
            return None, None
        approved = True
        if job.language.tag != ENGLISH:
            english = self.english(job)
            _, source = self.of(english) if english is not None else (None, None)
            approved = source is not None and source.name == "approved" and not source.recalls
        return case, standing_of(case, self.found.records, self.today, english_approved=approved)

    def case(self, job: Job) -> Case | None:
        """All that the state of a job is computed from, beside the records and today."""
        document, _ = self.texts.document(job.path)
        words, problems = self.texts.words()
        layout = self.layout(job)
        if document is None or problems or isinstance(layout, Diagnostic):
            return None
        printed = printed_words(layout, words)
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
            emergency=job.clinic.emergency if prints_emergency(document, printed, layout) else "",
            review_by=document.front.review_by,
        )

    def layout(self, job: Job) -> Layout | Diagnostic:
        """The job's layout, or why it can't be used."""
        name = job.product.layout
        if name not in self._layouts:
            try:
                self._layouts[name] = read_layout(self.project.root, name)
            except LayoutError as error:
                self._layouts[name] = error.problem
        return self._layouts[name]

    def _look(self, job: Job, document: Document) -> str:
        """The hash of how a document looks on a product: layout, what layouts share, brand, art, pictures, notices.

        What the project itself says of the language belongs to it.
        """
        own = own_facts(job.language)
        key = document.name, job.product.name, own
        if key not in self._looks:
            layouts = self.project.root / "layouts"
            files = [layouts / "brand.toml", layouts / "art" / f"{document.front.art}.toml"]
            for folder in (layouts / "shared", self.project.layout_folder(job.product.layout)):
                files += sorted(path for path in folder.rglob("*") if path.is_file())
            beside = (self.project.root / document.path).parent
            files += sorted(path for path in beside.rglob("*") if path.suffix.lower() in PICTURES)
            layout = self.layout(job)
            notices = prints_notice(layout) if isinstance(layout, Layout) else False
            parts = [self._notices()] if notices else []
            parts += [own] if own else []
            parts += [f"{self.project.relative(file)}\x1f{_bytes_of(file)}" for file in files]
            self._looks[key] = hashlib.sha256("\x1e".join([job.product.layout, *parts]).encode()).hexdigest()[:32]
        return self._looks[key]

    def _notices(self) -> str:
        """Every clinic's notice: what is signed for one clinic is signed for all."""
        text, _ = read_text(self.project.clinics_file, "source/clinics.toml")
        clinics, _ = read_clinics(text or "", "source/clinics.toml")
        return repr([(clinic.id, clinic.notices) for clinic in clinics])


def printed_words(layout: Layout, words: dict[str, Message]) -> tuple[Message, ...]:
    """The layouts' own words that a layout prints on a release, found in its templates."""
    engine = [path.read_text(encoding="utf-8") for path in sorted(_ENGINE_TEMPLATES.glob("*.html"))]
    own = [match for text in layout.templates.values() for match in _WORD.finditer(text)]
    named = {match[1] or match[2] for match in own}
    if None in named:
        return tuple(message for name, message in words.items() if name not in _OF_PROOFS)
    named |= {match[1] or match[2] for text in engine for match in _WORD.finditer(text)}
    return tuple(message for name, message in words.items() if name in named - _OF_PROOFS)


def prints_emergency(document: Document, words: Sequence[Message], layout: Layout) -> bool:
    """True where a piece prints the emergency number."""
    written = any(_NUMBER in message.msgid for message in (*document.messages, *words))
    return written or any("clinic.emergency" in text for text in layout.templates.values())


def prints_notice(layout: Layout) -> bool:
    """True where a layout has room for the clinic's notice of language services."""
    return any(_NOTICE.search(text) for text in layout.templates.values())


def _bytes_of(file: Path) -> str:
    """The file's hash; ends of lines are no part of a text's look."""
    if not file.is_file():
        return "absent"
    data = file.read_bytes()
    return hashlib.sha256(data if file.suffix.lower() in PICTURES else data.replace(b"\r\n", b"\n")).hexdigest()
