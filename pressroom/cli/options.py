"""Options that several commands share, and the project they are meant for."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Sequence

import click

from pressroom.diagnostics import FORMATS, Diagnostic, DiagnosticError, render
from pressroom.project import ProjectError

Command = Callable[..., None]

documents_argument = click.argument("documents", nargs=-1)
locale_option = click.option(
    "--locale", "locales", multiple=True, metavar="TAG", help="Only this locale, as zh-Hans or zh_Hans. Repeatable."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 256), default=len(os.sched_getaffinity(0)), show_default="all cores",
    help="How many pieces to make at a time.",
)  # fmt: skip
format_option = click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True,
    help="How diagnostics are written.",
)  # fmt: skip


def in_project(command: Command) -> Command:
    """Pass a workspace as first argument; exit with 2 for wrong settings or arguments, else 1."""

    @functools.wraps(command)
    def wrapped(**options: object) -> None:
        # Imported here: `--help` needs none of it.
        from pressroom.language import UnknownLanguage, find_invented
        from pressroom.planning.plan import INVENTED, UsageError
        from pressroom.workspace.languages import LanguagesError
        from pressroom.workspace.workspace import Workspace

        try:
            command(Workspace.open(click.get_current_context().obj), **options)
        except DiagnosticError as error:
            wrong_settings = isinstance(error, ProjectError | LanguagesError)
            _stop(error.problems, str(options["form"]), 2 if wrong_settings else 1)
        except UsageError as error:
            raise click.UsageError(f"{error}\n  hint: {error.hint}") from None
        except UnknownLanguage as error:
            hint = f"did you mean {error.near}?" if error.near else "see docs/reference/languages.md"
            hint = INVENTED.format(error.tag) if find_invented(error.tag) else hint
            raise click.UsageError(f"{error}\n  hint: {hint}") from None

    return wrapped


def _stop(problems: Sequence[Diagnostic], form: str, exit_code: int) -> None:
    click.echo(render(problems, form), err=form == "text")
    sys.exit(exit_code)
