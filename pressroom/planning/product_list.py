"""The products of a project, and which documents each can be made of."""

from __future__ import annotations

from dataclasses import dataclass

from pressroom.diagnostics import Diagnostic
from pressroom.layout import Product
from pressroom.planning.plan import reasons_against
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product, the documents it is usually made of, and those it can be made of as well."""

    product: Product
    usual: tuple[str, ...]
    possible: tuple[str, ...]


def offers(workspace: Workspace) -> tuple[tuple[ProductRow, ...], tuple[Diagnostic, ...]]:
    """Every product in the table's order, and what is wrong with the table or the documents."""
    (products, findings), documents = workspace.products(), workspace.documents()
    rows = []
    for product in products.values():
        usual = [name for name, (_, front) in documents.usable.items() if product.name in front.products]
        others = [(name, path) for name, (path, _) in documents.usable.items() if name not in usual]
        possible = [name for name, path in others if not reasons_against(workspace, path, product)]
        rows.append(ProductRow(product, tuple(usual), tuple(possible)))
    return tuple(rows), (*findings, *(finding for reasons in documents.refused.values() for finding in reasons))
