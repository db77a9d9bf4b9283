"""The gate before a release: a piece's standing and its texts go in, every reason not to release it comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pressroom.approval import ApprovalState, Case, last_day
from pressroom.commands.signing.approval_states import ApprovalStates
from pressroom.commands.signing.printed import prints_notice
from pressroom.commands.signing.waivers import Waivers
from pressroom.content import Document
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic
from pressroom.layout import Layout
from pressroom.planning.plan import ENGLISH, Job
from pressroom.workspace.records import EVERYTHING, Found

# What a control line and a file's name can bear, and nobody takes for a proof's.
_VERSION: Final = re.compile(r"[0-9]+(\.[0-9]+){0,3}[a-z]?")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = "0123456789"
_ACT: Final = "act"


@dataclass(frozen=True, slots=True)
class Gate:
    """Says of each job why it may not be released; no reason is the only way through."""

    standings: ApprovalStates
    waivers: Waivers

    def reasons(self, job: Job) -> tuple[Diagnostic, ...]:
        """Everything that stands against a release and can be known before the piece is rendered."""
        document, found = self.standings.texts.document(job.path)
        layout = self.standings.layout(job)
        if document is None or isinstance(layout, Diagnostic):
            return (*found, *([layout] if isinstance(layout, Diagnostic) else []))
        case, standing = self.standings.of(job)
        if case is None or standing is None:
            return (self._refuse(job, "unapproved", "its words can't be read", "run: publish.py check"),)
        reasons = [*unsure(self.standings.found, job), *standing_reasons(job, case, standing, self.standings.today)]
        if self.standings.english(job) is None and job.language.tag != ENGLISH:
            hint = "name a product in English alone in its front matter too: that is what a clinician signs"
            message = "it is made only with another language beside the English, and nobody can sign that alone"
            reasons.append(self._refuse(job, "unapproved", message, hint))
        reasons += [*self._form(job, document, layout), *self._numbered(job)]
        return tuple(reasons)

    def refuses(self, job: Job, findings: Iterable[Diagnostic]) -> bool:
        """True where a finding of the making bars the piece: an error that no reviewer waived."""
        return bool(self.barring(job, findings))

    def barring(self, job: Job, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings that bar the piece."""
        _, standing = self.standings.of(job)
        errors = [d for d in findings if d.severity is Severity.ERROR]
        return tuple(d for d in errors if not self.waivers.excuse(d, job.document, job.language, standing))

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
        yield from _notice(job, layout, self.standings.templates(job))
        if not _VERSION.fullmatch(document.front.version):
            span = Span(document.path, document.front.lines.get("version", 1))
            yield diagnostic("version", span, f"{document.front.version!r} is not a version", 'write it as "1.0"')

    def _numbered(self, job: Job) -> Iterator[Diagnostic]:
        """Numbers are what staff and recalls know a piece by: one document has each, and versions go up."""
        others = {j.document for j in self.standings.jobs if j.front.number == job.front.number} - {job.document}
        if others:
            span = Span(self.standings.project.relative(job.path), job.front.lines.get("number", 1))
            message = f"{' and '.join(sorted(others))} has the number {job.front.number} too"
            yield diagnostic("number-twice", span, message, "give one of them a number of its own; all sign it again")
        log = [piece for release in self.standings.found.records.releases for piece in release.pieces]
        mine = [p.facts.version for p in log if (p.document, p.locale) == (job.document, job.language.tag)]
        latest = max(mine, key=_order, default="")
        if latest and _VERSION.fullmatch(job.front.version) and _order(job.front.version) < _order(latest):
            span = Span(self.standings.project.relative(job.path), job.front.lines.get("version", 1))
            message = f"version {job.front.version} is below {latest}, which was released"
            yield diagnostic(
                "version", span, message, "raise it: on paper the higher version is taken for the newer one"
            )

    def _refuse(self, job: Job, code: str, message: str, hint: str) -> Diagnostic:
        return diagnostic(code, Span(self.standings.project.relative(job.path)), f"{name_of(job)}: {message}", hint)


