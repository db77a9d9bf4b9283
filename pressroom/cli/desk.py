"""Brings the desk page up to date before and after a command, in one line, and never stops the command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pressroom.cli.clock import today
from pressroom.cli.console import console
from pressroom.cli.output import say
from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic

if TYPE_CHECKING:
    from pressroom.commands.signing.desk import CaughtUp
    from pressroom.workspace.workspace import Workspace

_HINT = "until then do not print from it; once the reason is gone, any command writes it: {command} status"


@contextmanager
def desk_kept_up(workspace: Workspace) -> Iterator[None]:
    """Bring the desk page up to date before a command, and after it for what came meanwhile: builds take minutes.

    What hinders it is a warning on standard error, once.
    """
    warned = _catch_up(workspace)
    try:
        yield
    except SystemExit:
        # A command ends with its exit code.
        _catch_up(workspace.reopened(), warned=warned)
        raise
    _catch_up(workspace.reopened(), warned=warned)


def _catch_up(workspace: Workspace, *, warned: bool = False) -> bool:
    """Rewrite the desk page if a record is new that takes something back, such as a recall that `git pull` brought.

    Returns True if that was not possible.
    """
    folder = workspace.output
    if workspace.unusable:
        return False
    if not (folder / "desk.html").exists() and not (folder / "released").exists():
        return False
    # Imported here: a project that has released nothing needs none of it.
    from pressroom.commands.signing.desk import catch_up
    from pressroom.planning.named import UsageError

    try:
        done = catch_up(workspace, folder, today())
    except DiagnosticError as error:
        done = error.problem
    except (OSError, ValueError, LookupError, UsageError) as error:
        done = diagnostic("output-unwritable", Span(str(folder)), str(error), _HINT)
    if isinstance(done, Diagnostic) and not warned:
        message = f"the desk page is older than the newest records, and was not rewritten: {done.message}"
        say([diagnostic("desk-outdated", Span(str(folder / "desk.html")), message, _HINT)])
    elif done is not None and not isinstance(done, Diagnostic) and (line := _line(done)) and not console().quiet:
        click.echo(line, err=True)
    return isinstance(done, Diagnostic)


def _line(done: CaughtUp) -> str:
    """What was done, in one line; empty if nothing changed."""
    deleted = sum(copy.found == "deleted" for copy in done.copies)
    parts = ["the desk page was rewritten: a record is new, or a file expired"] if done.changed else []
    parts += [f"recalled files taken out of the edition: {len(done.gone)}"] if done.gone else []
    parts += [f"copies of recalled files deleted: {deleted}"] if deleted else []
    return "; ".join(parts)
