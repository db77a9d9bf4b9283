"""The classes of commands: examples in every help, options that every command takes, names that are nearly right.

`command` and `group` are Click's decorators with these classes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from pressroom.cli.console import clear_progress, console

# The variable in which a shell asks for completions, whatever name the person typed.
COMPLETE: Final = "_PRESSROOM_COMPLETE"
_EVERYWHERE: Final = "Every command also takes --quiet, --verbose, --no-color and --project FOLDER."


def _quiet(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        console().quiet = True


def _verbose(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        console().verbose = True


def _no_color(context: click.Context, _: click.Parameter, value: bool) -> None:
    # Any value of NO_COLOR but an empty one: https://no-color.org
    if value or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        context.color = context.find_root().color = False


def _project(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None or context.obj is None:
        context.obj = value or Path()


def everywhere_options(*, hidden: bool) -> list[click.Parameter]:
    """The options that are accepted before a command's name and after it."""
    flag: dict[str, Any] = {"is_flag": True, "expose_value": False, "hidden": hidden}
    folder = click.Path(path_type=Path, file_okay=False, exists=True)
    return [
        click.Option(
            ["--project"], type=folder, expose_value=False, hidden=hidden, callback=_project, metavar="FOLDER",
            help="A folder of the project, if it is not the one you are in.",
        ),
        click.Option(["--quiet", "-q"], callback=_quiet, help="Print errors and what you asked for. No more.", **flag),
        click.Option(
            ["--verbose", "-v"], callback=_verbose, help="Print every warning, also those shown earlier today.", **flag
        ),
        click.Option(["--no-color"], callback=_no_color, help="Print no colours; so does NO_COLOR=1.", **flag),
    ]  # fmt: skip


class Command(click.Command):
    """A command with examples in its help."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Its own parameters, those of every command, and --help."""
        own = super().get_params(ctx)
        return own if ctx.parent is None else [*own[:-1], *everywhere_options(hidden=True), own[-1]]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, and name the options of every command."""
        from pressroom.cli.examples import examples_of

        with formatter.section("Examples"):
            for call, meaning in examples_of(ctx):
                formatter.write(f"{'':{formatter.current_indent}}{call}\n")
                with formatter.indentation():
                    formatter.write_text(meaning)
        if ctx.parent is not None:
            formatter.write_paragraph()
            formatter.write_text(_EVERYWHERE)

    def invoke(self, ctx: click.Context) -> object:
        """Run it, and close its output."""
        # Imported here: a command that only shows its help has no output.
        from pressroom.cli.output import close

        try:
            result = super().invoke(ctx)
        except SystemExit:
            close()
            raise
        finally:
            clear_progress()
        close()
        return result


class Group(Command, click.Group):
    """A group of commands that says which command was probably meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of the first argument. Raises UsageError with the nearest name if there is none."""
        from pressroom.nearest import nearest

        name = args[0]
        if not (ctx.resilient_parsing or name.startswith("-")) and self.get_command(ctx, name) is None:
            near = nearest(name, self.list_commands(ctx))
            ctx.fail(f"No such command {name!r}." + (f" Did you mean {near!r}?" if near else ""))
        return super().resolve_command(ctx, args)


Group.command_class = Command


class Choice(click.Choice[str]):
    """One of a few words, with the nearest one in the error."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Click's message, and the word that was probably meant."""
        from pressroom.nearest import nearest

        near = nearest(str(value), self.choices)
        return super().get_invalid_choice_message(value, ctx) + (f" Did you mean {near!r}?" if near else "")


def command(name: str) -> Callable[[Callable[..., Any]], Command]:
    """Click's decorator, for a command of this program."""
    return click.command(name, cls=Command)


def group(name: str, **settings: bool) -> Callable[[Callable[..., Any]], Group]:
    """Click's decorator, for a group of commands of this program."""
    return click.group(name, cls=Group, **settings)
