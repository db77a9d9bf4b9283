"""Options that several commands share, the workspace they work on, and who runs them."""

from __future__ import annotations

import functools
import getpass
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import complete
from pressroom.cli.clock import today
from pressroom.cli.command import Choice
from pressroom.cli.console import console, print_no_more
from pressroom.cli.output import first_to_fix, last, say
from pressroom.diagnostics import FORMATS, Diagnostic, DiagnosticError, Span, diagnostic, filled

if TYPE_CHECKING:
    from pressroom.commands.signing.review_case import ReviewCase
    from pressroom.commands.signing.signer import Named, Signer
    from pressroom.workspace.workspace import Workspace

Command = Callable[..., None]
Option = Callable[[Command], Command]
_WITHOUT = "In a project without source/people.toml:"
documents_argument = click.argument(
    "documents", nargs=-1, shell_complete=complete.documents, help="Documents by name. Without any: all of them."
)
document_argument = click.argument("document", shell_complete=complete.documents, help="A document by name.")
one_locale_option = click.option(
    "--locale", required=True, metavar="TAG", shell_complete=complete.locales,
    help="The language, as `es` or `zh-Hans`. `en` is the English itself.",
)  # fmt: skip
locale_option = click.option(
    "--locale", "locales", multiple=True, metavar="TAG", shell_complete=complete.locales,
    help="Only this language, as `es` or `zh-Hans`. Can be repeated.",
)  # fmt: skip
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 256), metavar="N", default=len(os.sched_getaffinity(0)), show_default="all cores",
    help="At most so many pieces are made at a time.",
)  # fmt: skip
format_option = click.option(
    "--format", type=Choice(list(FORMATS)), default="text", show_default=True, expose_value=False,
    callback=lambda context, option, form: setattr(console(), "form", form),
    help="`text` for people, `json` for programs, `github` for annotations of a pull request.",
)  # fmt: skip
output_option = click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="The folder of finished files. Without it: output/ in the project.",
)  # fmt: skip
role_option = click.option(
    "--role", required=True, type=Choice(["author", "translator", "reviewer", "clinician"]),
    help="The signer's role.",
)  # fmt: skip
as_option = click.option(
    "--as", "id", default="", metavar="ID", shell_complete=complete.people, help="Your id in source/people.toml."
)
key_option = click.option(
    "--key", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="The file of your private SSH key, which signs the record.",
)  # fmt: skip


def person_options(name: str, what: str) -> Option:
    """The options that name the person who runs the command: in people.toml, or by name where there is no such file."""
    return _all_of(
        as_option,
        key_option,
        click.option(f"--{name}", metavar="NAME", help=f"{_WITHOUT} {what} If you leave it out: your name in git."),
    )


def signer_options(who: str) -> Option:
    """The options for who signs a record, and with which key."""
    return _all_of(
        as_option,
        key_option,
        click.option("--name", default="", metavar="NAME", help=f"{_WITHOUT} {who}"),
        click.option("--qualification", default="", metavar="TEXT", help=f"{_WITHOUT} their degree or licence."),
    )


def _all_of(*options: Option) -> Option:
    return lambda command: functools.reduce(lambda decorated, option: option(decorated), reversed(options), command)


def releaser(workspace: Workspace, id: str, key: Path | None, name: str | None) -> Signer:
    """The person who releases; ends the command with every reason why they may not."""
    from pressroom.approval.roles import RELEASER
    from pressroom.commands.signing.signer import Named
    from pressroom.project import Read

    if workspace.people() == Read(None):
        name = name or user_name(workspace)
    return _who_may(workspace, RELEASER, Named(id, key, name or ""))


def who_takes_back(workspace: Workspace, id: str, key: Path | None, name: str | None) -> Signer:
    """The person who takes something back. Everybody may, so that nothing stops them, and a signature is optional."""
    from pressroom.commands.signing.signer import Named, unlisted

    if not id and key is None:
        return unlisted(name or user_name(workspace))
    return _who_may(workspace, "", Named(id, key), optional=True)


