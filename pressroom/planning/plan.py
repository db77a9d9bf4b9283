"""Plans every piece of a project: a `Job` for each document, language, clinic and product.

Nothing heavy is imported here, and few documents are read beyond their front matter, because a build with nothing to do
ends after this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pressroom.content import FrontMatter
from pressroom.diagnostics import Diagnostic, Severity, diagnostic, worst
from pressroom.language import Language, UnknownLanguage, find_invented
from pressroom.layout import Layout, Product, collective
from pressroom.planning.keys import piece_key, piece_sources
from pressroom.planning.named import UsageError, names_there_are
from pressroom.planning.products import languages_of, products_of, requested_products
from pressroom.project import Clinic
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Request:
    """The names that the user gave; an empty field asks for everything."""

    documents: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    clinics: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A piece that can be made. `requested` is False if the request does not ask for it."""

    document: str
    path: Path
    front: FrontMatter
    language: Language
    clinic: Clinic
    product: Product
    requested: bool
    workspace: Workspace = field(repr=False, compare=False)

    @property
    def id(self) -> tuple[str, str, str, str]:
        """Document, locale, clinic, product."""
        return self.document, self.language.tag, self.clinic.id, self.product.name

    @property
    def key(self) -> str:
        """A hash of everything the piece is made from, computed on demand: its texts are read."""
        return piece_key(self.workspace, self.path, self.language, self.clinic, self.product)

    @property
    def sources(self) -> str:
        """A hash of the bytes of the files that it is read from, see `piece_sources`."""
        return piece_sources(self.workspace, self.path, self.language, self.clinic, self.product)


@dataclass(frozen=True, slots=True)
class Plan:
    """All pieces of a project, what is wrong before any is made, and the names a request may use.

    `refused` are the documents that can't be used, with the reasons; `faulty` are the clinics with a wrong table.
    """

    jobs: tuple[Job, ...]
    clinics: tuple[Clinic, ...]
    diagnostics: tuple[Diagnostic, ...]
    refused: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    faulty: frozenset[str] = frozenset()

    def refused_by(self, request: Request) -> tuple[str, ...]:
        """The documents and clinics that a request asks for and that can't be used, as `document NAME`."""
        documents = [name for name in self.refused if not request.documents or name in request.documents]
        clinics = [name for name in sorted(self.faulty) if not request.clinics or name in request.clinics]
        return (*(f"document {name}" for name in documents), *(f"clinic {name}" for name in clinics))

    @property
    def broken(self) -> bool:
        """True where a file that the plan is made from can't be used, so that pieces may be missing from it."""
        return bool(self.refused) or worst(self.diagnostics) is Severity.ERROR


def make_plan(
    workspace: Workspace,
    request: Request,
    published: Collection[tuple[str, str]] = (),
    invented: Collection[Language] = (),
) -> Plan:
    """Plan every piece of the project; those that the request does not ask for are planned too.

    A document's products are its usual ones, those that the request names (`all`, `press` and `gray` name several),
    and those `published`: documents and products that an edition has. Its languages are the project's and those
    `invented`, which are made only if the request names them.

    Raises:
        UsageError: the request names something that the project does not have.
    """
    request = replace(request, locales=tuple(_tag(workspace, name) for name in request.locales))
    languages = (*workspace.languages().value, *invented)
    _check_request(workspace, request, languages)
    documents, clinics, named = workspace.documents(), workspace.clinics().value, requested_products(workspace, request)
    asking = frozenset(request.clinics or (clinic.id for clinic in clinics))
    findings = list(workspace.shared_findings())
    jobs: list[Job] = []
    for name, (path, front) in documents.usable.items():
        chosen, problems = products_of(workspace, request, path, front, published)
        findings += problems
        for product in chosen:
            for language in languages_of(workspace, product, languages):
                asked = asking if _asks_for(request, name, language) and (not named or product.name in named) else ()
                jobs += [Job(name, path, front, language, one, product, one.id in asked, workspace) for one in clinics]
    _check_products(named, jobs, findings)
    findings += _no_address(workspace, jobs)
    return Plan(tuple(jobs), clinics, tuple(findings), documents.refused, faulty_clinics(workspace))


def _check_products(named: Collection[str], jobs: Sequence[Job], findings: Iterable[Diagnostic]) -> None:
    """Refuse products that suit no document, unless a finding says why."""
    if named and jobs and not any(job.product.name in named for job in jobs) and worst(findings) is not Severity.ERROR:
        product = min(named)
        hint = f"to see why, name a document: {{command}} build {jobs[0].document} --product {product}"
        raise UsageError(f"no document can be made as {product}", hint)


def _no_address(workspace: Workspace, jobs: Iterable[Job]) -> Iterator[Diagnostic]:
    """A note if a layout has a place for the code of an address, and the project has no address."""
    layouts = [workspace.layout(name) for name in dict.fromkeys([job.product.layout for job in jobs])]
    has_place = any("address" in layout.printed for layout in layouts if isinstance(layout, Layout))
    if not workspace.project.address and has_place:
        hint = 'set address = "https://…/{document}-{locale}" once there is one that will never change'
        yield diagnostic("address-missing", workspace.setting("address"), "no piece has a QR code", hint)


def requested_awaiting(workspace: Workspace, request: Request) -> tuple[Language, ...]:
    """The requested locales that wait for a translator: they can be checked, and are never built."""
    requested = {_tag(workspace, name) for name in request.locales}
    built = {language.tag for language in workspace.languages().value}
    every = workspace.languages(awaiting=True).value
    return tuple(language for language in every if language.tag in requested - built)


def _check_request(workspace: Workspace, request: Request, languages: Iterable[Language]) -> None:
    tags = {language.tag for language in languages}
    for language in requested_awaiting(workspace, request):
        if language.tag not in tags:
            message = f"{language.tag} awaits a translator: nothing is built in it yet"
            hint = f"its catalogs are ready in locales/{language.posix}; `check --locale {language.tag}` reads them"
            raise UsageError(message, f"{hint}; move its tag from awaiting to locales in pyproject.toml to build it")
    documents, products = workspace.documents(), workspace.products().value
    # A document that is asked for may be in a folder that can't be read: the plan's findings name the folder.
    unlisted = request.documents if documents.unlisted else ()
    # The same of a table of products that can't be used.
    untold = request.products if workspace.products().findings else ()
    for requested, known, kind in (
        (request.documents, {*documents.usable, *documents.refused, *unlisted}, "document"),
        (request.locales, tags, "locale of this project"),
        # A clinic with a faulty table is there, and its findings say why it has no pieces.
        (request.clinics, {*(clinic.id for clinic in workspace.clinics().value), *faulty_clinics(workspace)}, "clinic"),
        (request.products, {*products, *collective(products), *untold}, "product"),
    ):
        for name in requested:
            if name not in known:
                raise UsageError(f"no {kind} is called {name!r}", names_there_are(name, known))


def faulty_clinics(workspace: Workspace) -> frozenset[str]:
    """The names of the clinics whose tables have an error; no piece is made for them."""
    findings = [d for d in workspace.clinics().findings if d.subject and d.severity is Severity.ERROR]
    return frozenset(finding.subject.name for finding in findings if finding.subject)


def _tag(workspace: Workspace, written: str) -> str:
    invented = find_invented(written)
    try:
        return invented.tag if invented is not None else workspace.language_named(written).tag
    except UnknownLanguage:
        return written


def _asks_for(request: Request, name: str, language: Language) -> bool:
    return (not request.documents or name in request.documents) and (
        language.tag in request.locales or not (request.locales or language.invented)
    )
