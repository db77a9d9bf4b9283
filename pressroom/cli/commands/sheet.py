"""`sheet`: finished cards go in, a sheet for the paper in the tray and the printer on the desk comes out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli.options import format_option, in_project
from pressroom.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pressroom.layout import Flip


@click.command("sheet")
@click.argument("document", required=False)
@click.option("--on", "sheet", required=True, metavar="SHEET", help="The paper, as layouts/sheets.toml calls it.")
@click.option("--product", default="", metavar="NAME", help="Which card; the document's usual one otherwise.")
@click.option("--locale", "locales", multiple=True, metavar="TAG", help="A language. Repeatable: a mixed sheet.")
@click.option("--clinic", metavar="NAME", help="Whose card; the only clinic otherwise.")
@click.option(
    "--flip", type=click.Choice(["long-edge", "short-edge"]),
    help="The edge the printer turns the paper on: its profile's, or the long edge, where it is not told.",
)  # fmt: skip
@click.option("--printer", default="", metavar="NAME", help="A printer of the settings, with its offsets.")
@click.option("--calibration", is_flag=True, help="The page that shows how far the printer is off, and no cards.")
@click.option("--release", "releasing", is_flag=True, help="Of released cards, not of proofs; it is logged.")
@click.option("--by", metavar="NAME", help="Who makes a sheet of released cards. Git's user.name otherwise.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where editions are.")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@format_option
@in_project
def command(
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
    by: str | None,
    output: Path | None,
    target: Path | None,
    form: str,
) -> None:
    """Impose finished cards on a sheet.

    The cards are proofs (run build first), or with --release the released ones, as far as they may be handed out
    today. With several languages the cells are shared out in their order, and each back stands behind its front.
    """
    from pressroom.cli.clock import today
    from pressroom.cli.person import at_the_keyboard
    from pressroom.cli.say import say
    from pressroom.commands.releasing.sheets import SheetRelease, SheetRequest, make_calibration, make_sheet

    if calibration:
        name = ".".join(filter(None, ("calibration", sheet, printer, "pdf")))
        _write(target or Path(name), make_calibration(workspace, sheet, printer), form)
        return
    if document is None or not locales:
        raise click.UsageError("name a document and at least one --locale, or ask for --calibration")
    request = SheetRequest(document, product, locales, clinic or _only_clinic(workspace), sheet, flip or "", printer)
    order = SheetRelease(by or at_the_keyboard(workspace.root), today()) if releasing else None
    made = make_sheet(workspace, request, output or workspace.root / "output", order)
    say(made.diagnostics, form)
    if made.pdf is None:
        sys.exit(1)
    _write(target or Path(made.name), made.pdf, form)
    if made.log and form == "text":
        click.echo(f"logged in {made.log}: commit it")


def _only_clinic(workspace: Workspace) -> str:
    clinics = workspace.clinics().value
    if len(clinics) != 1:
        raise click.UsageError(f"whose card? --clinic is one of {', '.join(c.id for c in clinics)}")
    return clinics[0].id


def _write(path: Path, data: bytes, form: str) -> None:
    from pressroom.project.atomic import write_atomic

    write_atomic(path, data)
    if form == "text":
        click.echo(f"wrote {path}: print it at actual size (100 %), two-sided")
