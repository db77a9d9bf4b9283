"""`products`: a project goes in, what it can hand out comes out, one line a product."""

from __future__ import annotations

import sys

import click

from pressroom.cli.options import format_option, in_project
from pressroom.project import Project


@click.command("products")
@format_option
@in_project
def command(project: Project, form: str) -> None:
    """List what can be handed out.

    For each product: what goes into the printer, how it is finished, and which documents it is made of. A document
    in brackets can have it too: build --product NAME.
    """
    from pressroom.cli.say import say
    from pressroom.pipeline.offer import offers

    rows, problems = offers(project)
    say(problems, form)
    if form == "text":
        for offer in rows:
            others = [f"[{name}]" for name in offer.possible]
            click.echo(f"{offer.product.name}\n    {offer.product.description}")
            click.echo(f"    paper: {offer.product.paper}" + (f"; {_finish(offer.product.flip, offer.product.inks)}"))
            click.echo(f"    documents: {' '.join([*offer.usual, *others]) or 'none'}")
    sys.exit(1 if problems else 0)


def _finish(flip: str, inks: str) -> str:
    if flip:
        return f"two sides, flip on the {flip.replace('-', ' ')}, 100 %"
    return {"cmyk": "press file in CMYK", "gray": "press file in black"}.get(inks, "as it is")
