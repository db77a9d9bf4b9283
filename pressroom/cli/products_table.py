"""The table of products: a project's offers go in, a Markdown table comes out. The reference page has it."""

from __future__ import annotations

from collections.abc import Sequence

from pressroom.layout import Product
from pressroom.planning.product_list import ProductRow


def products_table(offers: Sequence[ProductRow]) -> str:
    """A row a product: its name, what it is, the paper, how it is finished, what it gives way to, the documents."""
    lines = ["| product | what it is | paper | finish | documents |", "|---|---|---|---|---|"]
    for offer in offers:
        product = offer.product
        documents = ", ".join([*(f"**{name}**" for name in offer.usual), *offer.possible])
        cells = (f"`{product.name}`", product.description, product.paper, finish_of(product), documents)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def finish_of(product: Product) -> str:
    """How it is finished, and what takes its place, in a few words."""
    how = {"cmyk": "press file in CMYK", "gray": "press file in black"}.get(product.inks, "as it is")
    if product.flip:
        how = f"two sides, flip on the {product.flip.replace('-', ' ')}, 100 %"
    return f"{how}; where it does not fit: `{product.otherwise}`" if product.otherwise else how
