"""The command `status`: its rows as a table, as JSON, and as a web page."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pressroom.cli import options
from pressroom.cli.clock import today
from pressroom.cli.command import command
from pressroom.cli.due import days, released_lines, show_due
from pressroom.cli.output import data, first_to_fix, last, say, show, table, typed
from pressroom.counted import counted

if TYPE_CHECKING:
    from datetime import timedelta

    from pressroom.commands.catalogs.questions import Question
    from pressroom.commands.signing.project_status import ProjectStatus, TextStatus
    from pressroom.commands.signing.status import DocumentStatus
    from pressroom.commands.signing.waivers import Waived
    from pressroom.workspace.workspace import Workspace

Row = dict[str, object]
_PARTS: Final = (("done", "translated"), ("draft", "machine draft"), ("fuzzy", "to review"), ("empty", "to translate"))


@command("status")
@options.documents_argument
@options.locale_option
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write the table as a web page.",
)
@click.option("--due", callback=days, metavar="TIME", help="Show only what expires within this time, as `60d` or `8w`.")
@options.in_project
def status(
    workspace: Workspace,
    documents: tuple[str, ...],
    locales: tuple[str, ...],
    page: Path | None,
    due: timedelta | None,
) -> None:
    """Show how far each document is in each language.

    The table counts messages that are translated, that a translator must look at again (fuzzy), and that are not
    translated. It also counts English words left to translate and errors, and names the state.

    Below the table it lists, if there is any: what changed in the English after somebody signed it; pages that are
    drawn in another way than they were signed; questions of translators (comments that begin with `?:`); findings
    that reviewers waived; released files that expired or expire within 60 days; and where papers of recalled files
    are. docs/reference/output.md describes the JSON.
    """
    from pressroom.planning.plan import Request

    if due is not None:
        show_due(workspace, Request(documents, locales), due)
        return
    from pressroom.commands.signing.project_status import project_status
    from pressroom.commands.signing.status import looks
    from pressroom.project.atomic import write_atomic

    request = Request(documents, locales)
    found = project_status(workspace, request, today())
    rows = [_row(text) for text in found.texts]
    data(documents=[_full(text) for text in found.texts], awaiting=workspace.project.awaiting)
    if rows:
        show(table([{name: value for name, value in row.items() if name != "changes"} for row in rows]))
        statuses = [text.status for text in found.texts if text.status is not None]
        show(*_change_lines(statuses), *looks(found.verdicts, workspace.root / "output"))
        show(*_question_lines(found.questions), *_waiver_lines(found.waived))
        show(*released_lines(workspace, request))
        if workspace.project.awaiting and not locales:
            show(f"\nawaiting a translator, catalogs ready: {', '.join(workspace.project.awaiting)}")
    shared = [finding for finding in workspace.shared_findings() if finding.bars]
    say(dict.fromkeys((*shared, *workspace.records().diagnostics)))
    if page is not None:
        try:
            html = _web_page(workspace.project.name, found)
            write_atomic(page, html.encode())
        except OSError as error:
            raise click.ClickException(f"{page} can't be written: {error.strerror}") from None
        last(f"open {page}")
        return
    if shared:
        # What can't be read is not in the table, so nothing follows from it.
        last(first_to_fix(shared))
        sys.exit(1)
    last(_next_move(found))


def _next_move(found: ProjectStatus) -> str:
    """The first thing to do: errors, then the text with the fewest words left to translate."""
    errors = next((text.id for text in found.texts if text.checked.errors), None)
    if errors is not None:
        return f"next: {typed(f'check {errors[0]} --locale {errors[1]}')} names the errors"
    if found.nearest is not None:
        (document, locale), words = found.nearest.id, counted(found.nearest.checked.words_left, "word")
        return f"nearest to done: {document} in {locale}, {words} left to translate"
    return f"everything is translated; next: {typed('build')}"


def _row(text: TextStatus) -> Row:
    checked, state = text.checked, text.checked.state
    return {
        "document": checked.document,
        "locale": checked.language.tag,
        "messages": state.messages if state else None,
        "translated": state.messages - state.untranslated - state.fuzzy if state else None,
        "fuzzy": state.fuzzy if state else None,
        "untranslated": state.untranslated if state else None,
        "words left": checked.words_left,
        "errors": checked.errors,
        "state": text.state,
        "changes": [str(change) for change in text.status.english] if text.status else [],
    }


def _full(text: TextStatus) -> Row:
    """The row with its questions and waivers."""
    return _row(text) | {
        "questions": [_question(one) for one in text.questions],
        "waivers": [_waiver(one) for one in text.waived],
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
        yield f"\n{counted(len(asked), 'question')} from translators:"
    for question in asked:
        yield f"{question.span}: {question.text}\n  on: {' '.join(question.message.split())}"
        yield from (f"  its note now: {' '.join(note.split())}" for note in question.notes)
        if question.english:
            yield f"  answer: a note above {question.english}, then update"


def _waiver_lines(waived: Sequence[Waived]) -> Iterator[str]:
    """What reviewers excused, with their names, and which of it no longer holds."""
    if waived:
        yield f"\n{counted(len(waived), 'finding')} waived:"
    for waiver, holds in ((one.waiver, one.holds) for one in waived):
        void = "" if holds else " (void: the text changed since)"
        yield f"{waiver.document} {waiver.locale}: {waiver.code}{void} in “{' '.join(waiver.quoted.split())}”"
        yield f"  {waiver.name}, {waiver.qualification}, {waiver.dated}: {waiver.reason}"


def _web_page(project: str, found: ProjectStatus) -> str:
    """All locales at a glance, then a table for each document."""
    from markupsafe import Markup

    from pressroom.compose.template import render_page
    from pressroom.data_files import data_text

    cells = {text.id: text.checked for text in found.texts if text.checked.language.tag != "en"}
    page = render_page(
        "status.html",
        title=f"{project}: how far the translations are",
        style=Markup(data_text("cli/status.css")),
        parts=_PARTS,
        documents=list(dict.fromkeys(document for document, _ in cells)),
        languages=list({text.language.tag: text.language for text in cells.values()}.values()),
        cells=cells,
        states={text.id: text.state for text in found.texts},
        asked=found.questions,
        waived=found.waived,
    )
    return f"{page}\n"
