"""`update`: the project's English goes in, catalogs for translators come out."""

from __future__ import annotations

import click

from pressroom.cli.clock import now
from pressroom.cli.options import format_option, in_project, locale_option
from pressroom.workspace.workspace import Workspace


@click.command("update")
@locale_option
@format_option
@in_project
def command(workspace: Workspace, locales: tuple[str, ...], form: str) -> None:
    """Bring every locale's catalogs up to the English.

    Extracts first. No translation is lost: what the English no longer says is kept as obsolete.
    """
    from pressroom.cli.catalog_report import finish_catalogs
    from pressroom.commands.catalogs.unchanged import update_if_changed

    finish_catalogs(update_if_changed(workspace, locales, now()), form, "catalogs")
