"""`verify`: a file, a folder or a control line goes in, what each file is and whether it still holds comes out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

import click

from pressroom.cli.options import in_project
from pressroom.workspace.workspace import Workspace

# What is a file's name, and no line from paper.
_FILES: Final = (".pdf", ".html", ".htm", ".png", ".jpg", ".jpeg", ".zip")


@click.command("verify")
@click.argument("path", metavar="PATH|LINE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON.")
@in_project
def command(workspace: Workspace, path: str, form: str) -> None:
    """Say what the PDF or web page at PATH is, or each of a folder, or the paper that bears the control LINE.

    Read from its control line, its metadata and the log of releases: current, superseded, stale, expired, recalled,
    a proof, altered, or unknown. The exit code is 0 only where every file may be handed out. Of a photocopy or a card
    from a rack type the line at its foot, or the eight letters and digits at the line's end.
    """
    from pressroom.cli.clock import today
    from pressroom.cli.columns import columns
    from pressroom.cli.say import say
    from pressroom.commands.releasing.verify import identify, identify_line

    file = Path(path)
    if not file.exists() and ("/" in path or file.suffix.lower() in _FILES):
        raise click.UsageError(f"there is no file {path!r}")
    report = identify(workspace, file, today()) if file.exists() else identify_line(workspace, path, today())
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
