"""`new-document`: a name goes in, a brochure to fill in comes out."""

from __future__ import annotations

import click

from pressroom.cli.clock import now
from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("new-document")
@click.argument("name")
@click.option("--title", default="", help="The brochure's title; made from NAME otherwise.")
@format_option
@in_project
def command(workspace: Workspace, name: str, title: str, form: str) -> None:
    """Begin a brochure called NAME.

    Writes source/brochures/NAME.md with every panel of a brochure. It builds at once, as a proof: each of its words
    waits for a clinician until somebody takes that mark away.
    """
    from pressroom.planning.scaffold import scaffold

    path = scaffold(workspace, name, title, now()[:10])
    if form == "text":
        click.echo(f"wrote {workspace.relative(path)}")
        click.echo(f"next: write it, then publish.py update (a catalog for every locale), then publish.py build {name}")
