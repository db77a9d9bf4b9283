"""`fonts`: the private list of fonts goes in, what this machine has of it, and a lock of it, come out."""

from __future__ import annotations

import sys

import click

from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("fonts")
@click.option("--accept", is_flag=True, help="Write fonts.lock: from now on a build refuses any other file.")
@format_option
@in_project
def command(workspace: Workspace, accept: bool, form: str) -> None:
    """Show the fonts the project's languages are set in.

    Family, file, version, package, and whether the file is one that pages were checked with.
    """
    from pressroom.cli.columns import columns
    from pressroom.cli.say import say
    from pressroom.planning.font_report import accept_fonts, report_fonts

    report = report_fonts(workspace)
    if form == "text" and report.rows:
        click.echo(columns([["family", "file", "version", "package", "state"], *map(list, report.rows)]))
    say(report.diagnostics, form)
    if accept and not report.missing:
        click.echo(f"wrote {accept_fonts(workspace)}")
        sys.exit(0)
    sys.exit(1 if report.failed else 0)
