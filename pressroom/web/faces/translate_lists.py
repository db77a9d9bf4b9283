"""What there is to translate: the languages of a project, and the documents in one of them."""

from __future__ import annotations

from dataclasses import dataclass

from pressroom.commands.catalogs.translation_view import translation_view
from pressroom.language import ENGLISH, Language, invented_languages
from pressroom.workspace.workspace import LAYOUTS, Workspace


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language of the project; `find` are other names that it is found by. `done` of `total` messages are there."""

    language: Language
    find: str = ""
    awaiting: bool = False
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a language, or the layouts' words. `missing` says that it has no catalog."""

    name: str
    title: str
    done: int = 0
    total: int = 0
    drafts: int = 0
    unsure: int = 0
    missing: bool = False


def language_rows(workspace: Workspace) -> tuple[list[LanguageRow], list[LanguageRow], list[LanguageRow]]:
    """The project's languages by their English name, the English, and the invented ones."""
    built = {language.tag for language in workspace.languages().value}
    rows = []
    for language in workspace.languages(awaiting=True).value:
        done, total = (0, 0) if language.tag == ENGLISH else _progress(workspace, language)
        find = " ".join((language.cldr, *language.aliases))
        rows.append(LanguageRow(language, find, language.tag not in built, done, total))
    own = sorted((row for row in rows if row.language.tag != ENGLISH), key=lambda row: row.language.english)
    english = [row for row in rows if row.language.tag == ENGLISH]
    return own, english, [LanguageRow(language) for language in invented_languages().values()]


def document_rows(workspace: Workspace, language: Language) -> list[DocumentRow]:
    """The documents in a language, and for translators the layouts' words."""
    names = {name: front.title.msgid for name, (_, front) in workspace.documents().usable.items()}
    if language.tag == ENGLISH:
        return [DocumentRow(name, title) for name, title in names.items()]
    rows = []
    for name, title in {**names, LAYOUTS: LAYOUTS}.items():
        view = translation_view(workspace, name, language)
        missing = not language.invented and not workspace.has_catalog(name, language)
        counts = (view.count("done") + view.count("draft"), len(view.own), view.count("draft"), view.count("unsure"))
        rows.append(DocumentRow(name, title, *counts, missing))
    return rows


def _progress(workspace: Workspace, language: Language) -> tuple[int, int]:
    """How many messages of how many are translated, in all catalogs of a language."""
    catalogs = (workspace.catalog(name, language).value for name in (*workspace.documents().usable, LAYOUTS))
    entries = [entry for catalog in catalogs if catalog is not None for entry in catalog.active]
    return sum(entry.translated for entry in entries), len(entries)
