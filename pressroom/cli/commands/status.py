"""`status`: the project's catalogs go in, how far each document is in each locale comes out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli.options import documents_argument, in_project, locale_option
from pressroom.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pressroom.cli.status_page import StatusRows
    from pressroom.commands.catalogs.check import Checked
    from pressroom.commands.catalogs.questions import Question
    from pressroom.commands.signing.status import DocumentStatus
    from pressroom.commands.signing.waivers import Waived


@click.command("status")
@documents_argument
@locale_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON.")
@click.option(
    "--html", "page", type=click.Path(path_type=Path, dir_okay=False), help="Write a picture of the table here too."
)
@in_project
def command(
    workspace: Workspace, documents: tuple[str, ...], locales: tuple[str, ...], form: str, page: Path | None
) -> None:
    """Show how far each document is in each locale.

    Messages translated, fuzzy and untranslated, English words left to translate, errors, and the state; then what
    changed in the English since each was signed, in words, what translators ask, in comments that begin with `?:`, and
    what reviewers waived.

    `--format json` is a list with an object for each row: `document`, `locale`, `messages`, `translated`, `fuzzy`,
    `untranslated` (numbers, null where the catalog can't be read), `words left`, `errors`, `state`, and the lists
    `changes` (text), `questions` (`message`, `question`, `path`, `line`, `source`: a `path` and `line`, or null,
    `notes`) and `waivers` (`code`, `text`, `reason`, `name`, `qualification`, `date`, `holds`).
    """
    from pressroom.cli.clock import today
    from pressroom.cli.columns import columns
    from pressroom.cli.news import show_changes, show_waived
    from pressroom.commands.catalogs.check import check
    from pressroom.commands.catalogs.questions import questions
    from pressroom.commands.signing.status import document_statuses
    from pressroom.commands.signing.waivers import waivers_of
    from pressroom.planning.plan import Request

    request = Request(documents, locales)
    checked, told = check(workspace, request).checked, document_statuses(workspace, request, today())
    names, languages = [one.document for one in checked], {one.language.tag: one.language for one in checked}
    asked = questions(workspace, names, languages.values())
    waived = waivers_of(workspace, names, languages.values())
    rows = [_row(one, told.get((one.document, one.language.tag))) for one in checked]
    if form == "json":
        full = [_with_waivers(_with_questions(row, asked), waived) for row in rows]
        click.echo(json.dumps(full, ensure_ascii=False, indent=1))
    elif rows:
        shown = [{name: value for name, value in row.items() if name != "changes"} for row in rows]
        click.echo(columns([list(shown[0]), *([_cell(value) for value in row.values()] for row in shown)]))
        show_changes(told.values())
        if asked:
            click.echo(f"\n{len(asked)} {'question' if len(asked) == 1 else 'questions'} from translators:")
        for one in asked:
            answer = f"\n  answer: a note above {one.english}, then update" if one.english else ""
            notes = "".join(f"\n  its note now: {' '.join(note.split())}" for note in one.notes)
            click.echo(f"{one.span}: {one.text}\n  on: {' '.join(one.message.split())}{notes}{answer}")
        show_waived(waived)
        if workspace.project.awaiting and not locales:
            click.echo(f"\nawaiting a translator, catalogs ready: {', '.join(workspace.project.awaiting)}")
    if page is not None:
        from pressroom.cli.status_page import StatusRows

        states = {(str(row["document"]), str(row["locale"])): str(row["state"]) for row in rows}
        _write(page, workspace, StatusRows(checked, states, asked, waived))


def _row(one: Checked, told: DocumentStatus | None) -> dict[str, object]:
    from pressroom.approval import as_text

    state = one.state
    return {
        "document": one.document,
        "locale": one.language.tag,
        "messages": state.messages if state else None,
        "translated": state.messages - state.untranslated - state.fuzzy if state else None,
        "fuzzy": state.fuzzy if state else None,
        "untranslated": state.untranslated if state else None,
        "words left": one.words_left,
        "errors": one.errors,
        "state": told.words if told else state.name if state else "unreadable",
        "changes": [as_text(change) for change in told.english] if told else [],
    }


def _with_questions(row: dict[str, object], asked: Sequence[Question]) -> dict[str, object]:
    mine = [one for one in asked if (one.document, one.locale) == (row["document"], row["locale"])]
    return row | {"questions": [_question(one) for one in mine]}


def _question(one: Question) -> dict[str, object]:
    place = {"path": one.span.path, "line": one.span.line}
    source = {"path": one.english.path, "line": one.english.line} if one.english else None
    told = {"document": one.document, "locale": one.locale, "message": one.message, "question": one.text}
    return told | place | {"source": source, "notes": list(one.notes)}


def _with_waivers(row: dict[str, object], waived: Sequence[Waived]) -> dict[str, object]:
    mine = [one for one in waived if (one.waiver.document, one.waiver.locale) == (row["document"], row["locale"])]
    return row | {"waivers": [_waiver(one) for one in mine]}


def _waiver(one: Waived) -> dict[str, object]:
    waiver = one.waiver
    told = {"code": waiver.code, "text": waiver.quoted, "reason": waiver.reason, "name": waiver.name}
    return told | {"qualification": waiver.qualification, "date": waiver.dated.isoformat(), "holds": one.holds}


def _write(page: Path, workspace: Workspace, rows: StatusRows) -> None:
    from pressroom.cli.status_page import status_page
    from pressroom.project.atomic import write_atomic

    try:
        write_atomic(page, status_page(workspace.project.name, rows).encode())
    except OSError as error:
        raise click.ClickException(f"{page} can't be written: {error.strerror}") from None


def _cell(value: object) -> str:
    return "–" if value is None else str(value)
