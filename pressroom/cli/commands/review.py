"""`review`: a document in a locale goes in, a packet for its reviewer comes out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("review")
@click.argument("document")
@click.option("--locale", required=True, metavar="TAG", help="The locale; en is the English itself.")
@click.option(
    "--back", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A catalog of back-translations."
)
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where proofs are; output/ otherwise.")
@format_option
@in_project
def command(
    workspace: Workspace, document: str, locale: str, back: Path | None, output: Path | None, form: str
) -> None:
    """Make the review packet of DOCUMENT in a locale.

    One PDF, and one page for a screen: English and translation side by side, message by message, with notes, terms,
    findings, what changed since it was signed, pictures of the proof, and space to sign.
    """
    from pressroom.cli.opening import opened
    from pressroom.cli.say import say
    from pressroom.commands.signing.review import review

    report = review(opened(workspace, document, locale, form), output or workspace.root / "output", back)
    say(report.diagnostics, form)
    for path in report.files:
        click.echo(f"wrote {path}", err=form != "text")
    sys.exit(1 if any(d.severity == "error" for d in report.diagnostics) else 0)
