"""The gate before a release: every reason why a piece may not be released, as findings with a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pressroom.approval.evidence import Reason
from pressroom.approval.waivers import is_waived
from pressroom.commands.signing.approval_states import ApprovalStates
from pressroom.commands.signing.verdicts import Verdicts
from pressroom.content import Document
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout import Layout
from pressroom.planning.plan import Job

# What a control line and a file's name can bear, and nobody takes for a proof's.
_VERSION: Final = re.compile(r"[0-9]+(\.[0-9]+){0,3}[a-z]?")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = "0123456789"
_ACT: Final = "act"


@dataclass(frozen=True, slots=True)
class Gate:
    """Collects everything that bars a release: the verdict on the piece, and what its document and layout lack."""

    verdicts: Verdicts

    @property
    def states(self) -> ApprovalStates:
        """The approval states of the pieces."""
        return self.verdicts.states

    def reasons(self, job: Job) -> tuple[Diagnostic, ...]:
        """Everything that bars a release and can be known before the piece is rendered."""
        document, findings = self.states.workspace.document(job.path)
        layout = self.states.layout(job)
        if document is None or isinstance(layout, Diagnostic):
            return (*findings, *([layout] if isinstance(layout, Diagnostic) else []))
        bars = diagnostics_of(job, self.verdicts.on_piece(job.id).bars)
        if self.states.of(job)[0] is None:
            return bars
        return (*bars, *self._form(job, document, layout), *self._numbered(job))

    def refuses(self, job: Job, findings: Iterable[Diagnostic]) -> bool:
        """True where a finding of the making bars the piece: an error that no reviewer waived."""
        return bool(self.barring(job, findings))

    def barring(self, job: Job, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings that bar the piece."""
        _, state = self.states.of(job)
        waivers, signed = self.states.found.records.waivers, state.signed if state else ()
        return tuple(
            d for d in findings if d.bars and not is_waived(d, job.document, job.language.tag, waivers, signed)
        )

    def _form(self, job: Job, document: Document, layout: Layout) -> Iterator[Diagnostic]:
        """What the document itself lacks."""
        if document.pending:
            first, count = document.pending[0], len(document.pending)
            what = f"{count} blocks wait for a {first.pending}"
            hint = "a clinician confirms or corrects the words and removes the comment, then all sign"
            yield diagnostic("release-pending", first.span, what, hint)
        if layout.type_class == "card" and not any(panel.name == _ACT for panel in document.panels):
            hint = "add <!-- panel: act --> with what to do; signs alone are not a card"
            yield diagnostic("act-missing", Span(document.path), f"{job.product.name} is a card without {_ACT!r}", hint)
        yield from _notice(job, layout, printed="notice" in self.states.asked(job))
        if not _VERSION.fullmatch(document.front.version):
            span = Span(document.path, document.front.lines.get("version", 1))
            yield diagnostic("version", span, f"{document.front.version!r} is not a version", 'write it as "1.0"')

    def _numbered(self, job: Job) -> Iterator[Diagnostic]:
        """Numbers are what staff and recalls know a piece by: one document has each, and versions go up."""
        others = {j.document for j in self.states.jobs if j.front.number == job.front.number} - {job.document}
        if others:
            span = Span(self.states.workspace.relative(job.path), job.front.lines.get("number", 1))
            message = f"{' and '.join(sorted(others))} has the number {job.front.number} too"
            yield diagnostic("number-twice", span, message, "give one of them a number of its own; all sign it again")
        log = [piece for release in self.states.found.records.releases for piece in release.pieces]
        mine = [p.facts.version for p in log if (p.document, p.locale) == (job.document, job.language.tag)]
        latest = max(mine, key=_order, default="")
        if latest and _VERSION.fullmatch(job.front.version) and _order(job.front.version) < _order(latest):
            span = Span(self.states.workspace.relative(job.path), job.front.lines.get("version", 1))
            message = f"version {job.front.version} is below {latest}, which was released"
            yield diagnostic(
                "version", span, message, "raise it: on paper the higher version is taken for the newer one"
            )


def _notice(job: Job, layout: Layout, *, printed: bool) -> Iterator[Diagnostic]:
    """The notice of language services is legal text: only what the clinic supplied, where the layout prints it."""
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
    return tuple((int(part.rstrip(_LETTERS)), part.lstrip(_DIGITS)) for part in version.split("."))


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
