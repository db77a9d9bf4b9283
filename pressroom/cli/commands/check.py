"""`check`: sources and catalogs go in, everything wrong with them comes out, each at its line."""

from __future__ import annotations

import sys

import click

from pressroom.cli.options import documents_argument, format_option, in_project, locale_option
from pressroom.workspace.workspace import Workspace


@click.command("check")
@documents_argument
@locale_option
@format_option
@in_project
def command(workspace: Workspace, documents: tuple[str, ...], locales: tuple[str, ...], form: str) -> None:
    """Check the English and the catalogs, without rendering.

    A placeholder lost, a number changed, a control character, a heading out of order: all at once, each at its line.
    """
    from pressroom.cli.say import say
    from pressroom.commands.catalogs.check import check
    from pressroom.planning.plan import Request

    report = check(workspace, Request(documents, locales))
    say(report.all_diagnostics, form)
    if form == "text":
        errors = sum(catalog.errors for catalog in report.checked)
        click.echo(f"{len(report.checked)} texts checked, {errors} errors, {len(report.all_diagnostics)} findings")
    sys.exit(1 if report.failed else 0)
