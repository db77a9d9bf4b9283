"""Converts all catalogs of a project to today's msgid format."""

from __future__ import annotations

from pressroom.approval import draft_file, write_drafts
from pressroom.approval.machine_drafts import carried_drafts
from pressroom.catalog import Catalog, migration
from pressroom.catalog.write import write_catalog
from pressroom.commands.catalogs.report import CatalogReport
from pressroom.commands.catalogs.update import update
from pressroom.diagnostics import Span, diagnostic
from pressroom.language import ENGLISH, Language
from pressroom.workspace.workspace import GLOSSARY, Workspace


def migrate(workspace: Workspace, created: str) -> CatalogReport:
    """Convert every catalog to today's msgid format, and update all of them.

    A catalog that can't be converted is reported and stays as it is. `created` is the new POT-Creation-Date.
    """
    report = CatalogReport()
    languages, findings = workspace.languages(awaiting=True)
    report.diagnostics += findings
    for language in languages:
        if language.tag != ENGLISH:
            folder = workspace.project.catalog_file(language.posix, "layouts").parent
            for path in sorted(folder.glob("*.po")):
                # A glossary's terms are not messages.
                if path.stem != GLOSSARY:
                    _carry(workspace, path.stem, language, report)
    if not report.failed:
        updated = update(workspace, (), created)
        report.diagnostics += [problem for problem in updated.diagnostics if problem not in report.diagnostics]
        report.merges = updated.merges
        report.seen = updated.seen
        report.written = sorted({*report.written, *updated.written})
    return report


def _carry(workspace: Workspace, name: str, language: Language, report: CatalogReport) -> None:
    catalog, problems = workspace.catalog(name, language)
    report.diagnostics += problems
    if catalog is None:
        return
    try:
        moved = migration.migrate(catalog, migration.STEPS, migration.CURRENT)
    except migration.FormatError as error:
        at = Span(catalog.path, catalog.header.line)
        report.diagnostics.append(diagnostic("catalog-format", at, str(error), "it is left as it is"))
        return
    if moved.catalog == catalog:
        return
    if _carry_drafts(workspace, name, language, catalog, moved, report):
        path = workspace.project.catalog_file(language.posix, name)
        if workspace.write(path, write_catalog(moved.catalog)):
            report.written.append(workspace.relative(path))


def _carry_drafts(
    workspace: Workspace,
    name: str,
    language: Language,
    before: Catalog,
    moved: migration.Migrated,
    report: CatalogReport,
) -> bool:
    """Write old and new rows of the record before the catalog: if the program stops in between, no draft is lost."""
    record, problems = workspace.drafts(name, language)
    report.diagnostics += problems
    if record is None:
        return False
    carried = carried_drafts(record, before, moved.catalog, moved.keys)
    path = draft_file(workspace.project, language.posix, name)
    if carried != record and workspace.write(path, write_drafts(carried).encode()):
        report.written.append(workspace.relative(path))
    return True
