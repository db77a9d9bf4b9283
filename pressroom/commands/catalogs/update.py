"""Updates catalogs from the templates. No translation is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pressroom.approval import DraftRecord, draft_file, inherit_drafts, record_drafts, with_draft_comments, write_drafts
from pressroom.catalog import Catalog
from pressroom.catalog.lengths import with_limits
from pressroom.catalog.merge import MergeSummary, merge_locale
from pressroom.catalog.migration import old_format
from pressroom.catalog.whole import HEADER as END_HEADER
from pressroom.catalog.whole import cut_since
from pressroom.catalog.write import write_catalog
from pressroom.commands.catalogs.remembered import Remembered
from pressroom.commands.catalogs.report import CatalogReport, sweep_folder, write_file
from pressroom.commands.catalogs.templates import all_templates, template_before, write_template
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.fingerprint import content_hash
from pressroom.language import Language
from pressroom.nearest import suggestion
from pressroom.planning.named import UsageError, locales_named
from pressroom.project import Read
from pressroom.workspace.glossary import glossary_terms
from pressroom.workspace.workspace import GLOSSARY, LAYOUTS, Workspace


def update(
    workspace: Workspace, locales: Sequence[str], created: str, notes: Remembered | None = None
) -> CatalogReport:
    """Extract, and merge every template into the catalogs of these locales (all of the project's where none).

    What was written is added to `notes`.
    """
    languages = locales_named(workspace, locales)
    report = CatalogReport(diagnostics=shared_findings(workspace))
    if report.failed:
        return report
    sweep_folder(workspace.project.template_file(LAYOUTS).parent, report)
    templates = {Path(template.path).stem: template for template in all_templates(workspace, created, report)}
    for name, template in templates.items():
        write_template(workspace, name, template, report, notes)
    for language in languages:
        merged = merged_catalogs(workspace, templates, language, report)
        write_catalogs(workspace, merged, language, report, notes)
        # Not only those written, so that no more than one locale's catalogs are in memory.
        workspace.changed([workspace.project.catalog_file(language.posix, LAYOUTS).parent])
    workspace.changed(report.written)
    return report


def shared_findings(workspace: Workspace) -> list[Diagnostic]:
    """Findings about the files that every catalog depends on.

    The catalogs say what is in these files; without them the comments of every message would be lost.
    """
    reads = (workspace.languages(awaiting=True), workspace.clinics(), workspace.lengths())
    return [finding for read in reads for finding in read.findings]


@dataclass(frozen=True, slots=True)
class MergedCatalog:
    """A catalog after its merge, and the record of its drafts, None if it can't be read; `new_drafts` if it grew."""

    catalog: Catalog
    summary: MergeSummary
    drafts: DraftRecord | None
    new_drafts: bool


def merged_catalogs(
    workspace: Workspace,
    templates: Mapping[str, Catalog],
    language: Language,
    report: CatalogReport,
    memory: Sequence[Catalog] = (),
) -> dict[str, MergedCatalog]:
    """The locale's catalogs of these templates, merged. `memory` holds those of other documents, which only give."""
    existing = _existing(workspace, templates, language, report)
    terms, problems = glossary_terms(workspace, language)
    report.diagnostics += problems
    lengths = workspace.lengths().value
    limited = {name: with_limits(one, lengths.limits(name, language)) for name, one in templates.items()}
    records = _draft_records(workspace, existing, language, report)
    for name, old in existing.items():
        if old is None:
            report.diagnostics += _lost_catalog(workspace, name, language)
    made: dict[str, MergedCatalog] = {}
    for name, (catalog, summary) in merge_locale(limited, existing, language, terms, memory).items():
        record = before = records.get(name)
        if record is not None:
            others = [other for other_name, other in records.items() if other_name != name]
            record = inherit_drafts(record, others, existing[name], catalog)
            catalog = with_draft_comments(catalog, record)
        made[name] = MergedCatalog(catalog, summary, record, record != before)
    return made


def _draft_records(
    workspace: Workspace, existing: Mapping[str, Catalog | None], language: Language, report: CatalogReport
) -> dict[str, DraftRecord]:
    """The records of these catalogs, and of the others that have drafts: an update takes texts from them."""
    records: dict[str, DraftRecord] = {}
    folder = workspace.root / "locales" / language.posix / "drafts"
    names = {LAYOUTS, *(path.stem for path in workspace.sources())}
    others = [p.stem for p in workspace.files.listing(folder, "*.txt") if p.stem in names and p.stem not in existing]
    for name in (*existing, *others):
        record, problems = workspace.drafts(name, language)
        report.diagnostics += problems if name in existing else ()
        if record is not None:
            records[name] = record
    return records


def write_catalogs(
    workspace: Workspace,
    merged: Mapping[str, MergedCatalog],
    language: Language,
    report: CatalogReport,
    notes: Remembered | None,
) -> None:
    """Write a locale's catalogs and the records of drafts that grew, and note them."""
    sweep_folder(workspace.project.catalog_file(language.posix, LAYOUTS).parent, report)
    for name, one in merged.items():
        path, drafts = (
            workspace.project.catalog_file(language.posix, name),
            draft_file(workspace.project, language.posix, name),
        )
        if one.drafts is not None and one.new_drafts:
            write_file(workspace, drafts, write_drafts(one.drafts).encode(), report)
        report.merges.append((workspace.relative(path), one.summary))
        data = write_catalog(one.catalog)
        write_file(workspace, path, data, report)
        if notes is not None:
            record = write_drafts(one.drafts).encode() if one.drafts is not None and one.new_drafts else None
            digest = content_hash(record) if record is not None else workspace.files.hash_of(drafts)
            notes.note_catalog(language.posix, name, one.catalog, data, digest)


def _lost_catalog(workspace: Workspace, name: str, language: Language) -> Iterator[Diagnostic]:
    """A finding if there are records of texts that a missing catalog held."""
    signed = workspace.root / "locales" / language.posix / "signoffs" / name
    if draft_file(workspace.project, language.posix, name).is_file() or signed.is_dir():
        text = "there was no such catalog and a new one is made, but its texts have been drafted or signed"
        hint = "was it deleted by mistake? restore it from version control, then update again"
        at = Span(workspace.relative(workspace.project.catalog_file(language.posix, name)))
        yield diagnostic("catalog-anew", at, text, hint)


def _existing(
    workspace: Workspace, templates: Iterable[str], language: Language, report: CatalogReport
) -> dict[str, Catalog | None]:
    """The locale's catalogs. A file that can't be read is a translator's work, and stays as it is."""
    existing: dict[str, Catalog | None] = {}
    for name in templates:
        exists = workspace.has_catalog(name, language)
        catalog, problems = workspace.catalog(name, language) if exists else Read(None)
        if catalog is not None:
            problems = (*problems, *old_format(catalog), *_cut(workspace, name, catalog))
        report.diagnostics += problems
        if worst(problems) is not Severity.ERROR:
            existing[name] = catalog
    return existing


def _cut(workspace: Workspace, name: str, catalog: Catalog) -> Sequence[Diagnostic]:
    """A finding about a catalog that no update has written yet, and that has lost its end."""
    if catalog.header.get(END_HEADER):
        return ()
    before = template_before(workspace, name)
    return cut_since(catalog, before) if before is not None else ()


def record_machine_drafts(workspace: Workspace, locale: str, names: Sequence[str]) -> CatalogReport:
    """Record every translated message of these catalogs (all where none is named) as a machine's draft."""
    report = CatalogReport()
    (language,) = locales_named(workspace, (locale,))
    glossary = [GLOSSARY] if workspace.has_catalog(GLOSSARY, language) else []
    everything = [*workspace.documents().usable, LAYOUTS, *glossary]
    if unknown := [name for name in names if name not in everything]:
        raise UsageError(f"no document is called {unknown[0]!r}", suggestion(unknown[0], everything))
    for name in names or everything:
        catalog, problems = workspace.catalog(name, language)
        record, record_problems = workspace.drafts(name, language)
        report.diagnostics += (*problems, *record_problems)
        if catalog is None or record is None:
            continue
        drafts = record_drafts(record, catalog)
        write_file(
            workspace, draft_file(workspace.project, language.posix, name), write_drafts(drafts).encode(), report
        )
        path = workspace.project.catalog_file(language.posix, name)
        write_file(workspace, path, write_catalog(with_draft_comments(catalog, drafts)), report)
    workspace.changed(report.written)
    return report
