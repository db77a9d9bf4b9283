"""Reads and writes the project's records: sign-offs, waivers, withdrawals, recalls and releases.

Each record is a separate file under version control, so that two branches merge. A record does not count if it was
edited, is in the folder of another document, is dated before an entry that it names, or its author may not sign it.
What takes something back counts in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pressroom.approval import Recall, Records, Release, SignOff, Waiver, Withdrawal
from pressroom.approval.codec import RecordFormat
from pressroom.approval.log import EVERYTHING
from pressroom.approval.records import RECALL, SIGNOFF, WAIVER, WITHDRAWAL, Record
from pressroom.approval.releases import RELEASE
from pressroom.approval.signature import SUFFIX
from pressroom.approval.wording import SIGNED_WORDS
from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.language import ENGLISH, Registry, UnknownLanguage
from pressroom.project import Project
from pressroom.project.atomic import sync_folder
from pressroom.publish import Manifest
from pressroom.workspace.confirmations import read_confirmations
from pressroom.workspace.documents import current_name
from pressroom.workspace.log import FoundRecord, back_dated, broken, log_of
from pressroom.workspace.signers import judged

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace

# The formats by the first word of a file's name; a sign-off's name begins with the role.
_FORMS: Final[dict[str, RecordFormat[Any]]] = {"waiver": WAIVER, "returned": WITHDRAWAL, "unsigned": WITHDRAWAL}
# Earlier versions named a record by 8 digits of its hash, and it named no entry of the log.
_EARLIER: Final = re.compile(r"-[0-9a-f]{8}\.toml$")
_RESTORE_HINT: Final = "restore it from version control; a record is never edited by hand"
_EARLIER_HINT: Final = "it is of an earlier version: remove it (version control keeps it), then sign or recall again"


@dataclass(frozen=True, slots=True)
class ProjectRecords:
    """The records that count. `unsure` are the documents and locales in which a withdrawal can't be read.

    `EVERYTHING` in it means that a recall or the release log can't be read. `names` are the new names of renamed
    documents by their earlier names; the records have the current names. `found` are all records that can be read.
    """

    records: Records = field(default_factory=Records)
    diagnostics: tuple[Diagnostic, ...] = ()
    unsure: frozenset[tuple[str, str]] = frozenset()
    names: dict[str, str] = field(default_factory=dict)
    found: tuple[FoundRecord, ...] = ()


def signoff_folder(project: Project, posix_locale: str, document: str) -> Path:
    """The folder of the records on a document in a locale; those on the English are in `source/`."""
    parent = project.root / "source" if posix_locale == ENGLISH else project.root / "locales" / posix_locale
    return parent / "signoffs" / document


def recalls_folder(project: Project) -> Path:
    """The folder of recalls."""
    return project.root / "source" / "recalls"


def releases_folder(project: Project) -> Path:
    """The folder of the release log."""
    return project.root / "releases"


def read_records(workspace: Workspace) -> ProjectRecords:
    """Read every record of the project."""
    names, problems = workspace.renames()
    findings, unsure = [*problems], {EVERYTHING} if problems else set()
    found: list[FoundRecord] = []
    for path, place, form in _record_files(workspace):
        try:
            found.append(_read(workspace, path, form, place, names))
        except DiagnosticError as error:
            findings += error.problems
            unsure |= _unsure_without(path, place, form)
        else:
            findings += found[-1].findings
            unsure |= set() if found[-1].intact else _unsure_without(path, place, form)
    by_people = judged(workspace, found)
    found = by_people.found
    findings += by_people.findings
    unsure |= set() if by_people.usable else {EVERYTHING}
    # Whole, a record may have been the one that replaced another.
    unsure |= {_place_of(f.record) for f in found if not f.intact}
    log = log_of(workspace, found)
    for problem, barred in broken(workspace, log, names):
        findings.append(problem)
        unsure.add(barred)
    findings += [*_unreadable_words(workspace), *read_confirmations(workspace).findings]
    records = [f.record for f in found if f.counts]
    recalls = [record for record in records if isinstance(record, Recall)]
    # A recall counts for its original name too: another document may have that name now.
    recalls += [replace(r, document=now) for r in recalls if (now := current_name(names, r.document)) != r.document]
    releases = [_with_names(record, names) for record in records if isinstance(record, Release)]
    return ProjectRecords(
        Records(
            signoffs=tuple(record for record in records if isinstance(record, SignOff)),
            withdrawals=tuple(record for record in records if isinstance(record, Withdrawal)),
            waivers=tuple(record for record in records if isinstance(record, Waiver)),
            recalls=tuple(recalls),
            releases=tuple(sorted(releases, key=lambda release: (release.number, log.place(release.id)))),
            uncounted=tuple(entry for entry in log.entries.values() if not entry.counts),
        ),
        tuple(findings),
        frozenset(unsure),
        names,
        tuple(replace(f, record=_named_now(f.record, names)) for f in found),
    )


def _place_of(record: Record) -> tuple[str, str]:
    """The document and locale of a record; a recall is of several, and a release of any."""
    return EVERYTHING if isinstance(record, Recall | Release) else (record.document, record.locale)


def _named_now(record: Record, names: Mapping[str, str]) -> Record:
    if isinstance(record, Release):
        return _with_names(record, names)
    now = current_name(names, record.document)
    return record if now == record.document else replace(record, document=now)


def _record_files(workspace: Workspace) -> Iterator[tuple[Path, tuple[str, str], RecordFormat[Any]]]:
    """Each record's file, the document and locale of its folder (or everything), and its format."""
    files, project, registry = workspace.files, workspace.project, workspace.languages_of_records()
    for path in (*files.listing("source/signoffs", "*/*.toml"), *files.listing("locales", "*/signoffs/*/*.toml")):
        place = path.parent.name, _locale(path, registry)
        yield path, place, _FORMS.get(path.name.partition("-")[0], SIGNOFF)
    yield from ((path, EVERYTHING, RECALL) for path in files.listing(recalls_folder(project), "*.toml"))
    yield from ((path, EVERYTHING, RELEASE) for path in files.listing(releases_folder(project), "*.toml"))


