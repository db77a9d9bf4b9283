"""Everything that is known about a document in a locale: its pieces, texts, records and findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pressroom.approval import ApprovalState, Case, Records, SignOff, Wording, WordingLine, signoffs_in_force
from pressroom.approval.reasons import NO_ENGLISH_PIECE
from pressroom.approval.waiving import is_waived
from pressroom.approval.wording import merged
from pressroom.catalog import Catalog
from pressroom.commands.signing.cases import printed_words
from pressroom.commands.signing.verdicts import Verdicts, verdicts_of
from pressroom.content import Document, Message
from pressroom.diagnostics import Diagnostic, DiagnosticError
from pressroom.language import ENGLISH, Language
from pressroom.planning.named import UsageError
from pressroom.planning.plan import Job, Plan, Request, make_plan
from pressroom.workspace.catalog_findings import catalog_findings
from pressroom.workspace.records import signoff_folder
from pressroom.workspace.signed_words import last_words
from pressroom.workspace.workspace import LAYOUTS, Workspace


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """A document in a locale, with a job for each of its pieces and the verdicts on them.

    `problems` are what is wrong with the project itself, its clinics and its records.
    """

    workspace: Workspace
    document: Document
    language: Language
    jobs: tuple[Job, ...]
    verdicts: Verdicts
    problems: tuple[Diagnostic, ...]

    @property
    def records(self) -> Records:
        """All records of the project that count today."""
        return self.verdicts.evidence.records

    @property
    def folder(self) -> Path:
        """The folder of the records on the document in the locale."""
        return signoff_folder(self.workspace.project, self.language.posix, self.document.name)

    def cases(self) -> list[tuple[Case, ApprovalState]]:
        """The case and state of each piece whose texts can be read."""
        pieces = [self.verdicts.piece(job.id) for job in self.jobs]
        return [(p.case, p.state) for p in pieces if p.case is not None and p.state is not None]

    def wording(self) -> Wording | None:
        """Everything that the document says in the locale, with the layouts' words of each of its products."""
        cases = self.cases()
        return merged([case.wording for case, _ in cases]) if cases else None

    def messages(self) -> tuple[Message, ...]:
        """The messages in the order of their numbers: the document's, then the layouts' by product."""
        jobs = {job.product.name: job for job in self.jobs}.values()
        return (*self.document.messages, *(word for job in jobs for word in printed_words(self.workspace, job)))

    def catalogs(self) -> list[tuple[Catalog, tuple[Message, ...]]]:
        """The locale's catalogs of the document and of the layouts' words, each with its messages; none in English."""
        if self.language.tag == ENGLISH:
            return []
        rows = ((self.document.name, self.document.messages), (LAYOUTS, self.workspace.messages(LAYOUTS)))
        catalogs = [(self.workspace.catalog(name, self.language).value, messages) for name, messages in rows]
        return [(catalog, messages) for catalog, messages in catalogs if catalog is not None]

    def findings(self) -> list[Diagnostic]:
        """What the checks find in the locale's texts."""
        findings = list(self.workspace.document(self.jobs[0].path).findings)
        for name in (self.document.name, LAYOUTS):
            findings += catalog_findings(self.workspace, name, self.language)
        return findings

    def waived(self, finding: Diagnostic) -> bool:
        """True if a reviewer excused the finding."""
        signed = next((state.signed for _, state in self.cases()), ())
        return is_waived(finding, self.document.name, self.language.tag, self.records.waivers, signed)

    def errors(self) -> list[Diagnostic]:
        """The findings that bar a signature: errors that no reviewer waived."""
        return [d for d in self.findings() if d.bars and not self.waived(d)]

    def signoffs(self, role: str = "") -> list[SignOff]:
        """The sign-offs that were neither withdrawn nor replaced, in a role if one is given, the earliest first."""
        in_force = signoffs_in_force(self.records, self.document.name, self.language.tag)
        return [record for record in in_force if role in ("", record.role)]

    def last_signed(self, role: str = "") -> tuple[SignOff, tuple[WordingLine, ...]] | None:
        """The last sign-off whose words are still known, with the words."""
        return last_words(self.workspace, self.signoffs(role))


def open_review_case(
    workspace: Workspace, document: str, locale: str, today: date, products: tuple[str, ...] = ()
) -> ReviewCase:
    """The review case of a document in a locale, with all its products unless some are named."""
    language = workspace.language_named(locale)
    plan = make_plan(workspace, Request((document,), (language.tag,), (), products))
    jobs = tuple(job for job in plan.jobs if job.requested)
    if document in plan.refused:
        raise DiagnosticError(*plan.refused[document])
    if not jobs:
        raise _no_piece(document, language.tag, plan)
    parsed, findings = workspace.document(jobs[0].path)
    if parsed is None:
        raise DiagnosticError(*findings)
    problems = (*plan.diagnostics, *workspace.records().diagnostics)
    return ReviewCase(workspace, parsed, language, jobs, verdicts_of(workspace, plan, today), problems)


def _no_piece(document: str, tag: str, plan: Plan) -> UsageError:
    products = dict.fromkeys(job.product.name for job in plan.jobs if job.document == document)
    if tag == ENGLISH and products:
        message = f"{document} is made only with another language beside the English ({', '.join(products)})"
        return UsageError(message, NO_ENGLISH_PIECE)
    return UsageError(f"{document} is made as no such product", "its front matter names its products")
