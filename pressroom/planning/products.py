"""Which products are made of a document, and which could be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pressroom.content import FrontMatter
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import ENGLISH, Language
from pressroom.layout import WEB, Layout, Product, collective, place_panels
from pressroom.nearest import suggestion
from pressroom.project import Read
from pressroom.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pressroom.planning.plan import Request


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product, the documents it is usually made of, and those it can be made of as well."""

    product: Product
    usual: tuple[str, ...]
    possible: tuple[str, ...]


def product_rows(workspace: Workspace) -> Read[tuple[ProductRow, ...]]:
    """Every product in the table's order, and what is wrong with the table or the documents."""
    (products, findings), documents = workspace.products(), workspace.documents()
    rows = []
    for product in products.values():
        usual = [name for name, (_, front) in documents.usable.items() if product.name in front.products]
        others = [(name, path) for name, (path, _) in documents.usable.items() if name not in usual]
        possible = [name for name, path in others if not _reasons_against(workspace, path, product)]
        rows.append(ProductRow(product, tuple(usual), tuple(possible)))
    return Read(tuple(rows), (*findings, *(finding for reasons in documents.refused.values() for finding in reasons)))


def products_of(
    workspace: Workspace, request: Request, path: Path, front: FrontMatter, published: Collection[tuple[str, str]]
) -> Read[list[Product]]:
    """The products of the document at `path`: its usual ones, those `published`, and those that the request names.

    A product that the document can't have is left out. It is a finding if the request names both, or if the
    layout of a product that the request names can't be used.
    """
    products, name = workspace.products().value, path.stem
    chosen = [products[usual] for usual in front.products if usual in products]
    span = Span(workspace.relative(path), front.lines["products"])
    unknown = [usual for usual in front.products if products and usual not in products]
    findings = [
        diagnostic("product-unknown", span, f"no product is called {usual!r}", suggestion(usual, products))
        for usual in unknown
    ]
    extra = {product for product in products if (name, product) in published}
    if not request.documents or name in request.documents:
        extra |= requested_products(workspace, request)
    for product in (product for key, product in products.items() if key in extra and key not in front.products):
        reasons = _reasons_against(workspace, path, product)
        chosen += [] if reasons else [product]
        # A document that is not named need not suit the product, but a broken layout suits none.
        broken = isinstance(workspace.layout(product.layout), Diagnostic)
        findings += reasons if product.name in request.products and (broken or name in request.documents) else []
    return Read(chosen, tuple(findings))


def requested_products(workspace: Workspace, request: Request) -> frozenset[str]:
    """The names of the products that a request asks for, alone or together."""
    groups = collective(workspace.products().value)
    return frozenset(name for requested in request.products for name in groups.get(requested, (requested,)))


def languages_of(workspace: Workspace, product: Product, languages: Iterable[Language]) -> list[Language]:
    """The languages a product is made in; one that prints English beside the locale is not made in English alone."""
    layout = workspace.layout(product.layout)
    bilingual = isinstance(layout, Layout) and layout.bilingual
    return [language for language in languages if not (bilingual and language.tag == ENGLISH)]


def _reasons_against(workspace: Workspace, path: Path, product: Product) -> list[Diagnostic]:
    """Why the document at `path` can't have this product; nothing if it can, or if it can't be read."""
    layout = workspace.layout(product.layout)
    if isinstance(layout, Diagnostic):
        return [layout]
    document = workspace.document(path).value if layout.type_class != WEB else None
    return [] if document is None else place_panels(document, layout)[1]