def _unsure_without(path: Path, place: tuple[str, str], form: RecordFormat[Any]) -> set[tuple[str, str]]:
    """The documents and locales that are unsure without this record: it may recall, withdraw or replace something.

    A record under a name that no program writes may do so too, and so may any file in a folder that can't be read. A
    waiver takes nothing back.
    """
    if path.suffix != ".toml":
        return {EVERYTHING}
    return set() if form is WAIVER else {place}


def _read(
    workspace: Workspace, path: Path, form: RecordFormat[Any], place: tuple[str, str], names: Mapping[str, str]
) -> FoundRecord:
    """A record with its document's current name.

    Raises:
        DiagnosticError: it can't be read, or is of another document or locale.
    """
    span, (text, unreadable) = Span(workspace.relative(path)), workspace.files.text(path, limit=form.limit)
    hint = _EARLIER_HINT if _EARLIER.search(path.name) else _RESTORE_HINT
    try:
        if text is None:
            raise ValueError(unreadable[0].message)
        record: Record = form.read(text, path.name)
        intact = form.is_intact(record, text, path.name)
        if not isinstance(record, Recall | Release):
            record = replace(record, document=current_name(names, record.document))
            if (record.document, record.locale) != place:
                raise ValueError(f"it is of {record.document} in {record.locale}")
    except ValueError as error:
        message = f"this record does not count: {error}"
        raise DiagnosticError(diagnostic("record-broken", span, message, hint)) from error
    if not intact:
        message = "this record was edited; what it may have been about is not handed out"
        return FoundRecord(record, path, intact=False, findings=(diagnostic("record-broken", span, message, hint),))
    return FoundRecord(record, path, findings=tuple(back_dated(workspace, record, path)))


def _unreadable_words(workspace: Workspace) -> Iterator[Diagnostic]:
    """A finding for each file of signed words that can't be read."""
    files, hint = workspace.files, "restore it from version control"
    english = files.listing("source/signoffs", "*/texts/*.toml")
    for path in (*english, *files.listing("locales", "*/signoffs/*/texts/*.toml")):
        try:
            SIGNED_WORDS.read_file(files, path)
        except ValueError as error:
            yield diagnostic("words-unreadable", Span(workspace.relative(path)), f"can't be used: {error}", hint)


def write_record(workspace: Workspace, folder: Path, name: str, text: str, signature: bytes = b"") -> Path:
    """Write a record, with the signature of an SSH key if there is one."""
    if signature:
        workspace.write(folder / f"{name}{SUFFIX}", signature)
    workspace.write(folder / name, text.encode())
    # After a power cut, a release without its log could not be recalled.
    for parent in (folder, folder.parent):
        sync_folder(parent)
    return folder / name


def _locale(path: Path, registry: Registry) -> str:
    name = path.parents[2].name
    try:
        return ENGLISH if name == "source" else registry.find(name).tag
    except UnknownLanguage:
        return name.replace("_", "-")


Named = TypeVar("Named", Release, Manifest)


def _with_names(pieces: Named, names: Mapping[str, str]) -> Named:
    today = tuple(replace(piece, document=current_name(names, piece.document)) for piece in pieces.pieces)
    return pieces if today == pieces.pieces else replace(pieces, pieces=today)


def with_current_names(manifest: Manifest, records: ProjectRecords) -> Manifest:
    """A manifest whose pieces have the current names of documents; their files keep their names."""
    return _with_names(manifest, records.names)


def clock_problem(records: Records, today: date) -> Diagnostic | None:
    """A finding if today is before the newest record."""
    if records.newest is None or today >= records.newest:
        return None
    ahead = [f"{r.role} on {r.document} in {r.locale}, {r.file}" for r in records.signoffs if r.dated > today]
    message = f"today is {today}, and there is a record of {records.newest}{f': {ahead[0]}' if ahead else ''}"
    wrong = "a sign-off made while a clock was ahead is deleted in version control and signed again"
    hint = f"correct the clock of this machine{f'; {wrong}' if ahead else ''}"
    return diagnostic("clock", Span("releases"), message, hint)


def signature_line(signoff: SignOff) -> str:
    """A signature in one line, with the file of its record."""
    return f"{signoff.role} {signoff.name}, {signoff.qualification}, {signoff.dated} ({signoff.id})"


def people_hash(workspace: Workspace) -> str:
    """The hash of the file of people as it is now; empty if there is none."""
    people = workspace.people().value
    return people.mark if people is not None else ""
