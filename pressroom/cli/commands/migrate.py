"""`migrate`: catalogs of an older msgid format go in, the same translations under today's messages come out."""

from __future__ import annotations

import click

from pressroom.cli.clock import now
from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("migrate")
@format_option
@in_project
def command(workspace: Workspace, form: str) -> None:
    """Carry every translation over to the way in which this program writes messages, and update.

    For the day a newer program makes messages from the English in another way: the words are the same, so no
    translation turns fuzzy. Obsolete entries, previous texts and the records of machine drafts are carried over too.
    """
    from pressroom.cli.catalog_report import finish_catalogs
    from pressroom.commands.catalogs.migrate import migrate

    finish_catalogs(migrate(workspace, now()), form, "files")
