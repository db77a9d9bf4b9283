"""The command `people`: who may sign what, what is lacking, and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import complete, options
from pressroom.cli.clock import today
from pressroom.cli.command import group
from pressroom.cli.output import data, finish, first_to_fix, last, show, tell, typed
from pressroom.counted import counted

if TYPE_CHECKING:
    from pressroom.commands.signing.people import PeopleReport, PersonRow
    from pressroom.workspace.workspace import Workspace


@group("people", invoke_without_command=True)
@click.option(
    "--as", "id", default="", metavar="ID", shell_complete=complete.people,
    help="Only this person, and what they can sign now.",
)  # fmt: skip
@options.in_project
def people(workspace: Workspace, id: str) -> None:
    """List who may sign what; add people and close keys.

    Without a command it prints source/people.toml as the program understands it: each person's roles, languages and
    keys, and who may release. Then it prints which languages lack somebody for a role. Last, it says since when the
    list has not changed, because anybody who can change the list decides who may sign.
    """
    from pressroom.commands.signing.people import people_report

    if click.get_current_context().invoked_subcommand is not None:
        return
    report = people_report(workspace, id, today())
    data(**_as_json(report))
    for row in report.rows:
        show(*_person(row))
    show(*(_waiting(report.rows[0], report) if id else _summary(report)))
    failed = any(finding.bars for finding in report.findings)
    finish(report.findings, failed=failed, next=first_to_fix(report.findings) if failed else "")


def _role(name: str, text: str) -> options.Option:
    return click.option(
        f"--{name}", multiple=True, metavar="TAG", shell_complete=complete.locales, help=f"{text} Can be repeated."
    )


@people.command("add")
@click.argument("id", help="How records and --as name the person, as `ana-lopez`.")
@click.option("--name", default="", metavar="NAME", help="Their full name.")
@click.option("--qualification", default="", metavar="TEXT", help="Their degree, certificate or licence.")
@click.option("--author", is_flag=True, help="They sign the English as its author.")
@_role("translator", "A language they translate into.")
@_role("reviewer", "A language they review; `en` is possible too.")
@_role("clinician", "A language they sign as clinician.")
@click.option("--releaser", is_flag=True, help="They may release.")
@click.option(
    "--key", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Their public SSH key, a .pub file."
)
@click.option("--passkey", default="", metavar="TEXT", help="Their passkey, in the one line that the page /keys shows.")
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
    passkey: str,
) -> None:
    """Add a person to source/people.toml, or a key to a person there.

    A second person should look at the change before you merge it.
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
    written = add(workspace, id, {key: value for key, value in given.items() if value}, key, today(), passkey)
    data(written=["source/people.toml"], id=id)
    tell(f"{written}\n")
    last("next: have a second person review source/people.toml, then commit it")


@people.command("void")
@click.argument("id", shell_complete=complete.people, help="The person's id in source/people.toml.")
@click.option("--reason", required=True, metavar="TEXT", help="Why. The file keeps it as a comment.")
@click.option(
    "--after", "entries", multiple=True, metavar="ENTRY",
    help="If the key was stolen earlier: only what came before this entry of the log counts. Can be repeated.",
)  # fmt: skip
@options.in_project
def void(workspace: Workspace, id: str, reason: str, entries: tuple[str, ...]) -> None:
    """Close the keys of a person who left or lost a key.

    What they signed until now still counts. What they sign later does not count, whatever its date: the program
    writes the last entries of the log into source/people.toml, and only records before those count. Run `git pull`
    first, so that the newest records are here.
    """
    from pressroom.commands.signing.people import close

    note = f"closed {today()} by {options.user_name(workspace)}: {reason}"
    after = close(workspace, id, note, entries, today())
    data(written=["source/people.toml"], id=id, after=after)
    tell(f"{id} is closed in source/people.toml", "what came before these entries still counts:")
    tell(*(f"  {entry}" for entry in after))
    last("next: have a second person review source/people.toml, then commit it")


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
        count = counted(len(row.lapsing), "record lapses", "records lapse")
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
        yield "  " + typed(f"sign {document} --locale {locale} --role {role} {who}")


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
