"""`return`: a reviewer's no goes in, fuzzy messages with the remark come out, and no signature stands."""

from __future__ import annotations

import click

from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("return")
@click.argument("document")
@click.option("--locale", required=True, metavar="TAG", help="The locale that is returned.")
@click.option("--note", required=True, help="What is wrong; the translator reads it beside each message.")
@click.option("--name", help="Who returns it. Git's user.name otherwise.")
@click.option(
    "--message",
    "numbers",
    multiple=True,
    type=int,
    metavar="N",
    help="Only this message, as `review` numbers them. Repeatable.",
)
@format_option
@in_project
def command(
    workspace: Workspace, document: str, locale: str, note: str, name: str | None, numbers: tuple[int, ...], form: str
) -> None:
    """Return DOCUMENT to its translator: the reviewer's no.

    Its messages become fuzzy with the remark, and every signature on this text is void.
    """
    from pressroom.cli.clock import today
    from pressroom.cli.opening import opened
    from pressroom.cli.person import at_the_keyboard
    from pressroom.commands.signing.withdraw import return_messages

    docket = opened(workspace, document, locale, form)
    by = name or at_the_keyboard(workspace.root)
    count, path = return_messages(docket, numbers, by, note, today())
    click.echo(f"{count} messages returned; {workspace.relative(path)} says so: commit it", err=form != "text")
