"""What a catalog command says at its end: its report goes in, diagnostics, counts and the exit code come out."""

from __future__ import annotations

import sys

import click

from pressroom.cli.say import say
from pressroom.commands.catalogs.update import CatalogReport, total


def finish_catalogs(report: CatalogReport, form: str, what: str) -> None:
    """Say which files changed and what became of the messages, and exit: 1 where something was refused."""
    say(report.diagnostics, form)
    if form == "text":
        for path in report.written:
            click.echo(f"wrote {path}")
        if report.merges:
            sums = total(report.merges)
            counts = [(name, getattr(sums, name)) for name in sums.__dataclass_fields__]
            click.echo("messages: " + ", ".join(f"{count} {name}" for name, count in counts if count))
        click.echo(f"{len(report.written)} of {report.seen} {what} changed")
    sys.exit(1 if report.failed else 0)
