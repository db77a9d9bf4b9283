"""The commands: a command line goes in, one call of the pipeline and an exit code come out.

0: all that was asked for was made. 1: something was refused. 2: the command was used wrongly. 75: another build
holds the output. An exception that is none of these is our own fault and keeps its traceback.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Final

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


class _Commands(click.Group):
    """Imports a command when it is asked for: `--help` and a build with nothing to do must be quick."""

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
