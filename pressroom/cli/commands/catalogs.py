"""Commands on texts: languages, templates, catalogs, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pressroom.cli import complete, options
from pressroom.cli.clock import now
from pressroom.cli.command import command
from pressroom.cli.output import data, finish, finish_catalogs, first_to_fix, show, table, typed
from pressroom.counted import counted

if TYPE_CHECKING:
    from pressroom.commands.catalogs.report import CatalogReport
    from pressroom.workspace.workspace import Workspace

_COMMIT = "look at the changes (git diff), then commit them"


@command("locales")
@options.in_project
def locales(workspace: Workspace) -> None:
    """List all languages, and how far the project is in each.

    Each row has the language's tag, script, direction, smallest size of type on a card and in a brochure, and fonts.
    It also says whether the project builds the language or waits for a translator, and how many messages are
    translated. You can write a tag in any form: zh_Hans, zh-CN, prs.
    """
    from pressroom.commands.catalogs.locales import LocaleRow, locale_rows
    from pressroom.language import invented_languages

    def cells(row: LocaleRow) -> dict[str, object]:
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
    invented = {language.tag: language.english for language in invented_languages().values()}
    data(locales=rows, invented=invented)
    show(
        table(rows), "\nfor proofs only, from no catalog: " + ", ".join(f"{t} ({name})" for t, name in invented.items())
    )
    finish((), next=f"next: {typed('new TAG')} begins a language")


@command("new")
@click.argument(
    "locale",
    metavar="LOCALE",
    shell_complete=complete.languages,
    help="The language, as `fr` or `pt-BR`; see `locales`.",
)
@options.in_project
def new(workspace: Workspace, locale: str) -> None:
    """Begin a new language.

    Adds LOCALE to the project's settings and makes its catalogs. They are empty and ready for a translator.
    """
    from pressroom.commands.catalogs.locales import SettingsError, new_locale

    try:
        report = new_locale(workspace, locale, now())
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
    finish_catalogs(report, "file", f"next: {typed(f'handoff export --locale {locale}')} makes a zip for a translator")


@command("new-document")
@click.argument("name", help="Its name: lower-case words with hyphens, as `knee-care`.")
@click.option("--card", is_flag=True, help="Begin a wallet card of warning signs instead of a brochure.")
@click.option("--title", default="", metavar="TEXT", help="Its title. Without it: made from NAME.")
@options.in_project
def new_document(workspace: Workspace, name: str, title: str, card: bool) -> None:
    """Begin a brochure, or a card.

    Writes source/brochures/NAME.md with every panel of a brochure, or source/cards/NAME.md with every panel of a card.
    You can build it at once, as a proof. Each of its texts is marked as waiting for a clinician, until somebody removes
    the mark.
    """
    from pressroom.planning.scaffold import scaffold

    path = workspace.relative(scaffold(workspace, name, title, now()[:10], card=card))
    data(written=[path])
    then = f"then {typed('update')} (a catalog for every locale) and {typed(f'build {name}')}"
    finish((), f"wrote {path}", next=f"next: write {path}, {then}")


@command("extract")
@options.in_project
def extract(workspace: Workspace) -> None:
    """Write the catalog templates from the English.

    There is one template (.pot) for each document, and one for the words of the layouts. `update` does this too;
    `extract` alone is for translation platforms that merge catalogs themselves.
    """
    from pressroom.commands.catalogs.templates import extract

    finish_catalogs(extract(workspace, now()), "template", f"next: {typed('update')} brings the catalogs up to them")


@command("update")
@options.locale_option
@options.in_project
def update(workspace: Workspace, locales: tuple[str, ...]) -> None:
    """Bring the catalogs up to the English.

    Run it after each change of the English. No translation is lost. A text whose English changed is marked fuzzy: a
    translator must look at it. A text that the English no longer has is kept in the catalog as obsolete.
    """
    from pressroom.commands.catalogs.settled import update_unless_settled

    report = update_unless_settled(workspace, locales, now())
    finish_catalogs(report, "catalog", _to_translate(report))


def _to_translate(report: CatalogReport) -> str:
    """The catalog with the most messages for a translator."""
    left = {path: one.waiting + one.fuzzy + one.dangerous + one.untranslated for path, one in report.merges}
    if not any(left.values()):
        return f"next: {typed('status')} shows what is left to translate"
    most = max(left, key=lambda path: left[path])
    return f"translate next: {most} ({counted(left[most], 'message')})"


@command("drafted")
@options.documents_argument
@click.option(
    "--locale", required=True, metavar="TAG", shell_complete=complete.locales, help="The language that was drafted."
)
@options.in_project
def drafted(workspace: Workspace, documents: tuple[str, ...], locale: str) -> None:
    """Record that a machine wrote translations.

    Every translation in DOCUMENTS is recorded as a machine draft. A draft is printed in proofs and can't be released.
    A message is no draft any more when its text was edited.
    """
    from pressroom.commands.catalogs.update import record_machine_drafts

    report = record_machine_drafts(workspace, locale, documents)
    finish_catalogs(report, "file", "next: a person reads and edits every message of a machine draft")


@command("rename")
@click.argument("old", shell_complete=complete.documents, help="The document's name now.")
@click.argument("new", help="Its new name.")
@options.in_project
def rename(workspace: Workspace, old: str, new: str) -> None:
    """Give the document OLD the name NEW.

    Renames its source, template, catalogs and records in every language. No translation is lost. If a file with the
    new name exists, nothing is renamed.
    """
    from pressroom.commands.catalogs.rename import rename

    finish_catalogs(rename(workspace, old, new, now()), "file", f"next: {_COMMIT}")


@command("remove-document")
@click.argument("name", shell_complete=complete.documents_and_removed, help="The document's name.")
@click.option("--undo", is_flag=True, help="Bring a removed document back.")
@options.in_project
def remove_document(workspace: Workspace, name: str, undo: bool) -> None:
    """Take a document out of the project.

    Moves its source, template, catalogs and draft records to archive/NAME. Nothing is lost, and --undo brings them
    back. Signatures, recalls and releases stay. If the document was released, recall it first.
    """
    from pressroom.commands.catalogs.remove import remove_document, restore_document

    done = (restore_document if undo else remove_document)(workspace, name, now())
    finish_catalogs(done, "file", f"next: {_COMMIT}")


@command("migrate")
@options.in_project
def migrate(workspace: Workspace) -> None:
    """Carry translations over to a new version of the program.

    A new version may split the English into messages in another way. The words are the same, so no translation turns
    fuzzy. Run it once, when `update` asks for it.
    """
    from pressroom.commands.catalogs.migrate import migrate

    finish_catalogs(migrate(workspace, now()), "file", f"next: {_COMMIT}")


@command("lengths")
@options.in_project
def lengths(workspace: Workspace) -> None:
    """Measure how much text fits, for translators.

    Texts on cards have a fixed space. This command measures it in the real layouts, in the smallest legible type of
    each script, and writes locales/lengths.toml. `update` then puts the limit beside each message. It takes some
    minutes. Run it once after a layout or the text of a card changed.
    """
    from pressroom.cli.progress import progress_line
    from pressroom.commands.catalogs.lengths import measure

    report = measure(workspace, progress_line("measurement"))
    finish_catalogs(report, "table", f"next: {typed('update')} puts the limits into the catalogs")


@command("check")
@options.documents_argument
@options.locale_option
@options.in_project
def check(workspace: Workspace, documents: tuple[str, ...], locales: tuple[str, ...]) -> None:
    """Find mistakes in the English and the translations.

    Reports every mistake at its line: a lost placeholder, a changed number, a heading out of order, and many more.
    Makes no PDFs, so it takes seconds. The exit code is 1 if there is an error.
    """
    from pressroom.cli.progress import progress_line
    from pressroom.commands.catalogs.check import check
    from pressroom.planning.plan import Request

    report = check(workspace, Request(documents, locales), progress_line("text"))
    found = report.all_diagnostics
    refused = f", not {', '.join(report.refused)}" if report.refused else ""
    data(
        texts=[
            {
                "document": one.document,
                "locale": one.language.tag,
                "errors": one.errors,
                "findings": len(one.diagnostics),
                "words left": one.words_left,
            }
            for one in report.checked
        ],
        refused=report.refused,
    )
    faults = f"{counted(report.errors, 'error')}, {counted(len(found), 'finding')}"
    counts = f"{counted(len(report.checked), 'text')} checked{refused}; {faults}"
    finish(found, counts, next=first_to_fix(found) or f"nothing to fix; next: {typed('build')}")
