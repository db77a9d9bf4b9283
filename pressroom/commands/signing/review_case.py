"""Everything that is known of one document in one locale: its pieces, texts, records and findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pressroom.approval import ApprovalState, Case, SignOff, Wording, WordingLine, signoffs_in_force
from pressroom.approval.waivers import is_waived
from pressroom.catalog import Catalog
from pressroom.commands.signing.verdicts import Verdicts, verdicts_of
from pressroom.content import Document, Message
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH, Language
from pressroom.planning.plan import Job, Request, UsageError, make_plan
from pressroom.workspace.records import ProjectRecords, last_words, signoff_folder
from pressroom.workspace.workspace import LAYOUTS, Workspace


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """A document in a locale: a job for each of its pieces, and everything that is known of them.

    `problems` are what is wrong before anything is looked at: the project, its clinics, its records.
    """

    workspace: Workspace
    document: Document
    language: Language
    jobs: tuple[Job, ...]
    verdicts: Verdicts
    problems: tuple[Diagnostic, ...]

    @property
    def found(self) -> ProjectRecords:
        """Everybody's records."""
        return self.workspace.records()

    @property
    def folder(self) -> Path:
        """Where the records on the document in the locale are."""
        return signoff_folder(self.workspace.project, self.language.posix, self.document.name)

    def cases(self) -> list[tuple[Job, Case, ApprovalState]]:
        """Each piece with its case and state; a piece whose texts can't be read is not among them."""
        rows = [(job, *self.verdicts.states.of(job)) for job in self.jobs]
        return [(job, case, state) for job, case, state in rows if case is not None and state is not None]

    def wording(self) -> Wording | None:
        """All that the document says in the locale, with the layouts' words of each of its products."""
        cases = self.cases()
        if not cases:
            return None
        words = {product: lines for _, case, _ in cases for product, lines in case.wording.words.items()}
        first = cases[0][1].wording
        return Wording(first.lines, words, first.facts)

    def messages(self) -> tuple[Message, ...]:
        """The messages as they are numbered for people: the document's in its order, then the layouts' by product."""
        words, _ = self.workspace.words()
        jobs = {job.product.name: job for job in self.jobs}.values()
        own = [m for job in jobs for m in self.verdicts.states.printed(job, words)]
        return (*self.document.messages, *own)

    def catalogs(self) -> list[tuple[Catalog, tuple[Message, ...]]]:
        """The locale's catalogs of the document and of the layouts' words, each with its messages; none in English."""
        words, _ = self.workspace.words()
        rows: list[tuple[Catalog, tuple[Message, ...]]] = []
        for name, messages in ((self.document.name, self.document.messages), (LAYOUTS, tuple(words.values()))):
            catalog = None if self.language.tag == ENGLISH else self.workspace.catalog(name, self.language)[0]
            rows += [(catalog, messages)] if catalog is not None else []
        return rows

    def findings(self) -> list[Diagnostic]:
        """What the checks find in the locale's texts."""
        _, problems = self.workspace.document(self.jobs[0].path)
        found = list(problems)
        for name in (self.document.name, LAYOUTS):
            found += self.workspace.findings(name, self.language)
        return found

    def waived(self, finding: Diagnostic) -> bool:
        """True where a reviewer excused the finding."""
        state = next((state for _, _, state in self.cases()), None)
        signed = state.signed if state else ()
        return is_waived(finding, self.document.name, self.language.tag, self.found.records.waivers, signed)

    def errors(self) -> list[Diagnostic]:
        """The findings that bar a signature: errors nobody waived."""
        return [d for d in self.findings() if d.bars and not self.waived(d)]

    def signoffs(self, role: str = "") -> list[SignOff]:
        """The records on this document in this locale, that were not withdrawn or replaced, the earliest first."""
        stand = signoffs_in_force(self.found.records, self.document.name, self.language.tag)
        return [record for record in stand if role in ("", record.role)]

    def last_signed(self, role: str = "") -> tuple[SignOff, tuple[WordingLine, ...]] | None:
        """The last record whose words are still known, with them."""
        return last_words(self.workspace, self.signoffs(role))

    def is_mine(self, document: str, locale: str) -> bool:
        """True where these are the review case's document and locale."""
        return (document, locale) == (self.document.name, self.language.tag)


def open_review_case(
    workspace: Workspace, document: str, locale: str, today: date, products: tuple[str, ...] = ()
) -> ReviewCase | tuple[Diagnostic, ...]:
    """The review_case, or why the document can't be read.

    Raises:
        UsageError: there is no such document, locale or product.
        UnknownLanguage: there is no such language.
    """
    language = workspace.registry().find(locale)
    plan = make_plan(workspace, Request((document,), (language.tag,), (), products))
    jobs = tuple(job for job in plan.jobs if job.wanted)
    found = workspace.records()
    if document in plan.refused:
        return plan.refused[document]
    if not jobs:
        raise UsageError(*_no_piece(document, language.tag, [job for job in plan.jobs if job.document == document]))
    parsed, problems = workspace.document(jobs[0].path)
    if parsed is None:
        return tuple(problems)
    verdicts = verdicts_of(workspace, plan, today)
    return ReviewCase(workspace, parsed, language, jobs, verdicts, (*plan.diagnostics, *found.diagnostics))


def _no_piece(document: str, tag: str, jobs: list[Job]) -> tuple[str, str]:
    """Why a document has no piece in a language, and what to do."""
    usual = list(dict.fromkeys(job.product.name for job in jobs))
    if tag == ENGLISH and usual:
        message = f"{document} is made only with another language beside the English ({', '.join(usual)})"
        return message, "name a product in English alone in its front matter too: that is what a clinician signs"
    return f"{document} is made as no such product", "its front matter names its products"
