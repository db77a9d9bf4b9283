"""`recall`: a document and a reason go in, a record and the list of what to pull from the racks come out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("recall")
@click.argument("document")
@click.option("--locale", default="", metavar="TAG", help="Only this locale; every one otherwise.")
@click.option("--reason", required=True, help="Why; it stands in the record and in every refusal.")
@click.option("--name", help="Who recalls. Git's user.name otherwise.")
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), help="Where editions are; output/ otherwise."
)
@format_option
@in_project
def command(
    workspace: Workspace, document: str, locale: str, reason: str, name: str | None, output: Path | None, form: str
) -> None:
    """Recall DOCUMENT.

    Takes it out of the released edition, bars its release until all have signed again knowing of the recall, and
    prints what a clinic pulls from its racks: numbers, versions, dates.
    """
    from pressroom.cli.clock import today
    from pressroom.cli.columns import columns
    from pressroom.cli.person import at_the_keyboard
    from pressroom.cli.say import say
    from pressroom.commands.signing.withdraw import recall

    folder = output or workspace.root / "output"
    done = recall(workspace, document, locale, name or at_the_keyboard(workspace.root), reason, today(), folder)
    rows = [["number", "locale", "version", "hash", "released", "product", "clinic"]]
    rows += [
        [p.number, p.locale, p.facts.version, p.facts.inputs, str(r.dated), p.what, p.clinic] for r, p in done.pull
    ]
    say([done.problem] if done.problem else [], form)
    if form == "text":
        click.echo("Pull from the racks:\n" + columns(rows) if done.pull else "Nothing of it was ever released.")
        click.echo(f"{done.withdrawn} files taken out of the edition; {done.path} says why: commit it")
    sys.exit(1 if done.problem else 0)
