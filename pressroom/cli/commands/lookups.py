"""Commands that list what a project has: products and fonts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pressroom.cli import options
from pressroom.cli.command import command
from pressroom.cli.output import columns, data, finish, first_to_fix, show, typed

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace


@command("fonts")
@click.option("--accept", is_flag=True, help="Write fonts.lock: from now on a build refuses any other file.")
@options.in_project
def fonts(workspace: Workspace, accept: bool) -> None:
    """List the fonts of the project's languages.

    Each row has the family, the file, its version and package, and whether pages were checked with this file.
    """
    from pressroom.planning.fonts import accept_fonts, report_fonts

    rows, problems = report_fonts(workspace)
    head = ["family", "file", "version", "package", "state"]
    data(fonts=[dict(zip(head, row, strict=True)) for row in rows])
    if rows:
        show(columns([head, *map(list, rows)]))
    accepted = accept and not any(problem.code == "font-missing" for problem in problems)
    if not accepted:
        finish(problems, next=first_to_fix(problems))
    lock = accept_fonts(workspace)
    data(written=[lock])
    finish(problems, f"wrote {lock}", next=f"commit {lock}", failed=False)


@command("products")
@click.option("--markdown", is_flag=True, help="Print the table of docs/reference/products.md.")
@options.in_project
def products(workspace: Workspace, markdown: bool) -> None:
    """List what the project can make.

    For each product: the paper, how it is finished, and which documents it is made of. A document in brackets can have
    the product too: build DOCUMENT --product NAME.
    """
    from pressroom.cli.reference import finish_of, products_table
    from pressroom.planning.products import product_rows

    rows, problems = product_rows(workspace)
    data(
        products=[
            {
                "name": row.product.name,
                "description": row.product.description,
                "paper": row.product.paper,
                "finish": finish_of(row.product),
                "documents": row.usual,
                "possible": row.possible,
            }
            for row in rows
        ]
    )
    if markdown:
        show(products_table(rows).rstrip("\n"))
        finish(problems, failed=bool(problems))
    for row in rows:
        documents = [*row.usual, *(f"[{name}]" for name in row.possible)]
        show(
            f"{row.product.name}\n    {row.product.description}",
            f"    paper: {row.product.paper}; {finish_of(row.product)}",
            f"    documents: {' '.join(documents) or 'none'}",
        )
    make = f"next: {typed('build --product NAME')} makes one" if rows else ""
    finish(problems, failed=bool(problems), next=first_to_fix(problems) or make)