def _who_may(workspace: Workspace, role: str, named: Named, *, optional: bool = False) -> Signer:
    """The person whom a command names; ends the command with every reason why they may not."""
    from pressroom.approval.people_file import PEOPLE_FILE
    from pressroom.commands.signing.signer import find_signer, signer_problems

    signer = find_signer(workspace, role, named)
    problems = [*signer_problems(workspace, signer, "", Span(PEOPLE_FILE), today(), optional=optional)]
    if problems:
        raise DiagnosticError(*problems)
    return signer


def in_project(command: Command) -> Command:
    """Add `--format`, and open the workspace."""
    return format_option(_with_workspace(command))


def in_project_or_its_log(command: Command) -> Command:
    """As `in_project`; wrong settings do not stop it, see `Workspace.open_records`."""
    return format_option(_with_workspace(command, by_log=True))


def _with_workspace(command: Command, *, by_log: bool = False) -> Command:
    """Pass a workspace as first argument; exit with 2 for wrong settings or arguments, else 1."""

    @functools.wraps(command)
    def wrapped(**options: object) -> None:
        # Imported here: `--help` needs none of it.
        from pressroom.approval.signature import SignatureError
        from pressroom.cli.desk import desk_kept_up
        from pressroom.cli.shown import ShownToday
        from pressroom.language import UnknownLanguage, find_invented
        from pressroom.planning.named import INVENTED, UsageError
        from pressroom.project import ProjectError
        from pressroom.workspace.languages import LanguagesError
        from pressroom.workspace.workspace import Workspace

        try:
            folder = click.get_current_context().obj
            workspace = Workspace.open_records(folder) if by_log else Workspace.open(folder)
            console().files = workspace.files
            console().shown = ShownToday(workspace.root, today())
            output = options.get("output")
            if isinstance(output, Path) and output.is_dir():
                workspace.output = output.resolve()
            with desk_kept_up(workspace):
                command(workspace, **options)
        except DiagnosticError as error:
            wrong_settings = isinstance(error, ProjectError | LanguagesError)
            say(error.problems)
            last(first_to_fix(error.problems) if len(error.problems) > 1 else "")
            sys.exit(2 if wrong_settings else 1)
        except BrokenPipeError:
            # The reader of the output has gone: Click ends the command.
            raise
        except OSError as error:
            say([refused_by_system(error)])
            if error.filename is None:
                print_no_more()
            sys.exit(1)
        except SignatureError as error:
            raise click.ClickException(f"not signed: {error}") from None
        except UsageError as error:
            raise click.UsageError(filled(f"{error}\n  hint: {error.hint}")) from None
        except UnknownLanguage as error:
            hint = INVENTED.format(error.tag) if find_invented(error.tag) else error.hint
            raise click.UsageError(filled(f"{error}\n  hint: {hint}")) from None

    return wrapped


def review_case(workspace: Workspace, document: str, locale: str, products: tuple[str, ...] = ()) -> ReviewCase:
    """Everything that is known about a document in a locale today."""
    from pressroom.commands.signing.review_case import open_review_case

    return open_review_case(workspace, document, locale, today(), products)


def user_name(workspace: Workspace) -> str:
    """The name git would write into a commit in the project; the account's name if git has none."""
    command = ["git", "-C", str(workspace.root), "config", "user.name"]
    try:
        name = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        name = ""
    return name or getpass.getuser()


def refused_by_system(error: OSError) -> Diagnostic:
    """What the system says of a file; an error without one is that of what the command prints."""
    said = (error.strerror or str(error)).lower()
    if error.filename is None:
        hint = "make room on the disk that it is written to, or print it elsewhere"
        return diagnostic("output-unwritable", Span("(standard output)"), f"it can't be written: {said}", hint)
    hint = "see that it is a file, that you may read and write it, and that the disk has room"
    return diagnostic("output-unwritable", Span(str(error.filename)), f"the system refuses this file: {said}", hint)