def _notice(job: Job, layout: Layout, templates: tuple[str, ...]) -> Iterator[Diagnostic]:
    """The notice of language services is legal text: only what the clinic supplied, where the layout prints it."""
    printed, tag = prints_notice(templates), job.language.tag
    if job.front.notice and not printed:
        hint = "print it in the layout's template: {{ notice_slot() }}"
        yield diagnostic("notice-missing", Span(layout.path), f"{layout.name} has no room for the notice", hint)
    if (job.front.notice or printed) and not job.clinic.notice(tag):
        message = f"{job.clinic.name} has supplied no notice of language services in {tag}"
        hint = f'set {tag} = "…" in [{job.clinic.id}.notice], in the clinic\'s own words; it is never drafted'
        yield diagnostic("notice-missing", job.clinic.span, message, hint)


def _order(version: str) -> tuple[tuple[int, str], ...]:
    """Versions in order: 1.9, 1.10, 1.10a."""
    return tuple((int(part.rstrip(_LETTERS)), part.lstrip(_DIGITS)) for part in version.split("."))


def name_of(job: Job) -> str:
    """A piece as it is spoken of."""
    return f"{job.document} in {job.language.tag} ({job.product.name}, {job.clinic.id})"


def unsure(found: Found, job: Job) -> Iterator[Diagnostic]:
    """A reason where a record that takes something back can't be read: it could speak of this piece."""
    for place in (EVERYTHING, (job.document, job.language.tag), (job.document, ENGLISH)):
        if place in found.unsure:
            message = f"{name_of(job)}: a record that may take it back can't be read"
            yield diagnostic("record-broken", Span(job.path.name), message, "restore the records from version control")
            return


def standing_reasons(job: Job, case: Case, standing: ApprovalState, today: date) -> Iterator[Diagnostic]:
    """What people have not signed, and what dates and recalls forbid."""
    span, name = job.front.title.span, name_of(job)
    sign = f"publish.py sign {job.document} --locale {job.language.tag} --role"
    if standing.name != "approved":
        message = f"{name} is {standing.name}: {_lacks(case, standing)}"
        yield diagnostic("unapproved", span, message, _next_move(job, case, standing, sign))
    if standing.one_person:
        yield diagnostic("one-person", span, f"{name}: one person signed in two roles", "somebody else signs for one")
    if standing.stale:
        roles = " and ".join(standing.outdated)
        hint = f"read what changed and sign again: {sign} {standing.outdated[0]}"
        yield diagnostic("stale", span, f"{name}: the words changed since the {roles} signed", hint)
    if standing.name == "approved" and not standing.seen:
        hint = f"look at the new proof and sign again: {sign} {standing.signed[0].role}"
        what = _unseen(case, standing)
        yield diagnostic("look-unsigned", span, f"{name}: {what} changed since it was signed", hint)
    if standing.expired:
        late = (today - last_day(case.review_by)).days
        line = Span(span.path, job.front.lines.get("review-by", span.line))
        message = f"{name}: its review date {case.review_by} was {late} days ago"
        yield diagnostic("expired", line, message, "a clinician reads it again, sets a new date, and all sign")
    for recall in standing.recalls:
        message = f"{name} was recalled on {recall.dated} by {recall.name}: {recall.reason}"
        yield diagnostic("recalled", span, message, "correct it; all roles sign again, knowing of the recall")


def _unseen(case: Case, standing: ApprovalState) -> str:
    """What nobody who signed has looked at."""
    same = any(record.looks.get(case.product) == case.look for record in standing.signed)
    return f"what is printed of {case.clinic}, or where it can be read," if same else "the layout, a picture or a font"


def _next_move(job: Job, case: Case, standing: ApprovalState, sign: str) -> str:
    if case.words.untranslated or case.words.fuzzy:
        return f"translate them, build {job.document} --locale {job.language.tag}, then all sign"
    if standing.missing:
        return f"run: {sign} {standing.missing[0]}"
    return f"run: publish.py sign {job.document} --locale {ENGLISH} --role clinician"


def _lacks(case: Case, standing: ApprovalState) -> str:
    words = case.words
    if words.untranslated or words.fuzzy:
        return f"{words.untranslated} untranslated and {words.fuzzy} fuzzy of {words.messages} messages"
    if standing.name == "machine":
        return f"{words.machine} of {words.messages} messages are machine drafts that no translator signed"
    if standing.missing:
        return f"no {' and no '.join(standing.missing)} has signed these words"
    return "two roles were signed by one person" if standing.one_person else "the English is not approved"
