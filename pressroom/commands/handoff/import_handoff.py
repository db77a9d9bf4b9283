"""Takes a translator's zip, .xlf or .po back into the catalogs. No work is lost on either side."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pressroom.approval import DraftRecord, with_draft_comments
from pressroom.catalog import Catalog, check_catalog, read_catalog, write_catalog
from pressroom.catalog.merge_returned import ReturnedChange, ReturnedMerge, merge_returned, words_hash
from pressroom.commands.handoff.manifest import Sent
from pressroom.commands.handoff.returned_files import Returned, read_returned
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language
from pressroom.project import Read
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one returned catalog: the messages taken, how many were not, how many drafts nobody touched."""

    name: str
    locale: str
    path: str
    source: str
    changes: tuple[ReturnedChange, ...]
    conflicts: int
    unknown: int
    drafts: int
    written: bool

    @property
    def counts(self) -> dict[str, int]:
        """How many messages were translated, changed, confirmed, marked as doubtful, commented on."""
        kinds = ("translated", "changed", "confirmed", "marked", "commented")
        return {kind: sum(1 for change in self.changes if change.kind == kind) for kind in kinds}


@dataclass(slots=True)
class ImportReport:
    """All that came back, and everything there is to say of it."""

    imported: list[Imported] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(slots=True)
class _Import:
    """One import: the project's texts, and our catalogs as they become."""

    workspace: Workspace
    report: ImportReport
    ours: dict[tuple[str, str], Catalog] = field(default_factory=dict)


def import_handoff(
    workspace: Workspace,
    file: Path,
    *,
    locale: str | None = None,
    document: str | None = None,
    base: Path | None = None,
) -> ImportReport:
    """Take back what is in `file`: a hand-off's zip, or one .po or .xlf.

    `locale` and `document` are for a file that does not say what it is; `base` is the zip it was sent in, where it
    is not found in output/handoff. A catalog is written only where the translator changed something.

    Raises:
        UsageError: the file can't be read, or the locale or document is not the project's.
    """
    report = ImportReport()
    run = _Import(workspace, report)
    for item in read_returned(workspace, file, locale=locale, document=document, base=base):
        if isinstance(item, Diagnostic):
            report.diagnostics.append(item)
        else:
            _take(run, item)
    return report


def _take(run: _Import, returned: Returned) -> None:
    drafts, problems = run.workspace.drafts(returned.name, returned.language)
    ours, found = _ours(run, returned)
    run.report.diagnostics += [*found, *problems]
    if ours is None or drafts is None:
        return
    drafted = {e.key for e in ours.active if e.translated and drafts.holds(e.key, e.msgstr)}
    taken = merge_returned(ours, returned.catalog, _base(ours, returned.sent, returned.base), drafted)
    catalog = with_draft_comments(taken.catalog, drafts) if taken.catalog != ours else ours
    written = catalog != ours and _write(run, catalog, returned.language)
    run.ours[returned.language.tag, returned.name] = catalog
    run.report.diagnostics += _conflict_findings(taken, returned)
    if catalog != ours:
        run.report.diagnostics += _findings(run, returned, catalog)
    run.report.imported.append(_imported(taken, returned, catalog, drafts, written))


def _ours(run: _Import, returned: Returned) -> Read[Catalog | None]:
    # The same catalog may come back twice, as .po and as .xlf: the second finds what the first left.
    known = run.ours.get((returned.language.tag, returned.name))
    return Read(known) if known is not None else run.workspace.catalog(returned.name, returned.language)


def _base(ours: Catalog, sent: Sent | None, base: str) -> Catalog | None:
    """What the translator was sent: as the zip tells, or ours where nothing has changed since."""
    if sent is not None:
        return sent.catalog
    return ours if base and words_hash(ours) == base else None


def _write(run: _Import, catalog: Catalog, language: Language) -> bool:
    data = write_catalog(catalog)
    # What is written must be readable: a translator's file must never break the catalog it comes into.
    again, problems = read_catalog(data, catalog.path, language)
    if again is None:
        run.report.diagnostics += problems
        return False
    try:
        return run.workspace.write(catalog.path, data)
    except OSError as error:
        text = f"can't be written: {error.strerror}"
        run.report.diagnostics.append(diagnostic("output-unwritable", Span(catalog.path), text, "make it writable"))
        return False


def _conflict_findings(taken: ReturnedMerge, returned: Returned) -> list[Diagnostic]:
    findings: list[Diagnostic] = []
    for conflict in taken.conflicts:
        text = (
            f"{conflict.why}: {conflict.ours.msgid[:48]!r} is {conflict.ours.msgstr[:48]!r} here and came back as "
            f"{conflict.theirs.msgstr[:48]!r}"
        )
        hint = "ours stays; theirs stands beside it as a comment, “returned otherwise”: choose, and remove the comment"
        findings.append(diagnostic("handoff-conflict", Span(returned.source, conflict.theirs.msgstr_line), text, hint))
    for entry in taken.unknown:
        text = f"no message of {returned.name} says {entry.msgid[:48]!r}"
        hint = "the translation is kept as obsolete; was the English changed in the returned file?"
        findings.append(diagnostic("handoff-unknown", Span(returned.source, entry.line), text, hint))
    return findings


def _findings(run: _Import, returned: Returned, catalog: Catalog) -> list[Diagnostic]:
    """What `check` says of the messages that came back, at the lines they now have."""
    messages = run.workspace.messages(returned.name)
    again, _ = read_catalog(write_catalog(catalog), catalog.path, returned.language)
    return check_catalog(messages, again, returned.language) if again is not None else []


def _imported(
    taken: ReturnedMerge, returned: Returned, catalog: Catalog, drafts: DraftRecord, written: bool
) -> Imported:
    untouched = sum(1 for e in catalog.active if e.translated and drafts.holds(e.key, e.msgstr))
    return Imported(
        name=returned.name,
        locale=returned.language.tag,
        path=catalog.path,
        source=returned.source,
        changes=taken.changes,
        conflicts=len(taken.conflicts),
        unknown=len(taken.unknown),
        drafts=untouched,
        written=written,
    )
