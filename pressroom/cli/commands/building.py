"""Commands on pieces: build or release them, specimens, preflight."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from dataclasses import astuple, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pressroom.cli import complete, options
from pressroom.cli.build_answer import answered, nearby, question_of, show_last
from pressroom.cli.clock import today
from pressroom.cli.command import command
from pressroom.cli.console import console
from pressroom.cli.output import data, finish, first_to_fix, last, say, show, tell
from pressroom.counted import counted
from pressroom.diagnostics import Diagnostic, Severity, worst

if TYPE_CHECKING:
    from pressroom.commands.building.build import Workers
    from pressroom.commands.releasing.release import ReleaseOrder
    from pressroom.executor.cluster import Cluster
    from pressroom.executor.warm import WarmWorkers
    from pressroom.planning.plan import Request
    from pressroom.workspace.workspace import Workspace


_PRODUCT = "Only this product. `press` and `gray` mean all files for a print shop, `all` means all. Can be repeated."


def _unless_settled(build: Callable[..., None]) -> Callable[..., None]:
    """Answer a build of proofs without opening the project, if nothing changed since the last one."""

    @functools.wraps(build)
    def wrapped(**options: Any) -> None:  # noqa: ANN401  options of every type
        others = ("verify", "previews", "printer", "releasing", "cluster", "objects", "explain", "watch")
        if not any(options[name] for name in others):
            names = tuple(options[name] for name in ("documents", "locales", "clinics", "products"))
            answer = answered(options["output"], names, options["keep"])
            if answer is not None:
                sys.exit(1 if answer.failed else 0)
        build(**options)

    return wrapped


@command("build")
@options.documents_argument
@options.locale_option
@click.option(
    "--clinic",
    "clinics",
    multiple=True,
    metavar="NAME",
    shell_complete=complete.clinics,
    help="Only for this clinic. Can be repeated.",
)
@click.option("--product", "products", multiple=True, metavar="NAME", shell_complete=complete.products, help=_PRODUCT)
@options.output_option
@click.option(
    "--verify", is_flag=True, help="Make all files a second time, elsewhere, and compare them. Changes nothing."
)
@click.option("--previews", is_flag=True, help="Also make pictures of the pages, in OUTPUT/previews.")
@click.option(
    "--printer",
    metavar="NAME",
    shell_complete=complete.printers,
    help="Also make files corrected for this printer, in OUTPUT/printers/NAME.",
)
@click.option("--release", "releasing", is_flag=True, help="Make the files for patients from what everybody signed.")
@options.person_options("by", "who releases; the log keeps the name.")
@click.option(
    "--new-people", is_flag=True, help="Release although source/people.toml changed, because you looked at it."
)
@click.option("--explain", is_flag=True, help="Say for each piece why it is made or kept.")
@click.option("--watch", is_flag=True, help="Go on: make again what changes, until you press Ctrl-C.")
@click.option("--keep", type=click.IntRange(1), default=5, show_default=True, help="How many editions to keep.")
@options.jobs_option
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Make proofs on the workers of this Dask scheduler, not here: tls://HOST:PORT, or this machine's own PORT.",
)
@click.option(
    "--objects",
    metavar="ADDRESS",
    help="With --cluster: a folder that all machines reach, for results on their way: a path, or s3://BUCKET/FOLDER.",
)
@_unless_settled
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
    explain: bool,
    watch: bool,
    keep: int,
    jobs: int,
    cluster: str | None,
    objects: str | None,
) -> None:
    """Make proofs, or release what everybody signed.

    A proof is a file to look at and sign; each of its panels says that it is no file for patients. Without arguments,
    `build` makes all documents in all languages for all clinics. It makes only what changed since the last time.

    With --release it makes the files for patients, into output/released, of texts that everybody signed. All other
    texts are refused with the reason, and their last release stays.

    Two invented languages show an editor what will not fit before anything is translated: --locale en-XA is English
    with accents and 40 % longer, --locale ar-XB is English from right to left.
    """
    from pressroom.cli.progress import progress_line
    from pressroom.planning.plan import Request

    request, folder = Request(documents, locales, clinics, products), output or workspace.root / "output"
    if printer and verify:
        raise click.UsageError("--printer makes files, and --verify makes none")
    if verify and releasing:
        raise click.UsageError("use --verify or --release, not both")
    if previews and releasing:
        raise click.UsageError("a picture can't be verified or recalled: --previews are of proofs, without --release")
    if cluster and releasing:
        raise click.UsageError("--cluster makes proofs: a release is made on this machine")
    if explain and (verify or releasing):
        raise click.UsageError("--explain says why proofs are made: without --verify and --release")
    if watch and (verify or releasing or console().form == "json"):
        raise click.UsageError("--watch makes proofs and goes on: without --verify, --release and --format json")
    if objects and not cluster:
        raise click.UsageError("--objects is for the results of a --cluster")
    workers = _workers(jobs, cluster, objects)
    if verify:
        from pressroom.commands.building.build import reproduce

        made_again = reproduce(workspace, request, output=folder, jobs=workers, progress=progress_line())
        data(same=made_again.same, pieces=made_again.pieces)
        result = f"{made_again.same} of {counted(made_again.pieces, 'piece')} came out byte for byte as they are"
        finish(made_again.diagnostics, result, next=first_to_fix(made_again.diagnostics))
    elif releasing:
        from pressroom.commands.releasing.release import ReleaseOrder

        order = ReleaseOrder(folder, options.releaser(workspace, id, key, by), today(), keep, jobs, new_people)
        _release(workspace, request, order, printer)
    else:
        staff = _warm(workers) if watch else workers
        code = _proofs(workspace, request, folder, keep, staff, printer, previews, explain)
        if not watch:
            sys.exit(code)
        _watch(workspace, lambda: _proofs(workspace, request, folder, keep, staff, printer, previews, explain))


def _watch(workspace: Workspace, make: Callable[[], int]) -> NoReturn:
    """Make what changes, again and again; Ctrl-C ends it."""
    from pressroom.commands.building.watch import changes

    tell("watching for changes: Ctrl-C ends it")
    for changed in changes(workspace):
        # New settings give the workspace other files.
        console().files = workspace.files
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        tell(f"\nchanged: {changed[0]}{more}")
        make()
    raise AssertionError("watching ends by a signal")


def _workers(jobs: int, cluster: str | None, objects: str | None) -> int | Cluster:
    """How many workers of this machine, or the cluster; a folder on this machine by its whole path."""
    if cluster is None:
        return jobs
    from pressroom.executor.cluster import Cluster

    address = cluster if not cluster.isdecimal() else f"tcp://127.0.0.1:{cluster}"
    if objects and "://" not in objects:
        objects = str(Path(objects).resolve())
    return Cluster(address, objects or "")


def _warm(workers: int | Cluster) -> WarmWorkers | Cluster:
    """Workers of this machine of which one waits for the next build; they end with this process."""
    from pressroom.executor.warm import WarmWorkers

    return WarmWorkers(workers) if isinstance(workers, int) else workers


def _proofs(
    workspace: Workspace,
    request: Request,
    folder: Path,
    keep: int,
    jobs: Workers,
    printer: str | None,
    previews: bool,
    explain: bool,
) -> int:
    """Make proofs, say what was done, and return the exit code."""
    from pressroom.cli.progress import progress_line
    from pressroom.cli.reports import answer_of, show_build, show_why
    from pressroom.commands.building.build import build
    from pressroom.commands.building.settled import settle
    from pressroom.commands.signing.expiry import expires_soon

    if printer:
        # Asked before anything is made: the profile may not be there.
        from pressroom.commands.building.printers import find_printer

        profile = find_printer(workspace, printer)
    report = build(workspace, request, output=folder, jobs=jobs, progress=progress_line(), keep=keep, explain=explain)
    soon = expires_soon(workspace, folder, today())
    answer = show_build(replace(report, diagnostics=(*report.diagnostics, *soon)), folder)
    if explain:
        show_why(report.why)
    if previews and report.edition:
        from pressroom.commands.building.previews import write_previews

        written = write_previews(report.pieces, report.edition, folder)
        data(previews=written)
        tell(f"{counted(len(written), 'picture')} in {folder / 'previews'}")
    if printer and report.edition:
        from pressroom.commands.building.printers import write_for_printer

        copies = folder / "printers" / printer
        written = write_for_printer(workspace, report.pieces, report.edition, copies, profile)
        data(printer={"files": written})
        tell(f"{counted(len(written), 'file')} for {printer} in {copies}")
    show_last(answer)
    if report.settled is not None and report.edition is not None:
        again = replace(report, made=frozenset(), diagnostics=(*report.settled, *soon))
        question = question_of(workspace.root, folder, astuple(request), keep)
        settle(workspace, question, answer_of(again, folder), report.edition)
    lost = any(finding.code.startswith("cluster-") for finding in report.diagnostics)
    return 75 if report.busy else 69 if lost else 1 if report.failed else 0


def _release(workspace: Workspace, request: Request, order: ReleaseOrder, printer: str | None) -> None:
    from pressroom.cli.progress import progress_line
    from pressroom.cli.reports import show_corrected, show_release
    from pressroom.commands.building.desk_page import PAGES
    from pressroom.commands.building.printers import find_printer
    from pressroom.commands.releasing.printer_copies import DeskPrinter, correct_released
    from pressroom.commands.releasing.release import release
    from pressroom.commands.signing.expiry import expires_soon
    from pressroom.publish import Store

    # Asked before anything is made: the profile may not be there.
    profile = find_printer(workspace, printer) if printer else None
    report = release(workspace, request, order, progress_line())
    soon = expires_soon(workspace, order.output, order.today)
    show_release(replace(report, diagnostics=(*report.diagnostics, *soon)), order.today)
    page = order.output / PAGES["released"]
    if printer and profile and report.edition and not report.busy:
        desk = DeskPrinter(printer, profile, order.by, order.today)
        corrected = correct_released(workspace, report.released, Store(order.output, "released"), desk)
        show_corrected(corrected, printer)
        if isinstance(corrected, Diagnostic):
            sys.exit(75 if corrected.code == "output-busy" else 1)
        page = corrected.page
    commit = f"commit {report.log}, then " if report.log else ""
    last(f"{commit}print from {nearby(page)}" if report.released else first_to_fix(report.diagnostics))
    sys.exit(75 if report.busy else 1 if report.failed else 0)


@command("specimen")
@click.argument(
    "tags", nargs=-1, metavar="[TAG]...", shell_complete=complete.languages,
    help="Languages, as `es` or `zh-Hans`. Without any: the project's.",
)  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Every language that this program knows.")
@options.output_option
@options.in_project
def specimen(workspace: Workspace, tags: tuple[str, ...], every: bool, output: Path | None) -> None:
    """Make a page that shows how a language looks.

    It has a list in the smallest and the preferred size of a card, quotation marks and numbers, a narrow column, and
    all letters and marks. A native reader looks at it and signs it before the first document in the language.
    """
    from pressroom.commands.building.specimens import make_specimens
    from pressroom.language import every_language

    requested = tuple(workspace.language_named(tag) for tag in tags) or (
        tuple(every_language(workspace.registry())) if every else workspace.languages().value
    )
    files, findings = make_specimens(workspace, requested, output or workspace.root / "output", today().isoformat())
    data(files=files)
    open_it = f"open {nearby(files[0] if len(files) == 1 else files[0].parent)}" if files else ""
    made = (f"made {workspace.relative(path)}" for path in files)
    finish(findings, *made, next=open_it or first_to_fix(findings))


@command("preflight")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), help="PDFs of any program."
)
@options.format_option
def preflight(files: tuple[Path, ...]) -> None:
    """Check finished PDFs, also those of other programs.

    Checks pages, boxes, fonts, tags, language, title, contrast, type, pictures, links and attachments, and the
    standards PDF/UA-1 and PDF/A-2a. In a press file it checks boxes, plates, ink, rules, reversed type and the output
    intent. It does not check PDF/X.
    """
    from pressroom.cli.reports import describe_file, file_data
    from pressroom.commands.building.preflight import preflight

    examined, findings = preflight(files)
    rows = [file_data(path, result) for path, result in examined]
    data(files=rows)
    many = "the file is" if len(rows) == 1 else f"all {len(rows)} files are"
    say(findings)
    show(*map(describe_file, rows))
    finish((), next=first_to_fix(findings) or f"{many} in order", failed=worst(findings) is Severity.ERROR)
