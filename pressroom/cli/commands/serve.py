"""The command `serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pressroom.cli import options
from pressroom.cli.clock import now, today
from pressroom.cli.command import command
from pressroom.cli.output import show

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace


@command("serve")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8017, show_default=True, metavar="N",
    help="The port on this machine. 0 takes a free one.",
)  # fmt: skip
@click.option(
    "--origin",
    metavar="ADDRESS",
    help="The address that browsers use, if a proxy passes them on, as `https://print.clinic.example`.",
)
@click.option("--verify-only", is_flag=True, help="Show the page alone that says if a paper is current; write nothing.")
@click.option("--commit", is_flag=True, help="Commit each saved record and translation to git, with its author.")
@options.in_project
def serve(workspace: Workspace, port: int, origin: str | None, verify_only: bool, commit: bool) -> None:
    """Open the project in a browser: translate, review and sign, print, verify.

    It listens on this machine alone. Ctrl-C ends it.
    """
    from pressroom.approval.passkey import check_origin
    from pressroom.web.commits import Committer
    from pressroom.web.server import open_sockets
    from pressroom.web.server import serve as run
    from pressroom.web.settings import ServeSettings

    if origin is not None:
        try:
            check_origin(origin.rstrip("/"))
        except ValueError as error:
            raise click.UsageError(f"--origin can't be used: {error}; see docs/how-to/serve-a-clinic.md") from None
    if commit and not Committer(workspace.root, "").is_possible:
        raise click.UsageError("--commit needs git, and the project in a git repository")
    try:
        listening = open_sockets(port)
    except OSError as error:
        raise click.UsageError(f"port {port} can't be used: {error.strerror}; give --port 0") from None
    number = listening[0].getsockname()[1]
    address = origin.rstrip("/") if origin else f"http://localhost:{number}"
    settings = ServeSettings(address, today, number, verify_only, commit, now)
    run(workspace, settings, listening, lambda: show(f"open {address} (Ctrl-C ends it)"))
