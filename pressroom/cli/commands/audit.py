"""The command `audit export`: the log in words, for people who have nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import options
from pressroom.cli.clock import today
from pressroom.cli.output import finish

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace


@click.group("audit")
def audit() -> None:
    """Export the log for an inspector."""


@audit.command("export")
@click.option(
    "--output", "folder", type=click.Path(path_type=Path, file_okay=False), help="A folder; output/audit/ otherwise."
)
@options.in_project
def export(workspace: Workspace, folder: Path | None, form: str) -> None:
    """Write who signed what, when, with which key and role; releases, recalls, waivers, and what changed since.

    Three files: audit.pdf to read beside a paper in hand, audit-entries.csv with a line for each entry of the log, and
    audit-files.csv with a line for each released file. Exit code 1 if the log is not whole; all is written anyway.
    """
    from pressroom.commands.releasing.audit_export import export_audit

    done = export_audit(workspace, folder or workspace.output / "audit", today())
    for path in done.value:
        click.echo(f"wrote {path}", err=form != "text")
    finish(done.findings, form)
