"""The command `status`: its rows as a table, as JSON, and as a web page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pressroom.cli import options
from pressroom.cli.clock import today
from pressroom.cli.due import days, released_lines, show_due
from pressroom.cli.output import say, table
from pressroom.diagnostics import filled

if TYPE_CHECKING:
    from datetime import timedelta

    from pressroom.commands.catalogs.check import Checked
    from pressroom.commands.catalogs.questions import Question
    from pressroom.commands.signing.status import DocumentStatus
    from pressroom.commands.signing.waivers import Waived
    from pressroom.workspace.workspace import Workspace

Row = dict[str, object]
_PARTS: Final = (("done", "translated"), ("draft", "machine draft"), ("fuzzy", "to review"), ("empty", "to translate"))


@click.command("status")
@options.documents_argument
@options.locale_option
@click.option(
    "--html", "page", type=click.Path(path_type=Path, dir_okay=False), help="Write a picture of the table here too."
)
@click.option(
    "--due", callback=days, metavar="TIME", help="Only what expires within this time, as 60d or 8w, the earliest first."
)
@options.in_project_with_rows
def status(
    workspace: Workspace,
    documents: tuple[str, ...],
    locales: tuple[str, ...],
    form: str,
    page: Path | None,
    due: timedelta | None,
) -> None:
    """Show how far each document is in each locale.

    A table of messages translated, fuzzy and untranslated, English words left to translate, errors, and the state.
    Then, as far as there is any: what changed in the English since each was signed; after a build, where pages are
    drawn in another way than they were signed; what translators ask, in comments that begin with `?:`; what
    reviewers waived; which released files have expired or expire within 60 days, with the next move; and where
    sheets and printers' files of recalled pieces are.

    `--format json` is a list with an object for each row: `document`, `locale`, `messages`, `translated`, `fuzzy`,
    `untranslated` (numbers, null where the catalog can't be read), `words left`, `errors`, `state`, and the lists
    `changes` (text), `questions` (`message`, `question`, `path`, `line`, `source`: a `path` and `line`, or null,
    `notes`) and `waivers` (`code`, `text`, `reason`, `name`, `qualification`, `date`, `holds`). With `--due` it is
    a list of `last day`, `document`, `number`, `versions`, `locales`, `clinics`, `files` (a number), `expired`, `next`.
    """
    from pressroom.planning.plan import Request

    if due is not None:
        show_due(workspace, Request(documents, locales), due, form)
        return
    from pressroom.commands.catalogs.check import check
    from pressroom.commands.catalogs.questions import questions
    from pressroom.commands.signing.status import document_statuses, looks, requested_verdicts
    from pressroom.commands.signing.waivers import waivers_of
    from pressroom.project.atomic import write_atomic

    request = Request(documents, locales)
    checked, verdicts = check(workspace, request).checked, requested_verdicts(workspace, request, today())
    statuses = document_statuses(verdicts)
    names, languages = [text.document for text in checked], {text.language.tag: text.language for text in checked}
    asked = questions(workspace, names, languages.values())
    waived = waivers_of(workspace, names, languages.values())
    rows = [_row(text, statuses.get((text.document, text.language.tag))) for text in checked]
    if form == "json":
        click.echo(json.dumps([_full(row, asked, waived) for row in rows], ensure_ascii=False, indent=1))
    elif rows:
        click.echo(table([{name: value for name, value in row.items() if name != "changes"} for row in rows]))
        changed = looks(verdicts, workspace.root / "output")
        for line in (*_change_lines(statuses.values()), *changed, *_question_lines(asked), *_waiver_lines(waived)):
            click.echo(filled(line))
        for line in released_lines(workspace, request):
            click.echo(line)
        if workspace.project.awaiting and not locales:
            click.echo(f"\nawaiting a translator, catalogs ready: {', '.join(workspace.project.awaiting)}")
    shared = (finding for finding in workspace.shared_findings() if finding.bars)
    say(dict.fromkeys((*shared, *workspace.records().diagnostics)), "text")
    if page is not None:
        states = {(str(row["document"]), str(row["locale"])): str(row["state"]) for row in rows}
        try:
            html = _web_page(workspace.project.name, checked, states, asked, waived)
            write_atomic(page, html.encode())
        except OSError as error:
            raise click.ClickException(f"{page} can't be written: {error.strerror}") from None


def _row(checked: Checked, status: DocumentStatus | None) -> Row:

    state = checked.state
    return {
        "document": checked.document,
        "locale": checked.language.tag,
        "messages": state.messages if state else None,
        "translated": state.messages - state.untranslated - state.fuzzy if state else None,
        "fuzzy": state.fuzzy if state else None,
        "untranslated": state.untranslated if state else None,
        "words left": checked.words_left,
        "errors": checked.errors,
        "state": status.words if status else state.name if state else "unreadable",
        "changes": [str(change) for change in status.english] if status else [],
    }


def _full(row: Row, asked: Sequence[Question], waived: Sequence[Waived]) -> Row:
    """The row with its questions and waivers."""
    key = (row["document"], row["locale"])
    return row | {
        "questions": [_question(one) for one in asked if (one.document, one.locale) == key],
        "waivers": [_waiver(one) for one in waived if (one.waiver.document, one.waiver.locale) == key],
    }


def _question(question: Question) -> Row:
    english = question.english
    return {
        "document": question.document,
        "locale": question.locale,
        "message": question.message,
        "question": question.text,
        "path": question.span.path,
        "line": question.span.line,
        "source": {"path": english.path, "line": english.line} if english else None,
        "notes": list(question.notes),
    }


def _waiver(waived: Waived) -> Row:
    waiver = waived.waiver
    return {
        "code": waiver.code,
        "text": waiver.quoted,
        "reason": waiver.reason,
        "name": waiver.name,
        "qualification": waiver.qualification,
        "date": waiver.dated.isoformat(),
        "holds": waived.holds,
    }


def _change_lines(statuses: Iterable[DocumentStatus]) -> Iterator[str]:
    """What was removed from and added to the English since each document was signed."""
    for status in statuses:
        if status.since is not None and status.english:
            since = f"since {status.since.name} signed as {status.since.role} on {status.since.dated}"
            yield f"\n{status.document} in {status.locale}: the English changed {since}:"
            yield from (f"  {change}" for change in status.english)


def _question_lines(asked: Sequence[Question]) -> Iterator[str]:
    if asked:
        yield f"\n{len(asked)} {'question' if len(asked) == 1 else 'questions'} from translators:"
    for question in asked:
        yield f"{question.span}: {question.text}\n  on: {' '.join(question.message.split())}"
        yield from (f"  its note now: {' '.join(note.split())}" for note in question.notes)
        if question.english:
            yield f"  answer: a note above {question.english}, then update"


def _waiver_lines(waived: Sequence[Waived]) -> Iterator[str]:
    """What reviewers excused, with their names, and which of it no longer holds."""
    if waived:
        yield f"\n{len(waived)} {'finding' if len(waived) == 1 else 'findings'} waived:"
    for waiver, holds in ((one.waiver, one.holds) for one in waived):
        void = "" if holds else " (void: the text changed since)"
        yield f"{waiver.document} {waiver.locale}: {waiver.code}{void} in “{' '.join(waiver.quoted.split())}”"
        yield f"  {waiver.name}, {waiver.qualification}, {waiver.dated}: {waiver.reason}"


def _web_page(
    project: str,
    checked: Sequence[Checked],
    states: Mapping[tuple[str, str], str],
    asked: Sequence[Question],
    waived: Sequence[Waived],
) -> str:
    """All locales at a glance, then a table for each document; `states` is in words, by document and locale."""
    from markupsafe import Markup

    from pressroom.compose.template import render_page
    from pressroom.data_files import data_text

    cells = {(text.document, text.language.tag): text for text in checked if text.language.tag != "en"}
    page = render_page(
        "status.html",
        title=f"{project}: how far the translations are",
        style=Markup(data_text("cli/status.css")),
        parts=_PARTS,
        documents=list(dict.fromkeys(document for document, _ in cells)),
        languages=list({text.language.tag: text.language for text in cells.values()}.values()),
        cells=cells,
        states=states,
        asked=asked,
        waived=waived,
    )
    return f"{page}\n"
