"""`rollback`: the number of an earlier released edition goes in, and it is current again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pressroom.cli.options import format_option, in_project
from pressroom.project import Project


@click.command("rollback")
@click.argument("number", type=int)
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), help="Where editions are; output/ otherwise."
)
@format_option
@in_project
def command(project: Project, number: int, output: Path | None, form: str) -> None:
    """Return to the released edition NUMBER, as `editions` lists them.

    Refused where it holds a piece that was recalled, has expired, or is not what was released.
    """
    from pressroom.cli.clock import today
    from pressroom.cli.say import say
    from pressroom.commands.releasing.editions import rollback

    reasons = rollback(project, output or project.root / "output", number, today())
    say(reasons, form)
    if not reasons and form == "text":
        click.echo(f"edition {number} is current")
    sys.exit(75 if any(d.code == "output-busy" for d in reasons) else 1 if reasons else 0)
