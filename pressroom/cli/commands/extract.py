"""`extract`: the project's English goes in, templates come out."""

from __future__ import annotations

import click

from pressroom.cli.clock import now
from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("extract")
@format_option
@in_project
def command(workspace: Workspace, form: str) -> None:
    """Write the catalog templates from the English.

    One a document, and one for the layouts' own words; `pybabel extract` finds the same messages.
    """
    from pressroom.cli.catalog_report import finish_catalogs
    from pressroom.commands.catalogs.update import extract

    finish_catalogs(extract(workspace, now()), form, "templates")
