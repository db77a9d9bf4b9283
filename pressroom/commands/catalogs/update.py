"""Extracts templates and updates catalogs. No translation is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from pressroom.approval import DraftRecord, draft_file, inherit_drafts, record_drafts, with_draft_comments, write_drafts
from pressroom.catalog import Catalog, CommentContext, read_catalog, template_catalog, write_catalog
from pressroom.catalog.lengths import with_limits
from pressroom.catalog.merge import MergeSummary, merge_locale
from pressroom.catalog.migration import old_format
from pressroom.catalog.model import Key
from pressroom.catalog.whole import HEADER as END_HEADER
from pressroom.catalog.whole import cut_since
from pressroom.commands.catalogs.remembered import Remembered
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.fingerprint import content_hash
from pressroom.language import ENGLISH, Language, find_language
from pressroom.nearest import suggestion
from pressroom.planning.named import UsageError, locales_named
from pressroom.project import Read
from pressroom.project.atomic import refuse_links, sweep, write_atomic
from pressroom.workspace.glossary import glossary_terms
from pressroom.workspace.workspace import GLOSSARY, LAYOUTS, WORDS_FILE, Workspace


@dataclass(slots=True)
class CatalogReport:
    """What a command did to catalogs: the files it wrote, how many it looked at, each merge, and the findings."""

    written: list[str] = field(default_factory=list)
    seen: int = 0
    merges: list[tuple[str, MergeSummary]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """True where something was refused."""
        return worst(self.diagnostics) is Severity.ERROR


def extract(workspace: Workspace, created: str) -> CatalogReport:
    """Write a template for each document, and one for the layouts' words. `created` is its POT-Creation-Date."""
    report = CatalogReport()
    for template in _templates(workspace, created, report):
        _write(workspace, workspace.root / template.path, write_catalog(template), report)
    workspace.changed(report.written)
    return report


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
    _sweep(workspace.project.template_file(LAYOUTS).parent, report)
    templates = {Path(template.path).stem: template for template in _templates(workspace, created, report)}
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


def write_template(
    workspace: Workspace, name: str, template: Catalog, report: CatalogReport, notes: Remembered | None
) -> None:
    """Write a template, and note it."""
    data = write_catalog(template)
    _write(workspace, workspace.root / template.path, data, report)
    if notes is not None:
        notes.note_template(name, workspace.files.hash_of(source_file(workspace, name)), template, data)


def source_file(workspace: Workspace, name: str) -> Path:
    """The file with the English of a document, or of the layouts' words."""
    if name == LAYOUTS:
        return workspace.root / WORDS_FILE
    return next(path for path in workspace.sources() if path.stem == name)


def write_catalogs(
    workspace: Workspace,
    merged: Mapping[str, MergedCatalog],
    language: Language,
    report: CatalogReport,
    notes: Remembered | None,
) -> None:
    """Write a locale's catalogs and the records of drafts that grew, and note them."""
    _sweep(workspace.project.catalog_file(language.posix, LAYOUTS).parent, report)
    for name, one in merged.items():
        path, drafts = (
            workspace.project.catalog_file(language.posix, name),
            draft_file(workspace.project, language.posix, name),
        )
        if one.drafts is not None and one.new_drafts:
            _write(workspace, drafts, write_drafts(one.drafts).encode(), report)
        report.merges.append((workspace.relative(path), one.summary))
        data = write_catalog(one.catalog)
        _write(workspace, path, data, report)
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


def _sweep(folder: Path, report: CatalogReport) -> None:
    try:
        sweep(folder)
    except OSError as error:
        message = f"a half-written copy can't be removed: {error.strerror}"
        report.diagnostics.append(diagnostic("output-unwritable", Span(str(folder.name)), message))


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
        _write(workspace, draft_file(workspace.project, language.posix, name), write_drafts(drafts).encode(), report)
        path = workspace.project.catalog_file(language.posix, name)
        _write(workspace, path, write_catalog(with_draft_comments(catalog, drafts)), report)
    workspace.changed(report.written)
    return report


def _templates(workspace: Workspace, created: str, report: CatalogReport) -> Iterator[Catalog]:
    context = comment_context(workspace)
    documents = workspace.documents()
    report.diagnostics += documents.unlisted
    report.diagnostics += [problem for problems in documents.refused.values() for problem in problems]
    rows: list[tuple[str, tuple[Message, ...]]] = []
    for path, _ in documents.usable.values():
        document, problems = workspace.document(path)
        report.diagnostics += problems
        rows += [(document.name, document.messages)] if document is not None else []
    words, problems = workspace.words()
    report.diagnostics += problems
    rows += [(LAYOUTS, tuple(words.values()))] if words else []
    uses: dict[Key, list[str]] = {}
    for name, messages in rows:
        for key in dict.fromkeys(message.key for message in messages):
            uses.setdefault(key, []).append(name)
    for name, messages in rows:
        shared = (message.key for message in messages if len(uses[message.key]) > 1)
        elsewhere = {key: [other for other in uses[key] if other != name] for key in shared}
        yield template_of(workspace, name, messages, created, replace(context, elsewhere=elsewhere))


def template_of(
    workspace: Workspace, name: str, messages: tuple[Message, ...], created: str, context: CommentContext
) -> Catalog:
    """The template of a document, with the date of the one before if its messages are the same."""
    return template_catalog(name, messages, template_before(workspace, name), created, context=context)


def template_before(workspace: Workspace, name: str) -> Catalog | None:
    """The template as it was when the command began; what the command wrote since is not read."""
    path = workspace.project.template_file(name)
    data = workspace.files.data(path, optional=True).value
    # A template holds no translations: an unreadable one is simply made again.
    return None if data is None else read_catalog(data, workspace.relative(path), find_language(ENGLISH))[0]


def comment_context(workspace: Workspace) -> CommentContext:
    """What placeholders print: the first clinic's values."""
    clinics = workspace.clinics().value
    if not clinics:
        return CommentContext()
    first = clinics[0]
    prints = {"clinic": first.name, "address": ", ".join(first.address), "emergency": first.emergency}
    return CommentContext(prints=prints)


def _write(workspace: Workspace, path: Path, data: bytes, report: CatalogReport) -> None:
    report.seen += 1
    try:
        # Compared with what was read already, not with the disk.
        if workspace.files.data(path, optional=True).value != data:
            refuse_links(workspace.root, path)
            write_atomic(path, data)
            report.written.append(workspace.relative(path))
    except OSError as error:
        message = f"can't be written: {error.strerror}"
        report.diagnostics.append(diagnostic("output-unwritable", Span(workspace.relative(path)), message))


def total(merges: Sequence[tuple[str, MergeSummary]]) -> MergeSummary:
    """The sums over all catalogs."""
    sums = {f.name: sum(getattr(summary, f.name) for _, summary in merges) for f in fields(MergeSummary)}
    return replace(MergeSummary(), **sums)
