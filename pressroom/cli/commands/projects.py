"""Commands that begin a project, show what comes out, bring a project up to date, and copy packaged layouts."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import options
from pressroom.cli.clock import now
from pressroom.cli.output import finish, say, show_rows
from pressroom.diagnostics import DiagnosticError, filled

if TYPE_CHECKING:
    from pressroom.language import Language
    from pressroom.language.countries import Paper
    from pressroom.workspace.workspace import Workspace


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--country", required=True, metavar="CODE", help="Where you are, as PL or Poland.")
@click.option(
    "--paper",
    type=click.Choice(["A4", "Letter"], case_sensitive=False),
    help="Your usual paper; the country's otherwise.",
)
@click.option("--languages", default="", metavar="TAGS", help="The languages to translate into, by tag or name: pl,uk.")
@click.option("--name", default="", help="The project's name; made from FOLDER otherwise.")
@click.option("--emergency", default="", metavar="NUMBER", help="The emergency number; the country's otherwise.")
@options.format_option
def init(folder: Path, country: str, paper: Paper | None, languages: str, name: str, emergency: str, form: str) -> None:
    """Make a new project in FOLDER.

    It has a place to fill in, a sample brochure, a sample card and their catalogs, and builds proofs at once. The
    packaged layouts are used; what you put into its layouts/ replaces them.
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
    made = f"made {folder}: {len(report.written)} files; {where.name}, {new.paper}, emergency number {number}"
    fill = f"fill in: {folder / 'source' / 'clinics.toml'}"
    errors = [finding for finding in report.diagnostics if finding.severity == "error"]
    finish(errors, form, made, fill, f"next: cd {folder}, then {{command}} build", failed=report.failed)


def _languages(written: str) -> tuple[Language, ...]:
    from pressroom.language import UnknownLanguage, engine_registry, understand

    try:
        return tuple(
            understand(engine_registry(), name).language for name in map(str.strip, written.split(",")) if name
        )
    except UnknownLanguage as error:
        raise click.UsageError(f"{error}\n  hint: {error.hint}") from None


@click.command("demo")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--language", default="es", show_default=True, metavar="TAG", help="The second language: es or ar.")
@options.format_option
def demo(folder: Path | None, language: str, form: str) -> None:
    """Show one card in two languages, in a few seconds.

    Makes a whole small project in FOLDER, or in a temporary one, and builds its card in English and in one more
    language. Its words are samples, and a machine translated them.
    """
    from pressroom.cli.reports import progress_line
    from pressroom.commands.projects.demo import demo
    from pressroom.planning.named import UsageError

    folder = folder or Path(tempfile.mkdtemp(prefix="pressroom-demo-"))
    try:
        shown = demo(folder, language, now(), progress_line())
    except UsageError as error:
        raise click.UsageError(f"{error}\n  hint: {error.hint}") from None
    except DiagnosticError as error:
        say(error.problems, form)
        sys.exit(1)
    if not shown.files:
        finish(shown.diagnostics, form, failed=True)
    lines = [str(path) for path in (*shown.files, *shown.pictures)]
    finish((), form, *lines, f"open {shown.files[-1]}", failed=False)


@click.command("upgrade")
@click.option("--yes", is_flag=True, help="Do it; without this nothing is written.")
@options.format_option
@click.pass_context
def upgrade(context: click.Context, yes: bool, form: str) -> None:
    """Bring the project to the format of this program.

    Says what there is to do, and does it with --yes. Commit the project before, so that git shows what changed. What
    only a person can decide is named at its line.
    """
    from pressroom.commands.projects.upgrade import upgrade
    from pressroom.project.settings import FORMAT

    try:
        done = upgrade(context.obj, now(), yes=yes)
    except DiagnosticError as error:
        say(error.problems, form)
        sys.exit(2)
    if not done.steps and not done.by_hand:
        finish((), form, f"nothing to do: the project is of format {FORMAT}, as this program writes it")
    verb = "done" if yes else "to do"
    lines = [f"{verb}: {step}" for step in done.steps]
    if done.steps and not yes:
        lines.append("nothing was written; {command} upgrade --yes does it")
    finish(done.by_hand, form, *lines)


@click.command("override")
@click.argument("file", required=False)
@options.in_project
def override(workspace: Workspace, file: str | None, form: str) -> None:
    """Copy a packaged layout file into the project, to change it.

    FILE is its path in layouts/, as shared/card/style.css; all are listed where none is named. The copy replaces the
    packaged file. brand.toml, words.toml, products.toml and sheets.toml need no copy: write the keys that differ.
    """
    from pressroom.commands.projects.override import layout_files, override

    if file is None:
        show_rows([{"file": row.name, "state": row.state} for row in layout_files(workspace)], form, "no layouts")
        return
    name = override(workspace, file)
    finish((), form, f"wrote {name}: edit it; delete it to use the packaged file again")
