"""Commands on editions: sheets of cards, recalls, verification, editions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pressroom.cli import options
from pressroom.cli.clock import today
from pressroom.cli.output import columns, finish, say, show_rows

if TYPE_CHECKING:
    from pressroom.layout import Flip
    from pressroom.workspace.workspace import Workspace

# The endings of a file's name; a line from paper has none.
_FILES: Final = (".pdf", ".html", ".htm", ".png", ".jpg", ".jpeg", ".zip")


@click.command("sheet")
@click.argument("document", required=False)
@click.option("--on", "sheet", required=True, metavar="SHEET", help="The paper, as layouts/sheets.toml calls it.")
@click.option("--product", default="", metavar="NAME", help="Which card; the document's usual one otherwise.")
@click.option("--locale", "locales", multiple=True, metavar="TAG", help="A language. Repeatable: a mixed sheet.")
@click.option("--clinic", metavar="NAME", help="Whose card; the only clinic otherwise.")
@click.option(
    "--flip", type=click.Choice(["long-edge", "short-edge"]),
    help="The edge the printer turns the paper on; its profile's otherwise, or the long edge.",
)  # fmt: skip
@click.option("--printer", default="", metavar="NAME", help="A printer of the settings, with its offsets.")
@click.option("--calibration", is_flag=True, help="The page that shows how far the printer is off, and no cards.")
@click.option("--release", "releasing", is_flag=True, help="Of released cards, not of proofs; it is logged.")
@options.person_options("by", "who makes the sheet of released cards.")
@options.output_option
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
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
    form: str,
) -> None:
    """Impose finished cards on a sheet.

    The cards are proofs (run build first), or with --release the released ones, as far as they may be handed out
    today. With several languages the cells are shared out in their order, and each back is behind its front.
    """
    from pressroom.commands.releasing.sheets import SheetRelease, SheetRequest, make_calibration, make_sheet

    if calibration:
        name = ".".join(filter(None, ("calibration", sheet, printer, "pdf")))
        _write(target or Path(name), make_calibration(workspace, sheet, printer), form)
        return
    if document is None or not locales:
        raise click.UsageError("name a document and at least one --locale, or ask for --calibration")
    request = SheetRequest(document, product, locales, clinic or _only_clinic(workspace), sheet, flip or "", printer)
    order = SheetRelease(options.releaser(workspace, id, key, by), today(), target) if releasing else None
    made = make_sheet(workspace, request, output or workspace.root / "output", order)
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


@click.command("recall")
@options.document_argument
@click.option("--locale", default="", metavar="TAG", help="Only this locale; every one otherwise.")
@click.option("--reason", required=True, help="Why; the record and every refusal have it.")
@options.person_options("name", "who recalls.")
@options.output_option
@options.in_project
def recall(
    workspace: Workspace,
    document: str,
    locale: str,
    reason: str,
    id: str,
    key: Path | None,
    name: str | None,
    output: Path | None,
    form: str,
) -> None:
    """Recall DOCUMENT.

    Deletes its files from the released editions, the printers' folders and the project's sheets, bars its release
    until all have signed again knowing of the recall, and prints what a clinic pulls from its racks: numbers, versions,
    dates, and the path of every sheet.
    """
    from pressroom.cli.reports import copy_rows
    from pressroom.commands.signing.withdraw import recall

    folder = output or workspace.root / "output"
    by = options.who_takes_back(workspace, id, key, name)
    done = recall(workspace, document, locale, by, reason, today(), folder)
    rows = [["number", "locale", "version", "hash", "released", "product", "clinic"]]
    rows += [
        [p.number, p.locale, p.facts.version, p.facts.inputs, str(r.dated), p.what, p.clinic] for r, p in done.pull
    ]
    lines = ["Pull from the racks:\n" + columns(rows) if done.pull else "Nothing of it was ever released."]
    if done.copies:
        lines.append("Sheets and files for printers:\n" + columns(copy_rows(done.copies)))
    if done.problem is None:
        lines.append(f"files taken out of the edition: {done.withdrawn}; {done.path} says why: commit it")
    else:
        lines.append(f"{done.path} says why: commit it. The files are still in the edition: run any command again")
    busy = done.problem is not None and done.problem.code == "output-busy"
    finish([done.problem] if done.problem else [], form, *lines, failed=done.problem is not None, busy=busy)


@click.command("verify")
@click.argument("path", metavar="PATH|LINE")
@options.in_project_or_its_log
def verify(workspace: Workspace, path: str, form: str) -> None:
    """Say what the file at PATH is, or each file of a folder, or the paper with the control LINE.

    Reads a file's control line, its metadata and the log of releases, and says current, superseded, stale, expired,
    recalled, proof, altered, unknown or another verdict, and why. The exit code is 0 only if every file may be
    handed out. For a photocopy or a card from a rack type the line at its foot, or the eight letters and digits at
    the line's end.
    """
    from pressroom.commands.releasing.log_trust import log_trust
    from pressroom.commands.releasing.verify import identify, identify_line

    file = Path(path)
    if not file.exists() and ("/" in path or file.suffix.lower() in _FILES):
        raise click.UsageError(f"there is no file {path!r}")
    report = identify(workspace, file, today()) if file.exists() else identify_line(workspace, path, today())
    say(report.diagnostics, "text")
    keys = ("number", "locale", "version", "inputs")
    rows = [
        {"path": f.path, **{key: getattr(f.control, key, "") for key in keys}, "verdict": f.verdict, "why": f.why}
        for f in report.files
    ]
    show_rows(rows, form, "there is no PDF in it")
    if file.is_dir() and report.files:
        click.echo(report.summary, err=True)
    click.echo(log_trust(workspace), err=True)
    sys.exit(1 if report.failed else 0)


@click.command("editions")
@options.output_option
@options.in_project_with_rows
def editions(workspace: Workspace, output: Path | None, form: str) -> None:
    """List the editions that are kept, of proofs and of releases."""
    from pressroom.commands.releasing.editions import editions

    kept = editions(output or workspace.root / "output")
    problems = [edition.problem for edition in kept if edition.problem is not None]
    rows = [
        {
            "kind": "proofs" if edition.channel == "current" else "released",
            "number": edition.number,
            "files": None if edition.problem else edition.made,
            "newest release": edition.newest,
            "current": edition.current,
            "path": str(edition.path),
        }
        for edition in kept
    ]
    show_rows(rows, form, "there is no edition yet: {command} build")
    finish(problems, "text")


@click.command("rollback")
@click.argument("number", type=int)
@options.output_option
@options.person_options("by", "who returns to it; the log has it.")
@options.in_project
def rollback(
    workspace: Workspace, number: int, output: Path | None, id: str, key: Path | None, by: str | None, form: str
) -> None:
    """Return to the released edition NUMBER, as `editions` lists them.

    Refused if it holds a piece that was recalled, has expired, or is not what was released. The return is logged: its
    files are the latest releases from then on. Files of other words than the project has now are not on the desk page.
    """
    from pressroom.commands.releasing.editions import rollback

    who = options.releaser(workspace, id, key, by)
    done = rollback(workspace, output or workspace.root / "output", number, who, today())
    lines = [] if done.reasons else [f"edition {number} is current"]
    if lines and done.log:
        lines.append(f"logged in {done.log}: commit it")
    if lines and done.not_offered:
        lines.append("not on the desk page:\n" + columns([list(row) for row in done.not_offered]))
    busy = any(d.code == "output-busy" for d in done.reasons)
    finish(done.reasons, form, *lines, failed=bool(done.reasons), busy=busy)
