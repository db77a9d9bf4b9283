"""The command `audit export`: the log in words, for people who have nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import options
from pressroom.cli.clock import today
from pressroom.cli.command import group
from pressroom.cli.output import data, finish, first_to_fix

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace


@group("audit")
def audit() -> None:
    """Export the log of signatures and releases."""


@audit.command("export")
@click.option(
    "--output", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Where the three files go. Without it: output/audit/.",
)  # fmt: skip
@options.in_project
def export(workspace: Workspace, folder: Path | None) -> None:
    """Write who signed and released what, when, with which role and key.

    It writes three files. audit.pdf is to read beside a paper in your hand. audit-entries.csv has a line for each
    signature, waiver, withdrawal, recall and release. audit-files.csv has a line for each released file. They also say
    what changed since. The exit code is 1 if entries of the log are missing; the files are written even then.
    """
    from pressroom.commands.releasing.audit_export import export_audit

    done = export_audit(workspace, folder or workspace.output / "audit", today())
    data(files=done.value)
    pdf = next((path for path in done.value if str(path).endswith(".pdf")), "")
    what_next = first_to_fix(done.findings) or (f"open {pdf}" if pdf else "")
    finish(done.findings, *(f"wrote {path}" for path in done.value), next=what_next)
