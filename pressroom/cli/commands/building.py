"""Commands on pieces: build or release them, specimens, fonts, products, preflight."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import options
from pressroom.cli.clock import today
from pressroom.cli.output import columns, finish

if TYPE_CHECKING:
    from pressroom.commands.releasing.release import ReleaseOrder
    from pressroom.planning.plan import Request
    from pressroom.workspace.workspace import Workspace


_PRODUCT = "Only this product; `press` and `gray` are all that a print shop gets, `all` is every one. Repeatable."


@click.command("build")
@options.documents_argument
@options.locale_option
@click.option("--clinic", "clinics", multiple=True, metavar="NAME", help="Only for this clinic. Repeatable.")
@click.option("--product", "products", multiple=True, metavar="NAME", help=_PRODUCT)
@options.output_option
@click.option("--verify", is_flag=True, help="Make everything again elsewhere, and compare it with what is current.")
@click.option("--previews", is_flag=True, help="Pictures of the pages too, one set a locale, in OUTPUT/previews.")
@click.option("--printer", metavar="NAME", help="The files corrected for this printer too, in OUTPUT/printers/NAME.")
@click.option("--release", "releasing", is_flag=True, help="Release what everybody signed, instead of making proofs.")
@options.person_options("by", "who releases; the log has it.")
@click.option("--new-people", is_flag=True, help="Release although source/people.toml changed: you looked at it.")
@click.option("--keep", type=click.IntRange(1), default=5, show_default=True, help="How many editions are kept.")
@options.jobs_option
@options.in_project
def build(
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
    id: str,
    key: Path | None,
    by: str | None,
    new_people: bool,
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
    from pressroom.cli.reports import progress_line
    from pressroom.planning.plan import Request

    request, folder = Request(documents, locales, clinics, products), output or workspace.root / "output"
    if printer and verify:
        raise click.UsageError("--printer makes files, and --verify makes none")
    if verify and releasing:
        raise click.UsageError("--verify and --release are two things")
    if previews and releasing:
        raise click.UsageError("a picture can't be verified or recalled: --previews are of proofs, without --release")
    if verify:
        from pressroom.commands.building.build import reproduce

        made_again = reproduce(workspace, request, output=folder, jobs=jobs, progress=progress_line())
        result = f"{made_again.same} of {made_again.pieces} pieces came out byte for byte as they are"
        finish(made_again.diagnostics, form, result)
    elif releasing:
        from pressroom.commands.releasing.release import ReleaseOrder

        order = ReleaseOrder(folder, options.releaser(workspace, id, key, by), today(), keep, jobs, new_people)
        _release(workspace, request, order, printer, form)
    else:
        _proofs(workspace, request, folder, keep, jobs, form, printer, previews)


def _proofs(
    workspace: Workspace,
    request: Request,
    folder: Path,
    keep: int,
    jobs: int,
    form: str,
    printer: str | None,
    previews: bool,
) -> None:
    from pressroom.cli.reports import progress_line, show_build
    from pressroom.commands.building.build import build
    from pressroom.commands.signing.expiry import expires_soon

    if printer:
        # Asked before anything is made: the profile may not be there.
        from pressroom.commands.building.printers import find_printer

        profile = find_printer(workspace, printer)
    report = build(workspace, request, output=folder, jobs=jobs, progress=progress_line(), keep=keep)
    soon = expires_soon(workspace, folder, today())
    show_build(replace(report, diagnostics=(*report.diagnostics, *soon)), form)
    lines = []
    if previews and report.edition:
        from pressroom.commands.building.previews import write_previews

        written = write_previews(report.pieces, report.edition, folder)
        lines.append(f"{len(written)} pictures in {folder / 'previews'}")
    if printer and report.edition:
        from pressroom.commands.building.printers import write_for_printer

        copies = folder / "printers" / printer
        written = write_for_printer(workspace, report.pieces, report.edition, copies, profile)
        lines.append(f"{len(written)} files for {printer} in {copies}")
    if form == "text":
        click.echo("\n".join(lines), nl=bool(lines))
    sys.exit(75 if report.busy else 1 if report.failed else 0)


def _release(workspace: Workspace, request: Request, order: ReleaseOrder, printer: str | None, form: str) -> None:
    from pressroom.cli.reports import progress_line, show_corrected, show_release
    from pressroom.commands.building.printers import find_printer
    from pressroom.commands.releasing.printer_copies import DeskPrinter, correct_released
    from pressroom.commands.releasing.release import release
    from pressroom.commands.signing.expiry import expires_soon
    from pressroom.diagnostics import Diagnostic
    from pressroom.publish import Store

    # Asked before anything is made: the profile may not be there.
    profile = find_printer(workspace, printer) if printer else None
    report = release(workspace, request, order, progress_line())
    soon = expires_soon(workspace, order.output, order.today)
    show_release(replace(report, diagnostics=(*report.diagnostics, *soon)), form, order.today)
    if printer and profile and report.edition and not report.busy:
        desk = DeskPrinter(printer, profile, order.by, order.today)
        corrected = correct_released(workspace, report.released, Store(order.output, "released"), desk)
        show_corrected(corrected, printer, form)
        if isinstance(corrected, Diagnostic):
            sys.exit(75 if corrected.code == "output-busy" else 1)
    sys.exit(75 if report.busy else 1 if report.failed else 0)


@click.command("specimen")
@click.argument("tags", nargs=-1, metavar="[TAG]...")
@click.option("--all", "every", is_flag=True, help="Every language of the registry, in the project or not.")
@options.output_option
@options.in_project
def specimen(workspace: Workspace, tags: tuple[str, ...], every: bool, output: Path | None, form: str) -> None:
    """Make a page that shows how a language is set.

    Its list at the smallest and the preferred size of a card, quotation marks and numbers, a narrow column, all its
    letters and marks. A native reader signs it off before the first job. The project's locales where no TAG is given.
    """
    from pressroom.commands.building.specimens import make_specimens
    from pressroom.language import every_language

    requested = tuple(workspace.language_named(tag) for tag in tags) or (
        tuple(every_language(workspace.registry())) if every else workspace.languages().value
    )
    files, findings = make_specimens(workspace, requested, output or workspace.root / "output", today().isoformat())
    finish(findings, form, *(f"made {workspace.relative(path)}" for path in files))


@click.command("fonts")
@click.option("--accept", is_flag=True, help="Write fonts.lock: from now on a build refuses any other file.")
@options.in_project
def fonts(workspace: Workspace, accept: bool, form: str) -> None:
    """Show the fonts the project's languages are set in.

    Family, file, version, package, and whether the file is one that pages were checked with.
    """
    from pressroom.planning.fonts import accept_fonts, report_fonts

    rows, problems = report_fonts(workspace)
    if form == "text" and rows:
        click.echo(columns([["family", "file", "version", "package", "state"], *map(list, rows)]))
    accepted = accept and not any(problem.code == "font-missing" for problem in problems)
    if accepted:
        click.echo(f"wrote {accept_fonts(workspace)}")
    finish(problems, form, failed=False if accepted else None)


@click.command("products")
@click.option("--markdown", is_flag=True, help="The table of docs/reference/products.md.")
@options.in_project
def products(workspace: Workspace, markdown: bool, form: str) -> None:
    """List what can be handed out.

    For each product: what goes into the printer, how it is finished, and which documents it is made of. A document
    in brackets can have it too: build --product NAME.
    """
    from pressroom.cli.reference import finish_of, products_table
    from pressroom.planning.products import product_rows

    rows, problems = product_rows(workspace)
    if markdown:
        click.echo(products_table(rows), nl=False)
    elif form == "text":
        for row in rows:
            documents = [*row.usual, *(f"[{name}]" for name in row.possible)]
            click.echo(f"{row.product.name}\n    {row.product.description}")
            click.echo(f"    paper: {row.product.paper}; {finish_of(row.product)}")
            click.echo(f"    documents: {' '.join(documents) or 'none'}")
    finish(problems, form, failed=bool(problems))


@click.command("preflight")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@options.format_option
def preflight(files: tuple[Path, ...], form: str) -> None:
    """Check finished PDFs.

    FILES may come from any program: their pages, boxes, fonts, tags, language, title, contrast, type, pictures, links
    and attachments are checked, and both PDF/UA-1 and PDF/A-2a. Of a press file, boxes, plates, ink, rules, reversed
    type and the output intent are checked; PDF/X is not.
    """
    from pressroom.cli.reports import describe_file
    from pressroom.commands.building.preflight import preflight

    examined, findings = preflight(files)
    finish(findings, form, *(describe_file(path, result) for path, result in examined))
