"""`locales`: the registry and the project go in, one row a language comes out."""

from __future__ import annotations

import json

import click

from pressroom.cli.options import in_project
from pressroom.workspace.workspace import Workspace


@click.command("locales")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON.")
@in_project
def command(workspace: Workspace, form: str) -> None:
    """Show the languages there are, and how far the project is in each.

    Tag, name, script, direction, smallest size on a card and in a brochure, fonts; whether the project builds it or
    it awaits a translator, and what of its messages is translated. Write a tag in any form: zh_Hans, zh-CN, prs.
    """
    from pressroom.cli.columns import columns
    from pressroom.commands.catalogs.locales import LocaleRow, locale_rows
    from pressroom.language import invented_languages

    def cells(row: LocaleRow) -> dict[str, str]:
        language = row.language
        fonts = dict.fromkeys([language.family, *(other.family for other in language.by_class.values())])
        return {
            "tag": language.tag,
            "English": language.english,
            "script": language.script,
            "direction": language.direction,
            "smallest": f"{language.sizes['card'][0]:g}, {language.set_for('brochure').sizes['brochure'][0]:g} pt",
            "fonts": ", ".join(fonts),
            "in project": row.place or "–",
            "translated": f"{row.translated} of {row.messages}" if row.messages else "–",
            # Last: terminals do not agree how wide it is.
            "name": language.autonym,
        }

    rows = [cells(row) for row in locale_rows(workspace)]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        click.echo(columns([list(rows[0]), *(list(row.values()) for row in rows)]))
        told = (f"{one.tag} ({one.english})" for one in invented_languages().values())
        click.echo(f"\nfor proofs only, from no catalog: {', '.join(told)}")
