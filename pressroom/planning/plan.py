"""What there is to make, and the key of each piece: a project and a request go in, `Job`s come out.

Nothing heavy is imported here, and no document is read beyond its front matter: a build with nothing to do ends
after this. A key is a hash of the bytes of everything a piece is made from, never of a date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pressroom.content import FrontMatter, read_front_matter
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language, Registry, UnknownLanguage, find_invented
from pressroom.layout import LayoutError, Product, collective, read_products
from pressroom.planning.brand_fonts import brand_fonts, branded
from pressroom.planning.keys import Keys
from pressroom.planning.product_choice import Shelf
from pressroom.project import Clinic, Project, file_text, read_clinics
from pressroom.workspace.documents import documents_of
from pressroom.workspace.languages import registry_of

ENGLISH: Final = "en"
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
    """One piece to be made; `key` changes with any byte it is made from. `wanted` is False where not asked for."""

    document: str
    path: Path
    front: FrontMatter
    language: Language
    clinic: Clinic
    product: Product
    key: str
    wanted: bool

    @property
    def id(self) -> tuple[str, str, str, str]:
        """Document, locale, clinic, product."""
        return self.document, self.language.tag, self.clinic.id, self.product.name


@dataclass(frozen=True, slots=True)
class Plan:
    """All pieces of a project, what is wrong before any is made, and the names a request may use."""

    jobs: tuple[Job, ...]
    clinics: tuple[Clinic, ...]
    diagnostics: tuple[Diagnostic, ...]
    refused: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)


def make_plan(
    project: Project,
    request: Request,
    standing: Collection[tuple[str, str]] = (),
    invented: Collection[Language] = (),
) -> Plan:
    """Plan every piece of the project; those the request does not ask for are there too, not wanted.

    A document's products are its usual ones, those asked for by name (`all`, `press` and `gray` are every such one
    that it can have), and those `standing`: documents and products of which there are editions already. Its languages
    are the project's and those `invented`, which are made only where they are asked for by name.

    Raises:
        UsageError: the request names what there is not.
    """
    problems: list[Diagnostic] = []
    request = replace(request, locales=tuple(_tag(registry_of(project), name) for name in request.locales))
    languages = (*languages_of(project, problems), *invented)
    clinics = _clinics(project, problems)
    products = _products(project, problems)
    documents, refused = documents_read(project)
    _check_awaiting(project, request, languages)
    _check_request(request, documents, refused, languages, clinics, products)
    meant = _meant(request, products)
    jobs, keys, shelf = [], Keys(project, clinics), Shelf(project, products)
    for name, (path, front) in documents.items():
        extra = _extra(request, name, front, products, standing)
        for product in shelf.products_of(path, front, extra, problems):
            for language in shelf.spoken(product, languages):
                for clinic in clinics:
                    key = keys.of(path, language, clinic, product)
                    wanted = _wanted(request, name, language, clinic) and (not meant or product.name in meant)
                    jobs.append(Job(name, path, front, language, clinic, product, key, wanted))
    if not project.address and shelf.bears_codes():
        hint = 'set address = "https://…/{document}-{locale}" once there is one that will never change'
        problems.append(diagnostic("address-missing", Span("pyproject.toml"), "no piece bears a code", hint))
    return Plan(tuple(jobs), clinics, tuple(problems), refused)


def _extra(
    request: Request,
    name: str,
    front: FrontMatter,
    products: Mapping[str, Product],
    standing: Collection[tuple[str, str]],
) -> dict[str, bool]:
    """The products of a document beside its usual ones; True where it was asked for it by name."""
    asked = not request.documents or name in request.documents
    extra = {product: False for product in products if (name, product) in standing}
    if asked:
        several = collective(products)
        extra |= {product: False for asked_for in request.products for product in several.get(asked_for, ())}
        extra |= {product: bool(request.documents) for product in request.products if product not in several}
    return {product: named for product, named in extra.items() if product not in front.products}


def languages_of(project: Project, problems: list[Diagnostic], *, awaiting: bool = False) -> tuple[Language, ...]:
    """English and the project's locales, and with `awaiting` those that wait for a translator.

    A locale the registry does not have is added to `problems`.
    """
    found: dict[str, Language] = {}
    registry, fonts = registry_of(project), brand_fonts(project, problems)
    for tag in (ENGLISH, *project.locales, *(project.awaiting if awaiting else ())):
        try:
            language = registry.find(tag)
            found.setdefault(language.tag, branded(language, fonts))
        except UnknownLanguage as error:
            hint = f"did you mean {error.near}?" if error.near else "see docs/reference/languages.md"
            problems.append(diagnostic("locale-unknown", Span("pyproject.toml"), str(error), hint))
    return tuple(found.values())


def awaiting_asked(project: Project, request: Request) -> tuple[Language, ...]:
    """The locales that wait for a translator and are asked for by name: they can be checked, and are never built."""
    asked = {_tag(registry_of(project), name) for name in request.locales}
    built = {language.tag for language in languages_of(project, [])}
    every = languages_of(project, [], awaiting=True)
    return tuple(language for language in every if language.tag in asked - built)


def _check_awaiting(project: Project, request: Request, languages: Iterable[Language]) -> None:
    for language in {one.tag: one for one in awaiting_asked(project, request)}.values():
        if language.tag not in {known.tag for known in languages}:
            message = f"{language.tag} awaits a translator: nothing is built in it yet"
            hint = f"its catalogs are ready in locales/{language.posix}; `check --locale {language.tag}` reads them"
            raise UsageError(message, f"{hint}; move its tag from awaiting to locales in pyproject.toml to build it")


def _clinics(project: Project, problems: list[Diagnostic]) -> tuple[Clinic, ...]:
    path = project.clinics_file
    text, unreadable = file_text(project.root, path)
    problems += unreadable
    if text is None:
        return ()
    clinics, found = read_clinics(text, project.relative(path))
    problems += found
    return clinics


def _products(project: Project, problems: list[Diagnostic]) -> dict[str, Product]:
    try:
        return read_products(project.root)
    except LayoutError as error:
        problems.append(error.problem)
        return {}


def documents_read(project: Project) -> tuple[dict[str, tuple[Path, FrontMatter]], dict[str, tuple[Diagnostic, ...]]]:
    """The documents by name, and those that can't be read with the reasons."""
    documents: dict[str, tuple[Path, FrontMatter]] = {}
    files, refused = documents_of(project)
    for name, path in files.items():
        relative, front = project.relative(path), None
        text, problems = file_text(project.root, path)
        if text is not None:
            front, problems = read_front_matter(text, relative)
        if front is None:
            refused[name] = tuple(problems)
        else:
            documents[name] = path, front
    return documents, refused


def _check_request(
    request: Request,
    documents: Iterable[str],
    refused: Iterable[str],
    languages: Iterable[Language],
    clinics: Iterable[Clinic],
    products: Mapping[str, Product],
) -> None:
    tags = {language.tag for language in languages}
    for asked, there, kind in (
        (request.documents, {*documents, *refused}, "document"),
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


def _meant(request: Request, products: Mapping[str, Product]) -> frozenset[str]:
    """The products that a request names, alone or together."""
    several = collective(products)
    return frozenset(name for asked in request.products for name in several.get(asked, (asked,)))


def _wanted(request: Request, name: str, language: Language, clinic: Clinic) -> bool:
    return (
        (not request.documents or name in request.documents)
        and (language.tag in request.locales or not (request.locales or language.invented))
        and (not request.clinics or clinic.id in request.clinics)
    )
