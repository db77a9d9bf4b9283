"""The command line: finds the command, runs it, and ends with its exit code.

0: everything was made. 1: something was refused. 2: the command was used wrongly. 75: another build holds the output.
130 and 143: the command was stopped by SIGINT or SIGTERM. Any other exception is a bug and keeps its traceback.
"""

from __future__ import annotations

import importlib
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

import click

from pressroom import __version__

# In the order of the work; each is `command` in pressroom/cli/commands/<name>.py.
COMMANDS: Final = (
    "locales",
    "new",
    "specimen",
    "fonts",
    "extract",
    "lengths",
    "update",
    "drafted",
    "rename",
    "migrate",
    "check",
    "status",
    "handoff",
    "new-document",
    "build",
    "products",
    "sheet",
    "preflight",
    "review",
    "sign",
    "unsign",
    "return",
    "waive",
    "recall",
    "verify",
    "editions",
    "rollback",
)


_STOPPING: Final = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """The user or the system asked the command to stop; whatever it holds is released on the way out."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number


@contextmanager
def _stoppable() -> Iterator[None]:
    """Turn SIGINT and SIGTERM into `Stopped`, once: a second one must not interrupt what the first one releases."""

    def stop(number: int, _: FrameType | None) -> None:
        for other in _STOPPING:
            signal.signal(other, signal.SIG_IGN)
        raise Stopped(number)

    before = {number: signal.signal(number, stop) for number in _STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Commands(click.Group):
    """Imports a command when it is asked for: `--help` and a build with nothing to do must be quick."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  Click's own signature
        try:
            with _stoppable():
                return super().main(*args, **kwargs)
        except Stopped as stopped:
            click.echo(f"stopped by {stopped}; the last edition is whole", err=True)
            sys.exit(stopped.exit_code)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pressroom.cli.commands.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pressroom")
@click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="A folder of the project; the one you are in otherwise.",
)
@click.pass_context
def main(context: click.Context, project: Path) -> None:
    """Patient education in every patient's language: English in, catalogs for translators, checked PDFs out."""
    context.obj = project
