"""Commands on what was released: recalls, verification, editions."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pressroom.cli import complete, options
from pressroom.cli.clock import today
from pressroom.cli.command import command
from pressroom.cli.console import console
from pressroom.cli.output import columns, data, finish, first_to_fix, say, show, table, tell, typed

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace

# The endings of a file's name; a line from paper has none.
_FILES: Final = (".pdf", ".html", ".htm", ".png", ".jpg", ".jpeg", ".zip")
_SHOWN: Final = 200


@command("recall")
@options.document_argument
@click.option(
    "--locale",
    default="",
    metavar="TAG",
    shell_complete=complete.locales,
    help="Only this language. Without it: all languages.",
)
@click.option("--reason", required=True, metavar="TEXT", help="Why. The record keeps it, and `verify` says it.")
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
) -> None:
    """Take back what was released of a document.

    Deletes its files from the released editions, the printers' folders and the project's sheets. Prints what staff
    must take out of the racks: numbers, versions, dates, and the path of every sheet. The document can't be released
    again until everybody has signed it again, knowing of the recall.
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
    copies = copy_rows(done.copies)
    data(
        pull=[dict(zip(rows[0], row, strict=True)) for row in rows[1:]],
        copies=[dict(zip(("file", "of", "recalled", "state"), row, strict=True)) for row in copies[1:]],
        withdrawn=done.withdrawn,
        record=done.path,
    )
    say([done.problem] if done.problem else [])
    show("Take out of the racks:\n" + columns(rows) if done.pull else "Nothing of it was ever released.")
    if done.copies:
        show("Sheets and files for printers:\n" + columns(copies))
    what_next = f"next: commit {done.path}" + (", and take the papers out of the racks" if done.pull else "")
    if done.problem is None:
        tell(f"files taken out of the edition: {done.withdrawn}; {done.path} says why")
    else:
        what_next = f"next: commit {done.path}, then run any command: the files are still in the edition"
    busy = done.problem is not None and done.problem.code == "output-busy"
    finish((), next=what_next, failed=done.problem is not None, busy=busy)


@command("verify")
@click.argument("path", metavar="PATH|LINE", help="A file, a folder, or the line at the foot of a paper.")
@options.in_project_or_its_log
def verify(workspace: Workspace, path: str) -> None:
    """Say whether a file or a paper may be handed out.

    Give the path of a file, or of a folder for all its files. For a photocopy or a card from a rack, type the line at
    its foot, or only the eight letters and digits at the end of that line.

    The answer is current, superseded, stale, expired, recalled, proof, altered, unknown or another verdict, with the
    reason. The exit code is 0 only if every file may be handed out.
    """
    from pressroom.commands.releasing.log_trust import log_trust
    from pressroom.commands.releasing.verify import identify, identify_line

    # A pasted line may be no file's name at all, which `Path.exists` does not take.
    exists, file = os.path.lexists(path), Path(path)
    if not exists and "·" not in path and ("/" in path or file.suffix.lower() in _FILES):
        raise click.UsageError(f"there is no file {path[:_SHOWN]!r}")
    report = identify(workspace, file, today()) if exists else identify_line(workspace, path, today())
    say(report.diagnostics)
    keys = ("number", "locale", "version", "inputs")
    rows = [
        {"path": f.path, **{key: getattr(f.control, key, "") for key in keys}, "verdict": f.verdict, "why": f.why}
        for f in report.files
    ]
    trust = log_trust(workspace)
    data(files=rows, summary=report.summary if report.files else None, log=trust)
    show(table(rows) if rows else "there is no PDF in it")
    if console().form == "text":
        # Not in the table, which programs may read.
        for line in [*([report.summary] if exists and file.is_dir() and report.files else []), trust]:
            click.echo(line, err=True)
    sys.exit(1 if report.failed else 0)


@command("editions")
@options.output_option
@options.in_project
def editions(workspace: Workspace, output: Path | None) -> None:
    """List the editions that are kept, of proofs and of releases.

    An edition is one published set of files. `rollback` returns to an earlier edition of releases by its number.
    """
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
    data(editions=rows)
    show(table(rows) if rows else f"there is no edition yet: {typed('build')}")
    finish(problems)


@command("rollback")
@click.argument("number", type=int, help="Its number in `editions`.")
@options.output_option
@options.person_options("by", "who returns to it; the log keeps the name.")
@options.in_project
def rollback(workspace: Workspace, number: int, output: Path | None, id: str, key: Path | None, by: str | None) -> None:
    """Return to an earlier edition of released files.

    This is refused if one of its files was recalled, has expired, or is not what was released. The log keeps the
    return: from then on these files are the latest release. The desk page leaves out files whose text has changed.
    """
    from pressroom.commands.releasing.editions import rollback

    who = options.releaser(workspace, id, key, by)
    done = rollback(workspace, output or workspace.root / "output", number, who, today())
    lines = [] if done.reasons else [f"edition {number} is current"]
    if lines and done.log:
        lines.append(f"logged in {done.log}: commit it")
    if lines and done.not_offered:
        lines.append("not on the desk page:\n" + columns([list(row) for row in done.not_offered]))
    data(edition=number, log=done.log or None, not_offered=[{"path": p, "why": why} for p, why in done.not_offered])
    busy = any(d.code == "output-busy" for d in done.reasons)
    page = (output or workspace.root / "output") / "desk.html"
    what_next = first_to_fix(done.reasons) or (f"commit {done.log}, then " if done.log else "") + f"print from {page}"
    finish(done.reasons, *lines, failed=bool(done.reasons), busy=busy, next=what_next)
