"""`specimen`: tags go in, one page for a native reader of each language comes out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("specimen")
@click.argument("tags", nargs=-1, metavar="[TAG]...")
@click.option("--all", "every", is_flag=True, help="Every language of the registry, in the project or not.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where it goes; output/ otherwise.")
@format_option
@in_project
def command(workspace: Workspace, tags: tuple[str, ...], every: bool, output: Path | None, form: str) -> None:
    """Make a page that shows how a language is set.

    Its list at the smallest and the preferred size of a card, quotation marks and numbers, a narrow column, all its
    letters and marks. A native reader signs it off before the first job. The project's locales where no TAG is given.
    """
    from pressroom.cli.clock import today
    from pressroom.cli.say import say
    from pressroom.commands.building.specimens import make_specimens

    registry = workspace.registry()
    wanted = tuple(registry.find(tag) for tag in tags) or (
        tuple(registry.languages.values()) if every else workspace.languages().value
    )
    report = make_specimens(workspace, wanted, output or workspace.root / "output", today().isoformat())
    say(report.diagnostics, form)
    if form == "text":
        for path in report.files:
            click.echo(f"made {workspace.relative(path)}")
    sys.exit(1 if report.failed else 0)
