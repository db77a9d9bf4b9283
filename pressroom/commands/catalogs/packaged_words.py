"""Fills a new locale's catalog of the layouts' words with the drafts that come with the packaged layouts."""

from __future__ import annotations

from dataclasses import replace

from pressroom.catalog import Catalog
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.commands.catalogs.report import CatalogReport
from pressroom.commands.catalogs.update import record_machine_drafts
from pressroom.language import Language
from pressroom.project import packaged_root
from pressroom.project.open_file import file_bytes
from pressroom.workspace.workspace import LAYOUTS, Workspace


def draft_packaged_words(workspace: Workspace, language: Language) -> CatalogReport:
    """Translate the untranslated words of the layouts as the package does, and record them as a machine's drafts.

    A project with its own layouts has its own words, and gets none.
    """
    catalog = workspace.catalog(LAYOUTS, language).value
    packaged = _packaged_catalog(language) if workspace.files.packaged is not None else None
    if catalog is None or packaged is None:
        return CatalogReport()
    known = {entry.key: entry.msgstr for entry in packaged.active if entry.translated}
    entries = tuple(
        replace(entry, msgstr=known.get(entry.key, "")) if not entry.msgstr and not entry.obsolete else entry
        for entry in catalog.entries
    )
    if entries == catalog.entries:
        return CatalogReport()
    path = workspace.project.catalog_file(language.posix, LAYOUTS)
    workspace.write(path, write_catalog(replace(catalog, entries=entries)))
    return record_machine_drafts(workspace, language.tag, (LAYOUTS,))


def _packaged_catalog(language: Language) -> Catalog | None:
    name = f"locales/{language.posix}/LC_MESSAGES/{LAYOUTS}.po"
    data = file_bytes(packaged_root(), name, optional=True).value
    return read_catalog(data, name, language)[0] if data is not None else None
