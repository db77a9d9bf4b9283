"""`rename`: a document's old and new name go in, the same document with all its translations comes out."""

from __future__ import annotations

import click

from pressroom.cli.clock import now
from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("rename")
@click.argument("old")
@click.argument("new")
@format_option
@in_project
def command(workspace: Workspace, old: str, new: str, form: str) -> None:
    """Rename the document OLD to NEW: its source, template, catalogs and records in every locale.

    No translation is lost. Where a file of the new name is there, nothing is renamed.
    """
    from pressroom.cli.catalog_report import finish_catalogs
    from pressroom.commands.catalogs.rename import rename

    finish_catalogs(rename(workspace, old, new, now()), form, "files")
