"""`sign`: a person, a role and a document go in, what is signed is shown, and a record comes out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("sign")
@click.argument("document")
@click.option("--locale", required=True, metavar="TAG", help="The locale; en is the English itself.")
@click.option(
    "--role", required=True, type=click.Choice(["translator", "reviewer", "clinician"]), help="In which role."
)
@click.option("--name", required=True, help="Who signs.")
@click.option("--qualification", required=True, help="By what right: a degree, a certificate, a licence.")
@click.option("--product", "products", multiple=True, metavar="NAME", help="Only as this product. Repeatable.")
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="An SSH key to sign the record with.")
@click.option("--principal", default="", metavar="NAME", help="The signer's name in the allowed-signers file.")
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), help="Where the proofs are; output/ otherwise."
)
@click.option("--yes", is_flag=True, help="Sign without asking.")
@format_option
@in_project
def command(
    workspace: Workspace,
    document: str,
    locale: str,
    role: str,
    name: str,
    qualification: str,
    products: tuple[str, ...],
    key: Path | None,
    principal: str,
    output: Path | None,
    yes: bool,
    form: str,
) -> None:
    """Sign DOCUMENT in a locale.

    Shows every message that is signed, what changed since the last signature, and what was found, then asks. Refuses
    where a check fails, where one person would fill two roles, and where the proof is not what the catalogs give.
    """
    from pressroom.approval.signature import SignatureError
    from pressroom.cli.clock import today
    from pressroom.cli.opening import opened
    from pressroom.cli.say import say
    from pressroom.cli.sign_table import show_offer
    from pressroom.commands.signing.sign import Signer, offer, put

    docket = opened(workspace, document, locale, form, products)
    signer = Signer(role, name, qualification, principal, key)
    offered = offer(docket, signer, output or workspace.root / "output", today())
    if form == "text":
        show_offer(offered, docket)
    say(offered.problems, form)
    if offered.problems or offered.record is None or offered.wording is None:
        sys.exit(1)
    if not yes and not click.confirm(f"Sign this as {role}, {name}?", err=True):
        sys.exit(1)
    try:
        path = put(docket, signer, offered.record, offered.wording)
    except (SignatureError, OSError) as error:
        raise click.ClickException(f"not signed: {error}") from None
    click.echo(f"signed: {workspace.relative(path)}; commit it with the words beside it", err=form != "text")
