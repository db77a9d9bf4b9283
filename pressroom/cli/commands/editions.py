"""`editions`: an output goes in, the generations that are kept come out."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pressroom.cli.options import in_project
from pressroom.workspace.workspace import Workspace


@click.command("editions")
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), help="Where editions are; output/ otherwise."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON.")
@in_project
def command(workspace: Workspace, output: Path | None, form: str) -> None:
    """List the generations that are kept, of proofs and of releases."""
    from pressroom.cli.columns import columns
    from pressroom.commands.releasing.editions import editions

    rows = [
        {
            "kind": "proofs" if one.channel == "current" else "released",
            "number": one.number,
            "files": one.made,
            "newest release": one.newest,
            "current": one.current,
            "path": str(one.path),
        }
        for one in editions(output or workspace.root / "output")
    ]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif rows:
        cells = [[("yes" if v else "") if isinstance(v, bool) else str(v) for v in row.values()] for row in rows]
        click.echo(columns([list(rows[0]), *cells]))
    else:
        click.echo("there is no edition yet: publish.py build")
