"""`build`: what was asked for goes in, proofs and a table come out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli.options import documents_argument, format_option, in_project, jobs_option, locale_option
from pressroom.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pressroom.planning.plan import Request


_PRODUCT = "Only this product; `press` and `gray` are all that a print shop gets, `all` is every one. Repeatable."


@click.command("build")
@documents_argument
@locale_option
@click.option("--clinic", "clinics", multiple=True, metavar="NAME", help="Only for this clinic. Repeatable.")
@click.option("--product", "products", multiple=True, metavar="NAME", help=_PRODUCT)
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), help="Where editions go; output/ otherwise."
)
@click.option("--verify", is_flag=True, help="Make everything again elsewhere, and compare it with what is current.")
@click.option("--previews", is_flag=True, help="Pictures of the pages too, one set a locale, in OUTPUT/previews.")
@click.option("--printer", metavar="NAME", help="The files corrected for this printer too, in OUTPUT/printers/NAME.")
@click.option("--release", "releasing", is_flag=True, help="Release what everybody signed, instead of making proofs.")
@click.option("--by", metavar="NAME", help="Who releases; stands in the log. Git's user.name otherwise.")
@click.option("--keep", type=click.IntRange(1), default=5, show_default=True, help="How many generations are kept.")
@jobs_option
@format_option
@in_project
def command(
    workspace: Workspace,
    documents: tuple[str, ...],
    locales: tuple[str, ...],
    clinics: tuple[str, ...],
    products: tuple[str, ...],
    output: Path | None,
    verify: bool,
    previews: bool,
    printer: str | None,
    releasing: bool,
    by: str | None,
    keep: int,
    jobs: int,
    form: str,
) -> None:
    """Make proofs of DOCUMENTS in every locale, or release them.

    All documents, locales and clinics where none is named. A piece whose inputs did not change is not made again.
    Every panel of a proof says that it is one. With --release only what everybody signed is made, without a proof's
    marks, into output/released; everything else is refused with the reason, and its last release stays.

    --locale en-XA (English with accents, 40 % longer) and ar-XB (English from right to left) make proofs of invented
    languages, so that an editor sees what will not fit before anything is translated.
    """
    from pressroom.planning.plan import Request

    request, folder = Request(documents, locales, clinics, products), output or workspace.root / "output"
    if printer and verify:
        raise click.UsageError("--printer makes files, and --verify makes none")
    if verify and releasing:
        raise click.UsageError("--verify and --release are two things")
    if previews and releasing:
        raise click.UsageError("a picture can't be verified or recalled: --previews are of proofs, without --release")
    if verify:
        from pressroom.cli.build_table import progress_line
        from pressroom.cli.verify_report import finish_verify
        from pressroom.commands.building.reproduce import verify as reproduce

        finish_verify(reproduce(workspace, request, output=folder, jobs=jobs, progress=progress_line()), form)
    if releasing:
        sys.exit(_release(workspace, request, folder, by, keep, jobs, form, printer))
    from pressroom.cli.build_table import progress_line, show_build
    from pressroom.commands.building.build import build

    if printer:
        # Asked before anything is made: the profile may not be there.
        from pressroom.commands.releasing.sheets import find_printer

        profile = find_printer(workspace, printer)
    report = build(workspace, request, output=folder, jobs=jobs, progress=progress_line(), keep=keep)
    show_build(report, form)
    if previews and report.generation:
        from pressroom.commands.building.previews import write_previews

        written = write_previews(report.pieces, report.generation, folder)
        if form == "text":
            click.echo(f"{len(written)} pictures in {folder / 'previews'}")
    if printer and report.generation:
        from pressroom.commands.building.printers import write_for_printer

        written = write_for_printer(workspace, report.pieces, report.generation, folder / "printers" / printer, profile)
        if form == "text":
            click.echo(f"{len(written)} files for {printer} in {folder / 'printers' / printer}")
    sys.exit(75 if report.busy else 1 if report.failed else 0)


def _release(
    workspace: Workspace,
    request: Request,
    output: Path,
    by: str | None,
    keep: int,
    jobs: int,
    form: str,
    printer: str | None,
) -> int:
    from pressroom.cli.build_table import progress_line
    from pressroom.cli.clock import today
    from pressroom.cli.person import at_the_keyboard
    from pressroom.cli.release_table import show_corrected, show_release
    from pressroom.commands.releasing.printer_copies import DeskPrinter, correct_released
    from pressroom.commands.releasing.release import ReleaseOrder, release
    from pressroom.commands.releasing.sheets import find_printer
    from pressroom.publish import Store

    # Asked before anything is made: the profile may not be there.
    profile = find_printer(workspace, printer) if printer else None
    order = ReleaseOrder(output, by or at_the_keyboard(workspace.root), today(), keep, jobs)
    report = release(workspace, request, order, progress_line())
    show_release(report, form, order.today)
    if printer and profile and report.edition and not report.busy:
        desk = DeskPrinter(printer, profile, order.by, order.today)
        corrected = correct_released(workspace, report.released, Store(output, "released"), desk)
        show_corrected(corrected, printer, form)
    return 75 if report.busy else 1 if report.failed else 0
