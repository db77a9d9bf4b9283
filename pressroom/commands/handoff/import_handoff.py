"""Takes a translator's zip, .xlf or .po back into the catalogs. No work is lost on either side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from pressroom.approval import with_draft_comments
from pressroom.catalog import Catalog
from pressroom.catalog.checks import check_catalog
from pressroom.catalog.merge_returned import Kind, ReturnedChange, ReturnedMerge, merge_returned, words_hash
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.commands.handoff.returned_files import Returned, read_returned
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.project import Read
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Imported:
    """One returned catalog and its merge. `drafts` is the number of machine drafts that are still unedited."""

    name: str
    locale: str
    source: str
    merge: ReturnedMerge
    drafts: int
    written: bool

    @property
    def counts(self) -> dict[str, int]:
        """How many messages there are of each kind of change, and how many were not taken."""
        kinds = get_args(Kind)
        taken = {kind: sum(1 for change in self.merge.changes if change.kind == kind) for kind in kinds}
        return taken | {"conflicts": len(self.merge.conflicts), "unknown": len(self.merge.unknown)}


@dataclass(slots=True)
class ImportReport:
    """All catalogs that came back, and the findings."""

    imported: list[Imported] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def import_handoff(
    workspace: Workspace,
    file: Path,
    *,
    locale: str | None = None,
    document: str | None = None,
    base: Path | None = None,
) -> ImportReport:
    """Take back what is in `file`: a hand-off's zip, or one .po or .xlf.

    `locale` and `document` are for a file that does not say what it is; `base` is the zip in which it was sent, if
    that is not in output/handoff. A catalog is written only if the translator changed something.

    Raises:
        UsageError: the file can't be read, or the locale or document is not the project's.
    """
    report = ImportReport()
    for item in read_returned(workspace, file, locale=locale, document=document, base=base):
        if isinstance(item, Diagnostic):
            report.diagnostics.append(item)
        else:
            _take(workspace, item, report)
    return report


def _take(workspace: Workspace, returned: Returned, report: ImportReport) -> None:
    name, language = returned.name, returned.language
    # If a catalog comes back twice, as .po and as .xlf, the second is merged into what the first left.
    (ours, findings), (drafts, problems) = workspace.catalog(name, language), workspace.drafts(name, language)
    report.diagnostics += [*findings, *problems]
    if ours is None or drafts is None:
        return
    merged = merge_returned(ours, returned.catalog, _base(ours, returned), drafts.keys_in(ours))
    catalog = with_draft_comments(merged.catalog, drafts) if merged.catalog != ours else ours
    written, problems = _write(workspace, catalog, returned) if catalog != ours else Read(False)
    report.diagnostics += problems
    report.diagnostics += _conflict_findings(merged, returned)
    if written:
        # At the lines that the messages now have.
        now = workspace.catalog(name, language).value or catalog
        report.diagnostics += check_catalog(workspace.messages(name), now, language)
    row = Imported(name, language.tag, returned.source, merged, len(drafts.keys_in(catalog)), written)
    report.imported.append(row)


def _base(ours: Catalog, returned: Returned) -> Catalog | None:
    """The catalog as it was sent: from a manifest, or ours if nothing has changed since."""
    if returned.sent is not None:
        return returned.sent.catalog
    return ours if returned.base and words_hash(ours) == returned.base else None


def _write(workspace: Workspace, catalog: Catalog, returned: Returned) -> Read[bool]:
    data = write_catalog(catalog)
    # A translator's file must never make our catalog unreadable.
    readable, problems = read_catalog(data, catalog.path, returned.language)
    if readable is None:
        return Read(False, tuple(problems))
    try:
        return Read(workspace.write(catalog.path, data))
    except OSError as error:
        text = f"can't be written: {error.strerror}"
        return Read(False, (diagnostic("output-unwritable", Span(catalog.path), text, "make it writable"),))


def _conflict_findings(merged: ReturnedMerge, returned: Returned) -> Iterator[Diagnostic]:
    for conflict in merged.conflicts:
        text = (
            f"{conflict.why}: {conflict.ours.msgid[:48]!r} is {conflict.ours.msgstr[:48]!r} here and came back as "
            f"{conflict.theirs.msgstr[:48]!r}"
        )
        hint = "your text stays; theirs is a comment beside it, “returned otherwise”: choose, and delete the comment"
        yield diagnostic("handoff-conflict", Span(returned.source, conflict.theirs.msgstr_line), text, hint)
    for change in merged.changes:
        if change.kind in ("suggested", "kept"):
            yield _late(change, returned)
    for entry in merged.unknown:
        text = f"no message of {returned.name} says {entry.msgid[:48]!r}"
        hint = "the translation is kept as obsolete; was the English changed in the returned file?"
        yield diagnostic("handoff-unknown", Span(returned.source, entry.line), text, hint)


def _late(change: ReturnedChange, returned: Returned) -> Diagnostic:
    """A note about a text whose English changed or went away while the translator had it."""
    at, english = Span(returned.source, change.before.msgstr_line), f"{change.before.msgid[:48]!r}"
    if change.kind == "kept":
        text = f"{english} is not in the English any more: its translation is kept as obsolete"
        hint = "an update offers it again if its English, or one like it, comes back"
        return diagnostic("handoff-late", at, text, hint)
    now = (
        "now has another context"
        if change.after.msgid == change.before.msgid
        else f"is now {change.after.msgid[:48]!r}"
    )
    text = f"{english} {now}: its translation is the suggestion there"
    return diagnostic("handoff-late", at, text, "correct it in the catalog, and remove its fuzzy mark")
