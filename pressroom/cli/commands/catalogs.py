"""Commands on texts: languages, templates, catalogs, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pressroom.cli import options
from pressroom.cli.clock import now
from pressroom.cli.output import finish, finish_catalogs, show_rows
from pressroom.diagnostics import filled

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace


@click.command("locales")
@options.in_project_with_rows
def locales(workspace: Workspace, form: str) -> None:
    """Show the languages there are, and how far the project is in each.

    Tag, name, script, direction, smallest size on a card and in a brochure, fonts; whether the project builds it or
    it awaits a translator, and what of its messages is translated. Write a tag in any form: zh_Hans, zh-CN, prs.
    """
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

    show_rows([cells(row) for row in locale_rows(workspace)], form, "")
    if form == "text":
        invented = (f"{language.tag} ({language.english})" for language in invented_languages().values())
        click.echo(f"\nfor proofs only, from no catalog: {', '.join(invented)}")


@click.command("new")
@click.argument("locale", metavar="LOCALE")
@options.in_project
def new(workspace: Workspace, locale: str, form: str) -> None:
    """Begin a new LOCALE.

    Takes it into the project's settings and creates its catalogs, empty, ready for a translator. `locales` shows
    the languages there are.
    """
    from pressroom.commands.catalogs.locales import SettingsError, new_locale

    try:
        report = new_locale(workspace, locale, now())
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
    finish_catalogs(report, form, "files")


@click.command("new-document")
@click.argument("name")
@click.option("--card", is_flag=True, help="A wallet card of warning signs instead of a brochure.")
@click.option("--title", default="", help="The brochure's title; made from NAME otherwise.")
@options.in_project
def new_document(workspace: Workspace, name: str, title: str, card: bool, form: str) -> None:
    """Begin a brochure called NAME, or a card with --card.

    Writes source/brochures/NAME.md or source/cards/NAME.md with every panel of it. It builds at once, as a proof: each
    of its words waits for a clinician until somebody takes that mark away.
    """
    from pressroom.planning.scaffold import scaffold

    path = scaffold(workspace, name, title, now()[:10], card=card)
    if form == "text":
        click.echo(f"wrote {workspace.relative(path)}")
        next_moves = "{command} update (a catalog for every locale), then {command} build"
        click.echo(filled(f"next: write it, then {next_moves} {name}"))


@click.command("extract")
@options.in_project
def extract(workspace: Workspace, form: str) -> None:
    """Write the catalog templates from the English.

    One for each document, and one for the layouts' words; `pybabel extract` finds the same messages.
    """
    from pressroom.commands.catalogs.update import extract

    finish_catalogs(extract(workspace, now()), form, "templates")


@click.command("update")
@options.locale_option
@options.in_project
def update(workspace: Workspace, locales: tuple[str, ...], form: str) -> None:
    """Bring every locale's catalogs up to the English.

    Extracts first. No translation is lost: what the English no longer says is kept as obsolete.
    """
    from pressroom.commands.catalogs.settled import update_unless_settled

    finish_catalogs(update_unless_settled(workspace, locales, now()), form, "catalogs")


@click.command("drafted")
@options.documents_argument
@click.option("--locale", required=True, metavar="TAG", help="The locale that was drafted.")
@options.in_project
def drafted(workspace: Workspace, documents: tuple[str, ...], locale: str, form: str) -> None:
    """Record what a machine translated.

    Everything translated in DOCUMENTS (all where none is named) is recorded as a machine's draft. A draft builds as
    a proof and can't be released; a message is a draft until its text is edited.
    """
    from pressroom.commands.catalogs.update import record_machine_drafts

    finish_catalogs(record_machine_drafts(workspace, locale, documents), form, "files")


@click.command("rename")
@click.argument("old")
@click.argument("new")
@options.in_project
def rename(workspace: Workspace, old: str, new: str, form: str) -> None:
    """Rename the document OLD to NEW: its source, template, catalogs and records in every locale.

    No translation is lost. If a file with the new name exists, nothing is renamed.
    """
    from pressroom.commands.catalogs.rename import rename

    finish_catalogs(rename(workspace, old, new, now()), form, "files")


@click.command("remove-document")
@click.argument("name")
@click.option("--undo", is_flag=True, help="Bring a removed document back.")
@options.in_project
def remove_document(workspace: Workspace, name: str, undo: bool, form: str) -> None:
    """Take the document NAME out of the project.

    Its source, template, catalogs and draft records go to archive/NAME, where nothing is lost; --undo brings them back.
    Signatures, recalls and releases stay. A document that was released must be recalled first.
    """
    from pressroom.commands.catalogs.remove import remove_document, restore_document

    finish_catalogs((restore_document if undo else remove_document)(workspace, name, now()), form, "files")


@click.command("migrate")
@options.in_project
def migrate(workspace: Workspace, form: str) -> None:
    """Carry every translation over to the way in which this program writes messages, and update.

    For the day a newer program makes messages from the English in another way: the words are the same, so no
    translation turns fuzzy. Obsolete entries, previous texts and the records of machine drafts are carried over too.
    """
    from pressroom.commands.catalogs.migrate import migrate

    finish_catalogs(migrate(workspace, now()), form, "files")


@click.command("lengths")
@options.in_project
def lengths(workspace: Workspace, form: str) -> None:
    """Measure the room of every text in a fixed space, for translators.

    In the real layouts, at the smallest legible size of each writing system, into locales/lengths.toml; an update
    then writes it into each catalog as `max-length:N` and a comment. Once after a layout or a card's text changed;
    some minutes.
    """
    from pressroom.commands.catalogs.lengths import measure

    finish_catalogs(measure(workspace), form, "tables")


@click.command("check")
@options.documents_argument
@options.locale_option
@options.in_project
def check(workspace: Workspace, documents: tuple[str, ...], locales: tuple[str, ...], form: str) -> None:
    """Check the English and the catalogs, without rendering.

    A placeholder lost, a number changed, a control character, a heading out of order: all at once, each at its line.
    """
    from pressroom.commands.catalogs.check import check
    from pressroom.planning.plan import Request

    report = check(workspace, Request(documents, locales))
    refused = f", not {', '.join(report.refused)}" if report.refused else ""
    counts = (
        f"{len(report.checked)} texts checked{refused}; {report.errors} errors, {len(report.all_diagnostics)} findings"
    )
    finish(report.all_diagnostics, form, counts)
