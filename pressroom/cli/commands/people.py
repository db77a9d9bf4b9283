"""The command `people`: who may sign what, what is lacking, and keys."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import options
from pressroom.cli.clock import today
from pressroom.cli.output import say
from pressroom.diagnostics import typed_command

if TYPE_CHECKING:
    from pressroom.commands.signing.people import PeopleReport, PersonRow
    from pressroom.workspace.workspace import Workspace


@click.group("people", invoke_without_command=True)
@click.option("--as", "id", default="", metavar="ID", help="Only this person, and what they can sign now.")
@options.in_project_with_rows
def people(workspace: Workspace, id: str, form: str) -> None:
    """Show who may sign what.

    Prints source/people.toml as the program understands it: everybody's roles and languages, who may release, and keys
    with the days on which they count. Then which languages lack somebody for a role, with their documents, and since
    which entry of the log the file has not changed: anybody who can change it decides who may sign.
    """
    from pressroom.commands.signing.people import people_report

    if click.get_current_context().invoked_subcommand is not None:
        return
    report = people_report(workspace, id, today())
    if form == "json":
        click.echo(json.dumps(_as_json(report), ensure_ascii=False, indent=1))
    else:
        for row in report.rows:
            click.echo("\n".join(_person(row)))
        click.echo("\n".join(_waiting(report.rows[0], report) if id else _summary(report)))
    say(report.findings, "text")
    sys.exit(1 if any(finding.bars for finding in report.findings) else 0)


@people.command("add")
@click.argument("id")
@click.option("--name", default="", help="Their name, in full.")
@click.option("--qualification", default="", help="By what right they sign: a degree, a certificate, a licence.")
@click.option("--author", is_flag=True, help="Signs the English as its author.")
@click.option("--translator", multiple=True, metavar="TAG", help="A language they translate into. Repeatable.")
@click.option("--reviewer", multiple=True, metavar="TAG", help="A language they review; en too. Repeatable.")
@click.option("--clinician", multiple=True, metavar="TAG", help="A language they sign as clinician. Repeatable.")
@click.option("--releaser", is_flag=True, help="May release.")
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="The file of their public SSH key (.pub).")
@options.in_project
def add(
    workspace: Workspace,
    id: str,
    name: str,
    qualification: str,
    author: bool,
    translator: tuple[str, ...],
    reviewer: tuple[str, ...],
    clinician: tuple[str, ...],
    releaser: bool,
    key: Path | None,
    form: str,
) -> None:
    """List a person in source/people.toml, or give a listed person one more key.

    ID is how records and `--as` name the person: ana-lopez. A second person reviews the change before it is merged.
    """
    from pressroom.commands.signing.people import add

    given = {
        "name": name,
        "qualification": qualification,
        "author": ["en"] if author else [],
        "translator": list(translator),
        "reviewer": list(reviewer),
        "clinician": list(clinician),
        "releaser": releaser,
    }
    written = add(workspace, id, {key: value for key, value in given.items() if value}, key, today())
    click.echo(
        f"{written}\n\nin source/people.toml: have a second person review it, then commit it", err=form != "text"
    )


@people.command("void")
@click.argument("id")
@click.option("--reason", required=True, help="Why; a comment in the file has it.")
@click.option(
    "--after", "entries", multiple=True, metavar="ENTRY",
    help="Count only what this entry of the log descends from, if the key was stolen earlier. Repeatable.",
)  # fmt: skip
@options.in_project
def void(workspace: Workspace, id: str, reason: str, entries: tuple[str, ...], form: str) -> None:
    """Close the keys of a person who left, or whose key was lost or stolen.

    What they signed until now still counts. Nothing that they sign from now on does, whatever its date: the program
    writes the last entries of the log into source/people.toml, and a record counts only if one of them descends from
    it. Pull the newest records first.
    """
    from pressroom.commands.signing.people import close

    note = f"closed {today()} by {options.user_name(workspace)}: {reason}"
    after = close(workspace, id, note, entries, today())
    lines = [f"{id} is closed in source/people.toml: have a second person review it, then commit it"]
    lines += ["what these entries descend from still counts:", *(f"  {entry}" for entry in after)]
    click.echo("\n".join(lines), err=form != "text")


def _person(row: PersonRow) -> Iterator[str]:
    signs = [f"{role} {', '.join(tags)}" for role, tags in row.person.languages.items() if tags]
    signs += ["releases"] if row.person.releaser else []
    yield f"{row.person.id}: {row.person.name}, {row.person.qualification}"
    yield f"  may sign  {'; '.join(signs) or 'nothing'}"
    for fingerprint, state in row.keys:
        yield f"  key       {fingerprint or 'of a kind that this version does not know'}  {state}"
    if row.closed:
        yield f"  {row.closed}"
    yield from _lapsing(row)


def _lapsing(row: PersonRow) -> Iterator[str]:
    if row.lapsing:
        first = min(day for _, day in row.lapsing)
        count = "1 record lapses" if len(row.lapsing) == 1 else f"{len(row.lapsing)} records lapse"
        yield f"  {count} on {first}, unless another person signs or releases before that day"


def _summary(report: PeopleReport) -> Iterator[str]:
    yield ""
    lacking: dict[str, list[str]] = {}
    for gap in report.gaps:
        seats = ", ".join(f"no {' or '.join(seat)}" for seat in gap.seats)
        lacking.setdefault(f"{seats} for {', '.join(gap.documents)}", []).append(gap.locale)
    if lacking:
        yield "these roles have no person; each needs another one:"
    yield from (f"  {', '.join(locales)}: {what}" for what, locales in lacking.items())
    if not any(row.person.releaser for row in report.rows):
        yield "no person may release: give somebody releaser = true"
    if not report.people.use_keys:
        yield "no person has a key: anybody who can commit can sign in any of these names; see docs/how-to/keys.md"
    elif not report.people.sign_releases:
        yield "no releaser has a key: the log of releases is not signed"
    others = f"; before that the log names {report.earlier} other lists" if report.earlier else ""
    unchanged = (
        f"the list has not changed since {report.since}" if report.since else "no record of the log names this list yet"
    )
    yield f"{unchanged}{others}"


def _waiting(row: PersonRow, report: PeopleReport) -> Iterator[str]:
    yield "\nwaits for a signature:" if row.waiting else "\nnothing waits for a signature of theirs"
    who = "--key FILE" if report.people.use_keys else f"--as {row.person.id}"
    for document, locale, role in row.waiting:
        yield f"  {typed_command()} sign {document} --locale {locale} --role {role} {who}"


def _as_json(report: PeopleReport) -> dict[str, object]:
    return {
        "people": [
            {
                "id": row.person.id,
                "name": row.person.name,
                "qualification": row.person.qualification,
                "roles": {role: tags for role, tags in row.person.languages.items() if tags},
                "releaser": row.person.releaser,
                "keys": [{"fingerprint": fingerprint, "state": state} for fingerprint, state in row.keys],
                "closed": row.closed,
                "lapsing": {id: str(day) for id, day in row.lapsing},
                "waiting": [dict(zip(("document", "locale", "role"), one, strict=True)) for one in row.waiting],
            }
            for row in report.rows
        ],
        "lacking": [
            {"locale": gap.locale, "roles": [" or ".join(seat) for seat in gap.seats], "documents": gap.documents}
            for gap in report.gaps
        ],
        "list": report.people.mark,
        "since": report.since,
        "earlier lists": report.earlier,
    }
