"""The command line: finds the command, runs it, and ends with its exit code.

0: everything was made. 1: something was refused. 2: the command was used wrongly. 75: another build holds the output.
69: too little memory, or no cluster. 130 and 143: stopped by SIGINT or SIGTERM. Any other exception is a bug and keeps
its traceback.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Final

import click

from pressroom import __version__
from pressroom.cli.command import COMPLETE, Group, everywhere_options
from pressroom.cli.command_list import COMMANDS, GROUPS
from pressroom.diagnostics import typed_command

# Longer than the first sentence of any help, so that a narrow terminal breaks lines and cuts no words off.
_WHOLE: Final = 200


class _Commands(Group):
    """Imports a command when it is asked for: `--help` and a build with nothing to do must be quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pressroom.cli.commands.{COMMANDS[cmd_name]}")
        commands = (value for value in vars(module).values() if isinstance(value, click.Command))
        return next(command for command in commands if command.name == cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, names in GROUPS.items():
            commands = {name: self.get_command(ctx, name) for name in names}
            rows = [(name, found.get_short_help_str(_WHOLE)) for name, found in commands.items() if found]
            with formatter.section(title):
                formatter.write_dl([(name.ljust(max(map(len, COMMANDS))), text) for name, text in rows])


@click.group(
    cls=_Commands,
    params=everywhere_options(hidden=False),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="pressroom", help="Show the version.")
@click.pass_context
def main(context: click.Context) -> None:
    """Patient education in every patient's language: English in, catalogs for translators, checked PDFs out."""
    if context.invoked_subcommand is None:
        from pressroom.cli.first_screen import first_screen

        click.echo(first_screen(context, Path(context.obj)))


class Stopped(BaseException):
    """SIGINT or SIGTERM asked the command to stop; it releases whatever it holds on the way out."""


def run() -> None:
    """Run this process's command."""

    def stop(number: int, _: FrameType | None) -> None:
        # A second signal must not interrupt what the first one releases.
        for again in (signal.SIGINT, signal.SIGTERM):
            signal.signal(again, signal.SIG_IGN)
        raise Stopped(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    _open_standard_streams()
    # Messages are many small objects that live to the end: looking for garbage among them takes a tenth of an update.
    gc.set_threshold(200_000)
    try:
        main(prog_name=typed_command(), complete_var=COMPLETE)
    except Stopped as stopped:
        (stopping,) = stopped.args
        click.echo(f"stopped by {signal.Signals(stopping).name}; the last edition is whole", err=True)
        sys.exit(128 + stopping)
    except BrokenPipeError:
        # The reader of the output has gone.
        sys.exit(1)
    except OSError as error:
        _refuse_output(error)
        sys.exit(1)
    except MemoryError:
        click.echo("this machine allows the command too little memory (ulimit -v)", err=True)
        sys.exit(69)


def _open_standard_streams() -> None:
    """Open what the caller closed: the next file that is opened would be standard output, and be printed into."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is this one.
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", closefd=False))  # noqa: SIM115


def _refuse_output(error: OSError) -> None:
    """Say that help, or what a program asked for, can't be printed; nothing more if that can't be printed either."""
    from pressroom.cli.console import print_no_more
    from pressroom.cli.options import refused_by_system
    from pressroom.diagnostics import render

    print_no_more()
    with suppress(OSError):
        click.echo(render([refused_by_system(error)], "text"), err=True)
