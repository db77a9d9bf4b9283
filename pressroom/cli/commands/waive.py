"""`waive`: a reviewer excuses one finding in one message, and the record of it comes out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("waive")
@click.argument("document")
@click.option("--locale", required=True, metavar="TAG", help="The locale.")
@click.option("--code", required=True, help="The finding's code, as `check` prints it.")
@click.option(
    "--message", "number", required=True, type=int, metavar="N", help="The message, as `review` numbers them."
)
@click.option("--name", required=True, help="Who waives: a reviewer, never the translator.")
@click.option("--qualification", required=True, help="By what right.")
@click.option("--reason", required=True, help="Why it is right as it stands.")
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="An SSH key to sign the record with.")
@click.option("--principal", default="", metavar="NAME", help="The reviewer's name in the allowed-signers file.")
@format_option
@in_project
def command(
    workspace: Workspace,
    document: str,
    locale: str,
    code: str,
    number: int,
    name: str,
    qualification: str,
    reason: str,
    key: Path | None,
    principal: str,
    form: str,
) -> None:
    """Excuse one finding in one message of DOCUMENT.

    It holds for this very text. Placeholders, numbers to call and the direction of text are never excused.
    """
    from pressroom.approval.signature import SignatureError
    from pressroom.cli.clock import today
    from pressroom.cli.opening import opened
    from pressroom.cli.say import say
    from pressroom.commands.signing.sign import Signer
    from pressroom.commands.signing.waive import offer_waiver, put_waiver

    docket = opened(workspace, document, locale, form)
    signer = Signer("reviewer", name, qualification, principal, key)
    offer = offer_waiver(docket, signer, code, number)
    say(offer.problems, form)
    if offer.problems:
        sys.exit(1)
    try:
        path = put_waiver(docket, signer, offer, reason, today())
    except (SignatureError, OSError) as error:
        raise click.ClickException(f"not waived: {error}") from None
    click.echo(f"waived: {workspace.relative(path)}; commit it", err=form != "text")
