"""Commands that begin a project, show what comes out, bring a project up to date, and copy packaged layouts."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import options
from pressroom.cli.clock import now
from pressroom.cli.command import Choice, command
from pressroom.cli.output import data, finish, first_to_fix, say, show, table, typed
from pressroom.counted import counted
from pressroom.diagnostics import DiagnosticError, filled

if TYPE_CHECKING:
    from pressroom.language import Language
    from pressroom.language.countries import Paper
    from pressroom.workspace.workspace import Workspace


@command("init")
@click.argument("folder", type=click.Path(path_type=Path), help="The folder to make.")
@click.option("--country", required=True, metavar="CODE", help="The country you are in, as `PL` or `Poland`.")
@click.option(
    "--paper",
    type=Choice(["A4", "Letter"], case_sensitive=False),
    help="Your usual paper. Without it: the country's.",
)
@click.option(
    "--languages", default="", metavar="TAGS", help="The languages to translate into, by tag or name, as `pl,uk`."
)
@click.option("--name", default="", metavar="TEXT", help="The project's name. Without it: made from FOLDER.")
@click.option("--emergency", default="", metavar="NUMBER", help="The emergency number. Without it: the country's.")
@options.format_option
def init(folder: Path, country: str, paper: Paper | None, languages: str, name: str, emergency: str) -> None:
    """Make a project for your clinic.

    It has a place for your clinic's address, a sample brochure, a sample card, and their catalogs. You can build its
    proofs at once. It uses the layouts of this program; `override` copies one into the project, to change it.
    """
    from pressroom.commands.projects.init import NewProject, init
    from pressroom.language.countries import UnknownCountry, find_country
    from pressroom.planning.named import UsageError

    try:
        where = find_country(country)
        new = NewProject(folder, where, paper or where.paper, _languages(languages), name, emergency)
        report = init(new, now())
    except UnknownCountry as error:
        hint = f"did you mean {error.near}?" if error.near else "write its code of two letters, as PL"
        raise click.UsageError(f"{error}\n  hint: {hint}") from None
    except UsageError as error:
        raise click.UsageError(filled(f"{error}\n  hint: {error.hint}")) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder}: {(error.strerror or str(error)).lower()}") from None
    number = emergency or where.emergency
    made = (
        f"made {folder}: {counted(len(report.written), 'file')}; {where.name}, {new.paper}, emergency number {number}"
    )
    fill = f"fill in: {folder / 'source' / 'clinics.toml'}"
    errors = [finding for finding in report.diagnostics if finding.severity == "error"]
    data(folder=folder, written=report.written)
    finish(errors, made, fill, next=f"next: cd {folder}, then {typed('build')}", failed=report.failed)


def _languages(written: str) -> tuple[Language, ...]:
    from pressroom.language import UnknownLanguage, engine_registry, understand

    try:
        return tuple(
            understand(engine_registry(), name).language for name in map(str.strip, written.split(",")) if name
        )
    except UnknownLanguage as error:
        raise click.UsageError(f"{error}\n  hint: {error.hint}") from None


@command("demo")
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path), help="Where to make it. Without it: a temporary folder."
)
@click.option("--language", default="es", show_default=True, metavar="TAG", help="The second language: `es` or `ar`.")
@options.format_option
def demo(folder: Path | None, language: str) -> None:
    """Show one card in two languages, in a few seconds.

    Makes a small project and builds its card in English and in one more language. The words are samples, translated
    by a machine.
    """
    from pressroom.cli.progress import progress_line
    from pressroom.commands.projects.demo import demo
    from pressroom.planning.named import UsageError

    folder = folder or Path(tempfile.mkdtemp(prefix="pressroom-demo-"))
    try:
        shown = demo(folder, language, now(), progress_line())
    except UsageError as error:
        raise click.UsageError(f"{error}\n  hint: {error.hint}") from None
    except DiagnosticError as error:
        finish(error.problems, failed=True)
    if not shown.files:
        finish(shown.diagnostics, failed=True)
    data(files=shown.files, pictures=shown.pictures)
    lines = [str(path) for path in (*shown.files, *shown.pictures)]
    finish((), *lines, next=f"open {shown.files[-1]}", failed=False)


@command("upgrade")
@click.option("--yes", is_flag=True, help="Do it. Without this option nothing is written.")
@options.format_option
@click.pass_context
def upgrade(context: click.Context, yes: bool) -> None:
    """Bring a project to the format of this program.

    Says what there is to do. With --yes it does it. Commit your project first, so that git shows what changed. It names
    the lines where only a person can decide.
    """
    from pressroom.commands.projects.upgrade import upgrade
    from pressroom.project.settings import FORMAT

    try:
        done = upgrade(context.obj, now(), yes=yes)
    except DiagnosticError as error:
        say(error.problems)
        sys.exit(2)
    data(steps=done.steps, done=yes)
    if not done.steps and not done.by_hand:
        finish((), next=f"nothing to do: the project is of format {FORMAT}, as this program writes it")
    verb = "done" if yes else "to do"
    lines = [f"{verb}: {step}" for step in done.steps]
    what_next = f"nothing was written; {typed('upgrade --yes')} does it" if done.steps and not yes else ""
    finish(done.by_hand, *lines, next=what_next or first_to_fix(done.by_hand))


@command("override")
@click.argument("file", required=False, help="Its path in layouts/, as shared/card/style.css. Without it: lists all.")
@click.option("--all", "every", is_flag=True, help="Copy every file that the project lacks.")
@options.in_project
def override(workspace: Workspace, file: str | None, every: bool) -> None:
    """Copy a file of the layouts into the project, to change it.

    Your copy replaces the file of the program. You need no copy of brand.toml, words.toml, products.toml and
    sheets.toml: write a file of that name with the keys that differ.
    """
    from pressroom.commands.projects.override import layout_files, override, override_all

    if every and file is None:
        written, partial = override_all(workspace)
        data(written=written, partial=partial)
        for name in partial:
            show(f"{name} has some keys of yours: add those of the packaged file that it lacks")
        finish((), next=f"wrote {counted(len(written), 'file')}; now write own-layouts = true under [tool.pressroom]")
    if file is None:
        rows = [{"file": row.name, "state": row.state} for row in layout_files(workspace)]
        data(files=rows)
        show(table(rows) if rows else "no layouts")
        return
    name = override(workspace, file)
    data(written=[name])
    finish((), next=f"wrote {name}: edit it; delete it to use the packaged file again")
