"""`handoff`: catalogs go out to a translator as one zip, and come back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pressroom.cli.options import documents_argument, format_option, in_project, jobs_option
from pressroom.workspace.workspace import Workspace


@click.group("handoff")
def command() -> None:
    """Send texts to a translator or an agency, and take them back.

    A translator installs nothing but a PO editor: pages, terms and instructions come with the texts.
    """


@command.command("export")
@documents_argument
@click.option("--locale", required=True, metavar="TAG", help="The locale to translate into.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The zip; output/handoff/ otherwise.")
@click.option("--proofs/--no-proofs", default=True, show_default=True, help="Put pages as PDF into the zip.")
@jobs_option
@format_option
@in_project
def export(
    workspace: Workspace,
    documents: tuple[str, ...],
    locale: str,
    output: Path | None,
    proofs: bool,
    jobs: int,
    form: str,
) -> None:
    """Make one zip of DOCUMENTS (all where none is named) for a translator.

    XLIFF and .po of each, pages as PDF, the terms, a translation memory, instructions. The same catalogs give the
    same zip. Keep it: it tells `import` what was sent.
    """
    from pressroom.cli.build_table import progress_line
    from pressroom.cli.say import say
    from pressroom.commands.handoff.export_handoff import export_handoff

    report = export_handoff(
        workspace, locale, documents, output=output, proofs=proofs, jobs=jobs, progress=progress_line()
    )
    say(report.diagnostics, form)
    if form == "text" and report.path is not None:
        click.echo(f"{workspace.relative(report.path)}: {len(report.files)} files")
    sys.exit(75 if report.busy else 1 if report.failed else 0)


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--locale", metavar="TAG", help="The locale, where the file does not say it.")
@click.option("--document", metavar="NAME", help="The document, where the file does not say it.")
@click.option(
    "--base",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The zip that was sent, where it is not in output/handoff/.",
)
@format_option
@in_project
def import_(
    workspace: Workspace, file: Path, locale: str | None, document: str | None, base: Path | None, form: str
) -> None:
    """Take back FILE: the zip, or a single .xlf or .po.

    A message that changed here since the export is never overwritten: what came back stands beside it as a comment.
    """
    from pressroom.cli.columns import columns
    from pressroom.cli.say import say
    from pressroom.commands.handoff.import_handoff import Imported, import_handoff

    def row(one: Imported) -> dict[str, str | int | bool]:
        rest = {"conflicts": one.conflicts, "unknown": one.unknown, "drafts": one.drafts, "written": one.written}
        return {"document": one.name, "locale": one.locale, "from": one.source, **one.counts, **rest}

    report = import_handoff(workspace, file, locale=locale, document=document, base=base)
    say(report.diagnostics, form)
    rows = [row(one) for one in report.imported]
    if form == "text" and rows:
        click.echo(columns([list(rows[0]), *([_cell(value) for value in one.values()] for one in rows)]))
    sys.exit(1 if report.failed else 0)


def _cell(value: str | int | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
