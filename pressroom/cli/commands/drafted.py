"""`drafted`: catalogs that a machine filled go in, a record of every drafted text comes out."""

from __future__ import annotations

import click

from pressroom.cli.options import documents_argument, format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("drafted")
@documents_argument
@click.option("--locale", required=True, metavar="TAG", help="The locale that was drafted.")
@format_option
@in_project
def command(workspace: Workspace, documents: tuple[str, ...], locale: str, form: str) -> None:
    """Record what a machine translated.

    Everything translated in DOCUMENTS (all where none is named) is recorded as a machine's draft. A draft builds as
    a proof and can't be released; a message is a draft until its text is edited.
    """
    from pressroom.cli.catalog_report import finish_catalogs
    from pressroom.commands.catalogs.update import record_machine_drafts

    finish_catalogs(record_machine_drafts(workspace, locale, documents), form, "files")
