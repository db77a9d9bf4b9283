"""`rollback`: make an earlier released edition current again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("rollback")
@click.argument("number", type=int)
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), help="Where editions are; output/ otherwise."
)
@click.option("--by", metavar="NAME", help="Who returns to it; stands in the log. Git's user.name otherwise.")
@format_option
@in_project
def command(workspace: Workspace, number: int, output: Path | None, by: str | None, form: str) -> None:
    """Return to the released edition NUMBER, as `editions` lists them.

    Refused where it holds a piece that was recalled, has expired, or is not what was released. The return is logged:
    its files are the latest releases from then on. Files of other words than the project has now are not on the desk
    page.
    """
    from pressroom.cli.clock import today
    from pressroom.cli.columns import columns
    from pressroom.cli.person import at_the_keyboard
    from pressroom.cli.say import say
    from pressroom.commands.releasing.editions import rollback

    done = rollback(
        workspace, output or workspace.root / "output", number, by or at_the_keyboard(workspace.root), today()
    )
    say(done.reasons, form)
    if not done.reasons and form == "text":
        click.echo(f"edition {number} is current")
        if done.log:
            click.echo(f"logged in {done.log}: commit it")
        if done.not_offered:
            click.echo("not on the desk page:\n" + columns([list(row) for row in done.not_offered]))
    sys.exit(75 if any(d.code == "output-busy" for d in done.reasons) else 1 if done.reasons else 0)
