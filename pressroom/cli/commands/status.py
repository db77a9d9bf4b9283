"""`status`: the project's catalogs go in, how far each document is in each locale comes out."""

from __future__ import annotations

import json

import click

from pressroom.cli.options import documents_argument, in_project, locale_option
from pressroom.project import Project


@click.command("status")
@documents_argument
@locale_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON.")
@in_project
def command(project: Project, documents: tuple[str, ...], locales: tuple[str, ...], form: str) -> None:
    """Show how far each document is in each locale.

    Messages translated, fuzzy and untranslated, English words left to translate, errors, and the state.
    """
    from pressroom.cli.columns import columns
    from pressroom.pipeline.check import check
    from pressroom.pipeline.plan import Request

    rows = [
        {
            "document": one.document,
            "locale": one.language.tag,
            "messages": one.state.messages if one.state else None,
            "translated": one.state.messages - one.state.untranslated - one.state.fuzzy if one.state else None,
            "fuzzy": one.state.fuzzy if one.state else None,
            "untranslated": one.state.untranslated if one.state else None,
            "words left": one.words_left,
            "errors": one.errors,
            "state": one.state.name if one.state else "unreadable",
        }
        for one in check(project, Request(documents, locales)).checked
    ]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif rows:
        click.echo(columns([list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]))


def _cell(value: object) -> str:
    return "–" if value is None else str(value)
