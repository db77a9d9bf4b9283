"""`verify`: a PDF or a folder goes in, what each file is and whether it still holds comes out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pressroom.cli.options import in_project
from pressroom.project import Project


@click.command("verify")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON.")
@in_project
def command(project: Project, path: Path, form: str) -> None:
    """Say what the PDF at PATH is, or each of a folder.

    Read from its control line, its metadata and the log of releases: current, superseded, stale, expired, recalled,
    a proof, altered, or unknown. The exit code is 0 only where every file may be handed out.
    """
    from pressroom.cli.clock import today
    from pressroom.cli.columns import columns
    from pressroom.cli.say import say
    from pressroom.pipeline.identify import identify

    report = identify(project, path, today())
    say(report.diagnostics, "text")
    keys = ("number", "locale", "version", "inputs")
    rows = [
        {"path": f.path, **{key: getattr(f.control, key, "") for key in keys}, "verdict": f.verdict, "why": f.why}
        for f in report.files
    ]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif rows:
        click.echo(columns([[*rows[0]], *([str(value) for value in row.values()] for row in rows)]))
    else:
        click.echo("there is no PDF in it")
    sys.exit(1 if report.failed else 0)
