"""What there is to make: every document in every language for every clinic as every product, as `Job`s.

Nothing heavy is imported here, and few documents are read beyond their front matter: a build with nothing to do ends
after this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pressroom.content import FrontMatter
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.language import ENGLISH, Language, Registry, UnknownLanguage, find_invented
from pressroom.layout import WEB, Layout, Product, collective, place_panels
from pressroom.planning.keys import key_of
from pressroom.project import Clinic
from pressroom.workspace.documents import Documents
from pressroom.workspace.workspace import Workspace

INVENTED: Final = "it is invented, has no catalogs, and is only ever a proof: publish.py build --locale {}"


class UsageError(Exception):
    """Something was asked for that the project does not have; `hint` says what it has."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for; an empty field asks for everything."""

    documents: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    clinics: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One piece to be made. `wanted` is False if the request does not ask for it."""

    document: str
    path: Path
    front: FrontMatter
    language: Language
    clinic: Clinic
    product: Product
    wanted: bool
    workspace: Workspace = field(repr=False, compare=False)

    @property
    def id(self) -> tuple[str, str, str, str]:
        """Document, locale, clinic, product."""
        return self.document, self.language.tag, self.clinic.id, self.product.name

    @property
    def key(self) -> str:
        """A hash of everything the piece is made from, never of a date; it is computed when it is asked for."""
        return key_of(self.workspace, self.path, self.language, self.clinic, self.product)


@dataclass(frozen=True, slots=True)
class Plan:
    """All pieces of a project, what is wrong before any is made, and the names a request may use."""

    jobs: tuple[Job, ...]
    clinics: tuple[Clinic, ...]
    diagnostics: tuple[Diagnostic, ...]
    refused: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)

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
    """Plan every piece of the project; those the request does not ask for are there too, not wanted.

    A document's products are its usual ones, those asked for by name (`all`, `press` and `gray` are every such one
    that it can have), and those `published`: documents and products of which there are editions already. Its languages
    are the project's and those `invented`, which are made only if they are asked for by name.

    Raises:
        UsageError: the request names what there is not.
    """
    request = replace(request, locales=tuple(_tag(workspace.registry(), name) for name in request.locales))
    known, clinics, products = workspace.languages(), workspace.clinics(), workspace.products()
    languages, documents = (*known.value, *invented), workspace.documents()
    _check_awaiting(workspace, request, languages)
    _check_request(request, documents, languages, clinics.value, products.value)
    named = _named(request, products.value)
    findings = [*workspace.shared_findings()]
    jobs: list[Job] = []
    for name, (path, front) in documents.usable.items():
        extra = _extra(request, name, front, products.value, published)
        chosen, problems = _products_of(workspace, path, front, extra)
        findings += problems
        for product in chosen:
            for language in _spoken(workspace, product, languages):
                for clinic in clinics.value:
                    wanted = _wanted(request, name, language, clinic) and (not named or product.name in named)
                    jobs.append(Job(name, path, front, language, clinic, product, wanted, workspace))
    findings += _no_address(workspace, jobs)
    return Plan(tuple(jobs), clinics.value, tuple(findings), documents.refused)


def _no_address(workspace: Workspace, jobs: Iterable[Job]) -> Iterator[Diagnostic]:
    """A note if a layout has a place for the code of an address, and the project has no address."""
    layouts = [workspace.layout(name) for name in dict.fromkeys(job.product.layout for job in jobs)]
    bears_codes = any("address" in layout.printed for layout in layouts if isinstance(layout, Layout))
    if not workspace.project.address and bears_codes:
        hint = 'set address = "https://…/{document}-{locale}" once there is one that will never change'
        yield diagnostic("address-missing", Span("pyproject.toml"), "no piece bears a code", hint)


def _products_of(
    workspace: Workspace, path: Path, front: FrontMatter, extra: Mapping[str, bool]
) -> tuple[list[Product], list[Diagnostic]]:
    """A document's usual products, and of the extra ones those it can have, with findings.

    An extra product that it can't have is a finding if the document was asked for it by name (True).
    """
    products = workspace.products().value
    chosen = [products[name] for name in front.products if name in products]
    span, hint = Span(workspace.relative(path), front.lines["products"]), f"there are {', '.join(products)}"
    unknown = [name for name in front.products if products and name not in products]
    findings = [diagnostic("product-unknown", span, f"no product is called {name!r}", hint) for name in unknown]
    for name, asked in extra.items():
        against = reasons_against(workspace, path, products[name])
        chosen += [] if against else [products[name]]
        findings += against if asked else []
    return chosen, findings


def reasons_against(workspace: Workspace, path: Path, product: Product) -> list[Diagnostic]:
    """Why the document at `path` can't have this product; nothing if it can, or if it can't be read at all."""
    layout = workspace.layout(product.layout)
    if isinstance(layout, Diagnostic):
        return [layout]
    document = workspace.document(path).value if layout.type_class != WEB else None
    return [] if document is None else place_panels(document, layout)[1]


def _spoken(workspace: Workspace, product: Product, languages: tuple[Language, ...]) -> tuple[Language, ...]:
    """The languages a product is made in: one that has English beside the locale is not made in English alone."""
    layout = workspace.layout(product.layout)
    bilingual = isinstance(layout, Layout) and layout.bilingual
    return tuple(language for language in languages if not (bilingual and language.tag == ENGLISH))


def _extra(
    request: Request,
    name: str,
    front: FrontMatter,
    products: Mapping[str, Product],
    published: Collection[tuple[str, str]],
) -> dict[str, bool]:
    """The products of a document beside its usual ones; True where it was asked for it by name."""
    asked = not request.documents or name in request.documents
    extra = {product: False for product in products if (name, product) in published}
    if asked:
        several = collective(products)
        extra |= {product: False for asked_for in request.products for product in several.get(asked_for, ())}
        extra |= {product: bool(request.documents) for product in request.products if product not in several}
    return {product: named for product, named in extra.items() if product not in front.products}


def locales_named(workspace: Workspace, names: Sequence[str]) -> tuple[Language, ...]:
    """The project's locales of these names, those that wait for a translator too; all of them if no name is given.

    Raises:
        UsageError: the project has no such locale.
        UnknownLanguage: there is no such language.
    """
    known = {language.tag: language for language in workspace.languages(awaiting=True).value if language.tag != ENGLISH}
    tags = [workspace.registry().find(name).tag for name in names]
    for name, tag in zip(names, tags, strict=True):
        if tag not in known:
            raise UsageError(f"no locale of this project is called {name!r}", _hint(name, known))
    return tuple(known[tag] for tag in tags or known)


def awaiting_asked(workspace: Workspace, request: Request) -> tuple[Language, ...]:
    """The locales that wait for a translator and are asked for by name: they can be checked, and are never built."""
    asked = {_tag(workspace.registry(), name) for name in request.locales}
    built = {language.tag for language in workspace.languages().value}
    every = workspace.languages(awaiting=True).value
    return tuple(language for language in every if language.tag in asked - built)


def _check_awaiting(workspace: Workspace, request: Request, languages: Iterable[Language]) -> None:
    for language in awaiting_asked(workspace, request):
        if language.tag not in {known.tag for known in languages}:
            message = f"{language.tag} awaits a translator: nothing is built in it yet"
            hint = f"its catalogs are ready in locales/{language.posix}; `check --locale {language.tag}` reads them"
            raise UsageError(message, f"{hint}; move its tag from awaiting to locales in pyproject.toml to build it")


def _check_request(
    request: Request,
    documents: Documents,
    languages: Iterable[Language],
    clinics: Iterable[Clinic],
    products: Mapping[str, Product],
) -> None:
    tags = {language.tag for language in languages}
    for asked, there, kind in (
        (request.documents, {*documents.usable, *documents.refused}, "document"),
        (request.locales, tags, "locale of this project"),
        (request.clinics, {clinic.id for clinic in clinics}, "clinic"),
        (request.products, {*products, *collective(products)}, "product"),
    ):
        for name in asked:
            if name not in there:
                raise UsageError(f"no {kind} is called {name!r}", _hint(name, there))


def _hint(name: str, there: Iterable[str]) -> str:
    if find_invented(name) is not None:
        return INVENTED.format(name)
    return f"there are {', '.join(sorted(there)) or 'none'}"


def _tag(registry: Registry, written: str) -> str:
    invented = find_invented(written)
    try:
        return invented.tag if invented is not None else registry.find(written).tag
    except UnknownLanguage:
        return written


def _named(request: Request, products: Mapping[str, Product]) -> frozenset[str]:
    """The products that a request names, alone or together."""
    several = collective(products)
    return frozenset(name for asked in request.products for name in several.get(asked, (asked,)))


def _wanted(request: Request, name: str, language: Language, clinic: Clinic) -> bool:
    return (
        (not request.documents or name in request.documents)
        and (language.tag in request.locales or not (request.locales or language.invented))
        and (not request.clinics or clinic.id in request.clinics)
    )
