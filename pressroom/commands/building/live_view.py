"""Prepares what a live view shows: a piece of a document in a language, with the fonts that it is set in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pressroom.catalog.model import Key
from pressroom.commands.building.live_fonts import LiveFonts
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic
from pressroom.language import Language, find_invented
from pressroom.planning.named import UsageError, names_there_are
from pressroom.planning.plan import Job
from pressroom.planning.prepare import Prepared, prepare
from pressroom.planning.setting import setting_of
from pressroom.production.live_proof import LiveTask
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LiveView:
    """What is open in a browser: a document in a locale (a tag), as a product, for a clinic (its id).

    `itself` asks for the product as it is, although another takes its place where its text does not fit.
    """

    document: str
    locale: str
    product: str
    clinic: str
    itself: bool = False


@dataclass(frozen=True, slots=True)
class PreparedView:
    """A view with its task; None if it can't be drawn now, and then `findings` say why.

    `key` is another one for another piece. `texts` are the printed texts of the document's messages.
    """

    task: LiveTask | None
    findings: tuple[Diagnostic, ...]
    key: str
    texts: dict[Key, tuple[str, str]] = field(default_factory=dict)

    @property
    def reason(self) -> Diagnostic | None:
        """Why it can't be drawn: its first error."""
        return next((finding for finding in self.findings if finding.severity is Severity.ERROR), None)

    def is_drawn_as(self, other: PreparedView) -> bool:
        """True if both are drawn, as the same picture."""
        if self.task is None or other.task is None:
            return False
        return (self.key, self.task.fonts) == (other.key, other.task.fonts)


def prepare_view(workspace: Workspace, view: LiveView, fonts: LiveFonts) -> PreparedView:
    """Read what a view shows. The workspace reads again only what changed since.

    Raises:
        UsageError: the project has no such document, language, clinic or product.
    """
    job = _job(workspace, view)
    if isinstance(job, Diagnostic):
        return PreparedView(None, (job,), "")
    prepared = prepare(job)
    if prepared.piece is None:
        return PreparedView(None, prepared.diagnostics, prepared.key)
    path, problems = fonts.of(workspace, job.language)
    findings = (*prepared.diagnostics, *problems)
    if not path:
        return PreparedView(None, findings, prepared.key)
    task = LiveTask(prepared.piece, setting_of(prepared), view.itself, path)
    return PreparedView(task, findings, prepared.key, _texts(prepared))


def _texts(prepared: Prepared) -> dict[Key, tuple[str, str]]:
    """The text and status of each message."""
    if prepared.piece is None:
        return {}
    translation = prepared.piece.translation
    found = {message.key: translation.of(message) for message in prepared.piece.document.messages}
    return {key: (one.text, one.status) for key, one in found.items()}


def _job(workspace: Workspace, view: LiveView) -> Job | Diagnostic:
    """The job of a view; a finding if its document is there and can't be used."""
    documents, products = workspace.documents(), workspace.products()
    if refused := documents.refused.get(view.document):
        return refused[0]
    if products.findings:
        return products.findings[0]
    language = _language(workspace, view.locale)
    clinics = {clinic.id: clinic for clinic in workspace.clinics().value}
    if view.document not in documents.usable:
        raise _unknown("document", view.document, documents.usable)
    if view.product not in products.value:
        raise _unknown("product", view.product, products.value)
    if view.clinic not in clinics:
        if errors := [one for one in workspace.clinics().findings if one.severity is Severity.ERROR]:
            return errors[0]
        raise _unknown("clinic", view.clinic, clinics)
    path, front = documents.usable[view.document]
    product = products.value[view.product]
    return Job(view.document, path, front, language, clinics[view.clinic], product, True, workspace)


def _language(workspace: Workspace, tag: str) -> Language:
    """A language of the project, one that waits for a translator, or an invented one."""
    if (invented := find_invented(tag)) is not None:
        return invented
    known = {language.tag: language for language in workspace.languages(awaiting=True).value}
    if tag not in known:
        raise _unknown("locale of this project", tag, known)
    return known[tag]


def _unknown(kind: str, name: str, known: Iterable[str]) -> UsageError:
    return UsageError(f"no {kind} is called {name!r}", names_there_are(name, known))


def machine_fault(reason: str, hint: str, *, machine: bool) -> Diagnostic:
    """The finding of a worker that could not draw."""
    return diagnostic("machine-failed" if machine else "render-crashed", Span(""), reason, hint)
