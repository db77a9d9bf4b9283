"""The command `handoff`: catalogs go out to a translator as one zip, and come back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import complete, options
from pressroom.cli.command import group
from pressroom.cli.output import data, finish, first_to_fix, table, typed
from pressroom.counted import counted

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace


@group("handoff")
def handoff() -> None:
    """Send texts to a translator in a zip, and take them back.

    The zip has everything a translator needs: texts, pages to look at, terms and instructions. They install nothing
    but a translation editor.
    """


@handoff.command("export")
@options.documents_argument
@click.option(
    "--locale", required=True, metavar="TAG", shell_complete=complete.locales, help="The language to translate into."
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="The zip to write. Without it: a file in output/handoff/.",
)  # fmt: skip
@click.option("--proofs/--no-proofs", default=True, show_default=True, help="Put the pages into the zip, as PDF.")
@options.jobs_option
@options.in_project
def export(
    workspace: Workspace, documents: tuple[str, ...], locale: str, output: Path | None, proofs: bool, jobs: int
) -> None:
    """Make one zip of DOCUMENTS for a translator.

    It contains each document as XLIFF and as .po, the pages as PDF, the terms, a translation memory, and instructions.
    Keep the zip: `import` compares what comes back with it.
    """
    from pressroom.cli.progress import progress_line
    from pressroom.commands.handoff.export_handoff import export_handoff

    report = export_handoff(
        workspace, locale, documents, output=output, proofs=proofs, jobs=jobs, progress=progress_line()
    )
    data(path=report.path, files=sorted(report.files))
    lines, what_next = [], first_to_fix(report.diagnostics)
    if report.path is not None:
        zipped = workspace.relative(report.path)
        lines.append(f"{zipped}: {counted(len(report.files), 'file')}")
        what_next = f"send it to the translator; when it comes back: {typed('handoff import FILE')}"
    finish(report.diagnostics, *lines, next=what_next, failed=report.failed, busy=report.busy)


@handoff.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), help="The zip, or one .xlf or .po file.")
@click.option(
    "--locale", metavar="TAG", shell_complete=complete.locales, help="The language, if the file does not say it."
)
@click.option(
    "--document", metavar="NAME", shell_complete=complete.documents, help="The document, if the file does not say it."
)
@click.option(
    "--base", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="The zip that you sent, if it is not in output/handoff/.",
)  # fmt: skip
@options.in_project
def import_(workspace: Workspace, file: Path, locale: str | None, document: str | None, base: Path | None) -> None:
    """Take FILE back from a translator.

    If a message changed here after the export, its text here stays, and the returned text is put beside it as a
    comment.
    """
    from pressroom.commands.handoff.import_handoff import Imported, import_handoff

    def row(one: Imported) -> dict[str, str | int | bool]:
        names = {"document": one.name, "locale": one.locale, "from": one.source}
        return {**names, **one.counts, "drafts": one.drafts, "written": one.written}

    report = import_handoff(workspace, file, locale=locale, document=document, base=base)
    rows = [row(imported) for imported in report.imported]
    data(imported=rows)
    tags = dict.fromkeys(str(one["locale"]) for one in rows)
    check = f"next: {typed('check')}{''.join(f' --locale {tag}' for tag in tags)}" if rows else ""
    finish(report.diagnostics, *([table(rows)] if rows else []), next=check or first_to_fix(report.diagnostics))
