"""`unsign`: a document and a role go in, a record that its signatures no longer stand comes out."""

from __future__ import annotations

import sys

import click

from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("unsign")
@click.argument("document")
@click.option("--locale", required=True, metavar="TAG", help="The locale; en is the English itself.")
@click.option(
    "--role", required=True, type=click.Choice(["translator", "reviewer", "clinician"]), help="Which signature."
)
@click.option("--name", default="", help="Only this person's; everybody's in the role otherwise.")
@click.option("--reason", required=True, help="Why; it stands in the record.")
@format_option
@in_project
def command(workspace: Workspace, document: str, locale: str, role: str, name: str, reason: str, form: str) -> None:
    """Take back a signature under DOCUMENT.

    The record stays, and one beside it says that it no longer counts.
    """
    from pressroom.cli.clock import today
    from pressroom.cli.opening import opened
    from pressroom.commands.signing.withdraw import unsign

    docket = opened(workspace, document, locale, form)
    done = unsign(docket, role, name, reason, today())
    if done is None:
        raise click.UsageError(f"nobody's signature as {role} stands under {document} in {locale}")
    click.echo(f"{done[1]} taken back: {workspace.relative(done[0])}; commit it", err=form != "text")
    sys.exit(0)
