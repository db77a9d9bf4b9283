"""The command `handoff`: catalogs go out to a translator as one zip, and come back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import options
from pressroom.cli.output import finish, table

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace


@click.group("handoff")
def handoff() -> None:
    """Send texts to a translator or an agency, and take them back.

    A translator installs nothing but a PO editor: pages, terms and instructions come with the texts.
    """


@handoff.command("export")
@options.documents_argument
@click.option("--locale", required=True, metavar="TAG", help="The locale to translate into.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The zip; output/handoff/ otherwise.")
@click.option("--proofs/--no-proofs", default=True, show_default=True, help="Put pages as PDF into the zip.")
@options.jobs_option
@options.in_project
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
    from pressroom.cli.reports import progress_line
    from pressroom.commands.handoff.export_handoff import export_handoff

    report = export_handoff(
        workspace, locale, documents, output=output, proofs=proofs, jobs=jobs, progress=progress_line()
    )
    lines = [f"{workspace.relative(report.path)}: {len(report.files)} files"] if report.path is not None else []
    finish(report.diagnostics, form, *lines, failed=report.failed, busy=report.busy)


@handoff.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--locale", metavar="TAG", help="The locale, where the file does not say it.")
@click.option("--document", metavar="NAME", help="The document, where the file does not say it.")
@click.option(
    "--base",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The zip that was sent, where it is not in output/handoff/.",
)
@options.in_project
def import_(
    workspace: Workspace, file: Path, locale: str | None, document: str | None, base: Path | None, form: str
) -> None:
    """Take back FILE: the zip, or a single .xlf or .po.

    A message that changed here since the export is never overwritten: the returned text is put beside it as a comment.
    """
    from pressroom.commands.handoff.import_handoff import Imported, import_handoff

    def row(one: Imported) -> dict[str, str | int | bool]:
        names = {"document": one.name, "locale": one.locale, "from": one.source}
        return {**names, **one.counts, "drafts": one.drafts, "written": one.written}

    report = import_handoff(workspace, file, locale=locale, document=document, base=base)
    lines = [table([row(imported) for imported in report.imported])] if report.imported else []
    finish(report.diagnostics, form, *lines)
