"""`lengths`: the layouts go in, how much their fixed spaces hold in each writing system comes out."""

from __future__ import annotations

import click

from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace


@click.command("lengths")
@format_option
@in_project
def command(workspace: Workspace, form: str) -> None:
    """Measure the room of every text that stands in a fixed space, for translators.

    In the real layouts, at the smallest legible size of each writing system, into locales/lengths.toml; an update
    then writes it into each catalog as `max-length:N` and a comment. Once after a layout or a card's text changed;
    some minutes.
    """
    from pressroom.cli.catalog_report import finish_catalogs
    from pressroom.commands.catalogs.lengths import measure

    finish_catalogs(measure(workspace), form, "tables")
