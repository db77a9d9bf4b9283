"""`new`: a language tag goes in, catalogs ready for a translator come out."""

from __future__ import annotations

import click

from pressroom.cli.clock import now
from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("new")
@click.argument("locale", metavar="LOCALE")
@format_option
@in_project
def command(workspace: Workspace, locale: str, form: str) -> None:
    """Begin a new LOCALE.

    Takes it into the project's settings and creates its catalogs, empty, ready for a translator. `locales` shows
    the languages there are.
    """
    from pressroom.cli.catalog_report import finish_catalogs
    from pressroom.commands.catalogs.locales import SettingsError, new_locale

    try:
        report = new_locale(workspace, locale, now())
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
    finish_catalogs(report, form, "files")
