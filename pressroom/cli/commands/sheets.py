"""The command `sheet`: cards on a sheet of paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import complete, options
from pressroom.cli.clock import today
from pressroom.cli.command import Choice, command
from pressroom.cli.output import data, last, tell

if TYPE_CHECKING:
    from pressroom.layout import Flip
    from pressroom.workspace.workspace import Workspace


@command("sheet")
@click.argument("document", required=False, shell_complete=complete.documents, help="The document of the cards.")
@click.option(
    "--on",
    "sheet",
    required=True,
    metavar="SHEET",
    shell_complete=complete.sheets,
    help="The paper: a name in layouts/sheets.toml.",
)
@click.option(
    "--product",
    default="",
    metavar="NAME",
    shell_complete=complete.products,
    help="Which card. Without it: the document's usual one.",
)
@click.option(
    "--locale",
    "locales",
    multiple=True,
    metavar="TAG",
    shell_complete=complete.locales,
    help="A language. If you repeat it, the sheet has cards of each.",
)
@click.option(
    "--clinic",
    metavar="NAME",
    shell_complete=complete.clinics,
    help="Whose card. You can leave it out if there is one clinic.",
)
@click.option(
    "--flip",
    type=Choice(["long-edge", "short-edge"]),
    help="The edge on which the printer turns the paper. Without it: as the printer's settings say, or the long edge.",
)
@click.option(
    "--printer",
    default="",
    metavar="NAME",
    shell_complete=complete.printers,
    help="Correct the sheet for this printer of pyproject.toml.",
)
@click.option("--calibration", is_flag=True, help="Print no cards, but the page that shows how far a printer is off.")
@click.option("--release", "releasing", is_flag=True, help="Use released cards instead of proofs. The log keeps it.")
@options.person_options("by", "who makes the sheet of released cards.")
@options.output_option
@click.option(
    "--to", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="The file to write."
)
@options.in_project
def sheet(
    workspace: Workspace,
    document: str | None,
    sheet: str,
    product: str,
    locales: tuple[str, ...],
    clinic: str | None,
    flip: Flip | None,
    printer: str,
    calibration: bool,
    releasing: bool,
    id: str,
    key: Path | None,
    by: str | None,
    output: Path | None,
    target: Path | None,
) -> None:
    """Place finished cards on a sheet of paper, ready to cut.

    The cards are proofs; build them first. With --release they are released cards that may be handed out today. Of
    several languages, the sheet has cards of each in turn. Each back is behind its front.
    """
    from pressroom.commands.releasing.sheets import SheetRelease, SheetRequest, make_calibration, make_sheet

    if calibration:
        name = ".".join(filter(None, ("calibration", sheet, printer, "pdf")))
        _write(target or Path(name), make_calibration(workspace, sheet, printer), "")
        return
    if document is None or not locales:
        raise click.UsageError("name a document and at least one --locale, or ask for --calibration")
    request = SheetRequest(document, product, locales, clinic or _only_clinic(workspace), sheet, flip or "", printer)
    order = SheetRelease(options.releaser(workspace, id, key, by), today(), target) if releasing else None
    made = make_sheet(workspace, request, output or workspace.root / "output", order)
    _write(target or Path(made.name), made.pdf, made.log)


def _only_clinic(workspace: Workspace) -> str:
    clinics = workspace.clinics().value
    if len(clinics) != 1:
        raise click.UsageError(f"whose card? --clinic is one of {', '.join(c.id for c in clinics)}")
    return clinics[0].id


def _write(path: Path, pdf: bytes, log: str) -> None:
    from pressroom.project.atomic import write_atomic

    write_atomic(path, pdf)
    data(path=path, log=log or None)
    if log:
        tell(f"logged in {log}: commit it")
    last(f"wrote {path}: print it at actual size (100 %), two-sided")
