"""What a project can hand out: its products and documents go in, one row a product comes out."""

from __future__ import annotations

from dataclasses import dataclass

from pressroom.diagnostics import Diagnostic
from pressroom.layout import LayoutError, Product, read_products
from pressroom.planning.plan import documents_read
from pressroom.planning.product_choice import Shelf
from pressroom.project import Project


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product, the documents it is usually made of, and those it can be made of as well."""

    product: Product
    usual: tuple[str, ...]
    possible: tuple[str, ...]


def offers(project: Project) -> tuple[tuple[ProductRow, ...], tuple[Diagnostic, ...]]:
    """Every product in the table's order, and what is wrong with the table or the documents."""
    try:
        products = read_products(project.root)
    except LayoutError as error:
        return (), (error.problem,)
    documents, refused = documents_read(project)
    shelf = Shelf(project, products)
    found = []
    for product in products.values():
        usual = [name for name, (_, front) in documents.items() if product.name in front.products]
        possible = [
            name for name, (path, _) in documents.items() if name not in usual and not shelf.against(path, product)
        ]
        found.append(ProductRow(product, tuple(usual), tuple(possible)))
    return tuple(found), tuple(problem for problems in refused.values() for problem in problems)
