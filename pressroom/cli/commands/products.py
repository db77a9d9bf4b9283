"""`products`: a project goes in, what it can hand out comes out, one line a product."""

from __future__ import annotations

import sys

import click

from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("products")
@click.option("--markdown", is_flag=True, help="The table of docs/reference/products.md.")
@format_option
@in_project
def command(workspace: Workspace, markdown: bool, form: str) -> None:
    """List what can be handed out.

    For each product: what goes into the printer, how it is finished, and which documents it is made of. A document
    in brackets can have it too: build --product NAME.
    """
    from pressroom.cli.products_table import finish_of, products_table
    from pressroom.cli.say import say
    from pressroom.planning.product_list import offers

    rows, problems = offers(workspace)
    say(problems, form)
    if markdown:
        click.echo(products_table(rows), nl=False)
    elif form == "text":
        for offer in rows:
            documents = [*offer.usual, *(f"[{name}]" for name in offer.possible)]
            click.echo(f"{offer.product.name}\n    {offer.product.description}")
            click.echo(f"    paper: {offer.product.paper}; {finish_of(offer.product)}")
            click.echo(f"    documents: {' '.join(documents) or 'none'}")
    sys.exit(1 if problems else 0)
