"""Waivers: a reviewer's record that excuses a finding in a message. Writes and lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pressroom.approval import Waiver
from pressroom.approval.records import WAIVER
from pressroom.approval.roles import TRANSLATOR
from pressroom.approval.same_person import is_same
from pressroom.approval.waiving import subject_hashes, waivable
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.commands.signing.signer import Signer, signer_problems, write_signed
from pressroom.diagnostics import Diagnostic, DiagnosticError, diagnostic
from pressroom.language import Language
from pressroom.workspace.records import people_hash
from pressroom.workspace.workspace import LAYOUTS, Workspace


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver; `holds` is False if the text changed since."""

    waiver: Waiver
    holds: bool


def waivers_of(workspace: Workspace, names: Iterable[str], languages: Iterable[Language]) -> tuple[Waived, ...]:
    """The waivers of these documents in these languages."""
    documents, by_tag = set(names), {language.tag: language for language in languages}
    waivers = workspace.records().records.waivers
    mine = [waiver for waiver in waivers if waiver.document in documents and waiver.locale in by_tag]
    return tuple(Waived(waiver, _holds(workspace, waiver, by_tag[waiver.locale])) for waiver in mine)


def waivable_finding(review_case: ReviewCase, signer: Signer, code: str, number: int, today: date) -> Diagnostic:
    """The finding of this code in the message of this number, if this person may waive it.

    `sign` and `review` number the messages.
    """
    span, keys = review_case.document.front.title.span, [message.key for message in review_case.messages()]
    problems = [*signer_problems(review_case.workspace, signer, review_case.language.tag, span, today)]
    if problems:
        raise DiagnosticError(*problems)
    if not 1 <= number <= len(keys):
        hint = f"there are {len(keys)}; `review` shows them"
        raise DiagnosticError(diagnostic("waiver", span, f"there is no message {number}", hint))
    for finding in review_case.findings():
        if finding.code == code and finding.subject is not None and finding.subject.key == keys[number - 1]:
            problem = _problem(review_case, signer, finding)
            if problem is not None:
                raise DiagnosticError(problem)
            return finding
    message = f"message {number} has no finding {code!r}"
    raise DiagnosticError(diagnostic("waiver", span, message, "run: {command} check"))


def write_waiver(review_case: ReviewCase, signer: Signer, finding: Diagnostic, reason: str, today: date) -> Path:
    """Write the record; returns its path. Raises SignatureError if the key is not one that the signer may use."""
    assert finding.subject is not None
    message, text = subject_hashes(finding.subject)
    record = Waiver(
        document=review_case.document.name,
        locale=review_case.language.tag,
        code=finding.code,
        message=message,
        text=text,
        quoted=finding.subject.translation,
        reason=" ".join(reason.split()),
        name=" ".join(signer.name.split()),
        qualification=" ".join(signer.qualification.split()),
        dated=today,
        principal=signer.principal,
        key=signer.fingerprint,
        people=people_hash(review_case.workspace),
        after=review_case.records.log.heads,
    )
    return write_signed(review_case.workspace, review_case.folder, WAIVER, record, signer)


def _problem(review_case: ReviewCase, signer: Signer, finding: Diagnostic) -> Diagnostic | None:
    if not finding.bars and not waivable(finding):
        return diagnostic("waiver", finding.span, f"{finding.code} bars nothing", "there is nothing to waive")
    if not waivable(finding):
        hint = "correct the translation; a text that says whom to call is never waived"
        return diagnostic("waiver", finding.span, f"{finding.code} can't be waived here", hint)
    if any(is_same(record.person, signer.person) for record in review_case.signoffs(TRANSLATOR)):
        message = f"{signer.name} translated it, and can't excuse it"
        return diagnostic("one-person", finding.span, message, "a reviewer waives")
    return None


def _holds(workspace: Workspace, waiver: Waiver, language: Language) -> bool:
    catalogs = [workspace.catalog(name, language).value for name in (waiver.document, LAYOUTS)]
    entries = [entry for catalog in catalogs if catalog is not None for entry in catalog.active]
    return any(subject_hashes(entry.subject) == (waiver.message, waiver.text) for entry in entries)
