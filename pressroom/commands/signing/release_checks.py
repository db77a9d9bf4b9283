"""Checks a piece before its release: every reason why it may not be released, as findings with a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase, digits
from typing import Final

from pressroom.approval.evidence import Reason
from pressroom.approval.waiving import is_waived
from pressroom.commands.signing.cases import printed_names
from pressroom.commands.signing.verdicts import Verdicts
from pressroom.content import Document
from pressroom.counted import counted
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout import Layout
from pressroom.planning.plan import Job
from pressroom.project import unfilled

# A version that fits a control line and a file name, and that can't be confused with a proof's.
_VERSION: Final = re.compile(r"[0-9]+(\.[0-9]+){0,3}[a-z]?")


def release_bars(verdicts: Verdicts, job: Job) -> tuple[Diagnostic, ...]:
    """Everything that bars a release before the piece is rendered: the verdict, and what document and layout lack."""
    document, findings = verdicts.workspace.document(job.path)
    layout = verdicts.workspace.layout(job.product.layout)
    if document is None or isinstance(layout, Diagnostic):
        return (*findings, *([layout] if isinstance(layout, Diagnostic) else []))
    bars = diagnostics_of(job, verdicts.on_piece(job.id).bars)
    if verdicts.piece(job.id).case is None:
        return bars
    notice = _notice(job, layout, printed="notice" in printed_names(verdicts.workspace, job))
    placeholder = filter(None, [unfilled(job.clinic)])
    return (*bars, *placeholder, *_document_lacks(job, document, layout), *notice, *_number_conflicts(verdicts, job))


def unwaived_errors(verdicts: Verdicts, job: Job, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """A piece's findings that bar it: errors that no reviewer waived."""
    state = verdicts.piece(job.id).state
    waivers, signed = verdicts.evidence.records.waivers, state.signed if state else ()
    return tuple(d for d in findings if d.bars and not is_waived(d, job.document, job.language.tag, waivers, signed))


def _document_lacks(job: Job, document: Document, layout: Layout) -> Iterator[Diagnostic]:
    """What the document itself lacks."""
    yield from slot_bars(document)
    if document.pending:
        first, count = document.pending[0], len(document.pending)
        what = f"{counted(count, 'block waits', 'blocks wait')} for a {first.pending}"
        hint = "a clinician confirms or corrects the words and removes the comment, then all sign"
        yield diagnostic("release-pending", first.span, what, hint)
    if layout.type_class == "card" and not any(panel.name == "act" for panel in document.panels):
        hint = "add <!-- panel: act --> with what to do; signs alone are not a card"
        at = document.panels[-1].span if document.panels else Span(document.path)
        yield diagnostic("act-missing", at, f"{job.product.name} is a card without an act panel", hint)
    if not _VERSION.fullmatch(document.front.version):
        span = Span(document.path, document.front.lines.get("version", 1))
        yield diagnostic("version", span, f"{document.front.version!r} is not a version", 'write it as "1.0"')


def slot_bars(document: Document) -> Iterator[Diagnostic]:
    """A finding for each slot of a document."""
    for slot in document.slots:
        hint = "write the sentence in place of the comment, or remove the block; then all sign"
        yield diagnostic("release-slot", slot.span, "a sentence awaits a clinician", hint)


def _number_conflicts(verdicts: Verdicts, job: Job) -> Iterator[Diagnostic]:
    """Staff and recalls identify a piece by its number: no two documents share one, and versions go up."""
    workspace, lines = verdicts.workspace, job.front.lines
    path, documents = workspace.relative(job.path), workspace.documents().usable
    others = {name for name, (_, front) in documents.items() if front.number == job.front.number} - {job.document}
    if others:
        message = f"{' and '.join(sorted(others))} has the number {job.front.number} too"
        hint = "give one of them a number of its own; all sign it again"
        yield diagnostic("number-twice", Span(path, lines.get("number", 1)), message, hint)
    released = verdicts.evidence.versions.get((job.document, job.language.tag), ())
    latest = max(released, key=_order, default="")
    if latest and _VERSION.fullmatch(job.front.version) and _order(job.front.version) < _order(latest):
        message = f"version {job.front.version} is below {latest}, which was released"
        hint = "raise it: on paper the higher version is taken for the newer one"
        yield diagnostic("version", Span(path, lines.get("version", 1)), message, hint)


def _notice(job: Job, layout: Layout, *, printed: bool) -> Iterator[Diagnostic]:
    """The notice of language services is legal text: the clinic supplies it, and the layout prints it."""
    tag = job.language.tag
    if job.front.notice and not printed:
        hint = "print it in the layout's template: {% macro NAME(notice) %}{{ notice }}{% endmacro %}"
        yield diagnostic("notice-missing", Span(layout.path), f"{layout.name} has no room for the notice", hint)
    if (job.front.notice or printed) and not job.clinic.notice(tag):
        message = f"{job.clinic.name} has supplied no notice of language services in {tag}"
        hint = f'set {tag} = "…" in [{job.clinic.id}.notice], in the clinic\'s own words; it is never drafted'
        yield diagnostic("notice-missing", job.clinic.span, message, hint)


def _order(version: str) -> tuple[tuple[int, str], ...]:
    """Versions in order: 1.9, 1.10, 1.10a."""
    return tuple((int(part.rstrip(ascii_lowercase)), part.lstrip(digits)) for part in version.split("."))


def name_of(job: Job) -> str:
    """A piece in words: `dvt-pe in es (flyer, utah-vascular-clinic)`."""
    return f"{job.document} in {job.language.tag} ({job.product.name}, {job.clinic.id})"


def diagnostics_of(job: Job, reasons: Iterable[Reason]) -> tuple[Diagnostic, ...]:
    """The reasons of a verdict as findings at the piece's title; an expired date at its own line."""
    title = job.front.title.span
    late = Span(title.path, job.front.lines.get("review-by", title.line))
    return tuple(
        diagnostic(r.code, late if r.code == "expired" else title, f"{name_of(job)}: {r.message}", r.hint)
        for r in reasons
    )
