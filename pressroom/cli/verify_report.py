"""What a verification says at its end: its report goes in, diagnostics, one line and the exit code come out."""

from __future__ import annotations

import sys

import click

from pressroom.cli.say import say
from pressroom.commands.building.reproduce import ReproduceReport


def finish_verify(report: ReproduceReport, form: str) -> None:
    """Say what differs, and exit: 1 where a piece could not be made again as it is."""
    say(report.diagnostics, form)
    if form == "text":
        click.echo(f"{report.same} of {report.pieces} pieces came out byte for byte as they are")
    sys.exit(1 if report.failed else 0)
