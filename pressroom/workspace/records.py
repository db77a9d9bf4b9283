"""Everybody's records on disk: sign-offs, waivers, withdrawals, recalls and releases.

Each record is a file of its own under version control, so that two branches merge. A record does not count if it was
edited, is in the folder of another document, or lacks the signature that the project asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pressroom.approval import Recall, Records, Release, SignOff, Waiver, Withdrawal, WordingLine
from pressroom.approval.codec import RecordFormat
from pressroom.approval.records import RECALL, SIGNOFF, WAIVER, WITHDRAWAL
from pressroom.approval.releases import RELEASE
from pressroom.approval.signature import SUFFIX, signing_key
from pressroom.approval.wording import SIGNED_WORDS, SignedWords
from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.language import ENGLISH, Registry, UnknownLanguage
from pressroom.project import Files, Project
from pressroom.project.atomic import sync_folder
from pressroom.project.open_file import relative_name
from pressroom.publish import Manifest
from pressroom.workspace.documents import current_name, read_renames

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace

EVERYTHING: Final = ("", "")
Record = SignOff | Waiver | Withdrawal | Recall | Release
# What a record beside a document says, by the first word of its file's name; a signature's is the role.
_FORMS: Final[dict[str, RecordFormat[Any]]] = {"waiver": WAIVER, "returned": WITHDRAWAL, "unsigned": WITHDRAWAL}


@dataclass(frozen=True, slots=True)
class ProjectRecords:
    """The records that count. `unsure` are the documents and locales in which a withdrawal can't be read.

    ("", "") among them is the whole project: a recall or the log of releases can't be read. `names` are the new names
    of renamed documents by their earlier names; in the records each document has its name of today.
    """

    records: Records = field(default_factory=Records)
    diagnostics: tuple[Diagnostic, ...] = ()
    unsure: frozenset[tuple[str, str]] = frozenset()
    names: dict[str, str] = field(default_factory=dict)


def signoff_folder(project: Project, posix_locale: str, document: str) -> Path:
    """The folder of the records on a document in a locale; those on the English are in `source/`."""
    above = project.root / "source" if posix_locale == ENGLISH else project.root / "locales" / posix_locale
    return above / "signoffs" / document


def recalls_folder(project: Project) -> Path:
    """The folder of recalls."""
    return project.root / "source" / "recalls"


def releases_folder(project: Project) -> Path:
    """The folder of the log of releases."""
    return project.root / "releases"


def read_records(project: Project, files: Files, registry: Registry) -> ProjectRecords:
    """Read every record of the project."""
    names, problems = read_renames(files)
    findings, unsure = [*problems], {EVERYTHING} if problems else set()
    records: list[Record] = []
    for path, place, form in _record_files(project, files, registry):
        try:
            records.append(_read(project, files, path, form, place, names))
        except DiagnosticError as error:
            findings += error.problems
            # Nobody knows what a withdrawal, a recall or a release says that can't be read.
            unsure |= {place} if form in (WITHDRAWAL, RECALL, RELEASE) else set()
    findings += _unreadable_words(files)
    recalls = [record for record in records if isinstance(record, Recall)]
    # A recall counts under the name it was written for too: somebody may have given that to another document.
    recalls += [replace(r, document=now) for r in recalls if (now := current_name(names, r.document)) != r.document]
    log = [_with_names(record, names) for record in records if isinstance(record, Release)]
    return ProjectRecords(
        Records(
            signoffs=tuple(record for record in records if isinstance(record, SignOff)),
            withdrawals=tuple(record for record in records if isinstance(record, Withdrawal)),
            waivers=tuple(record for record in records if isinstance(record, Waiver)),
            recalls=tuple(recalls),
            releases=tuple(sorted(log, key=lambda release: (release.number, release.dated))),
        ),
        tuple(findings),
        frozenset(unsure),
        names,
    )


def _record_files(
    project: Project, files: Files, registry: Registry
) -> Iterator[tuple[Path, tuple[str, str], RecordFormat[Any]]]:
    """Each record's file, the document and locale in whose folder it is (or everything), and its format."""
    for path in (*files.listing("source/signoffs", "*/*.toml"), *files.listing("locales", "*/signoffs/*/*.toml")):
        yield path, (path.parent.name, _locale(path, registry)), _FORMS.get(path.name.partition("-")[0], SIGNOFF)
    yield from ((path, EVERYTHING, RECALL) for path in files.listing(recalls_folder(project), "*.toml"))
    yield from ((path, EVERYTHING, RELEASE) for path in files.listing(releases_folder(project), "*.toml"))


def _read(
    project: Project,
    files: Files,
    path: Path,
    form: RecordFormat[Any],
    place: tuple[str, str],
    names: Mapping[str, str],
) -> Record:
    """A record with its document's name of today.

    Raises:
        DiagnosticError: it can't be read, is of another document or locale, or lacks the signature of an allowed key.
    """
    span = Span(project.relative(path))
    try:
        record: Record = form.read_file(files, path)
        if not isinstance(record, Recall | Release):
            record = replace(record, document=current_name(names, record.document))
            if (record.document, record.locale) != place:
                raise ValueError(f"it is of {record.document} in {record.locale}")
    except ValueError as error:
        hint = "restore it from version control; nobody edits a record by hand"
        message = f"this record does not count: {error}"
        raise DiagnosticError(diagnostic("record-broken", span, message, hint)) from error
    if not project.allowed_signers or not isinstance(record, SignOff | Waiver):
        return record
    signature = files.data(path.with_name(f"{path.name}{SUFFIX}"), optional=True).value
    allowed, unreadable = files.data(project.allowed_signers)
    if allowed is None:
        raise DiagnosticError(*unreadable)
    text = (files.text(path).value or "").encode()
    key = signing_key(text, signature, allowed, record.principal, record.dated) if signature else ""
    if not key:
        message = f"no valid signature of {record.principal or 'anybody'} is beside it, so it does not count"
        hint = f"the signer signs again with --key; who may sign is in {project.allowed_signers}"
        raise DiagnosticError(diagnostic("record-unsigned", span, message, hint))
    return replace(record, key=key)


def read_words(workspace: Workspace, record: SignOff) -> tuple[WordingLine, ...] | None:
    """The words that were signed; None if their file is gone or is not what was signed."""
    path = _texts_folder(workspace.project, record) / f"{record.texts}.toml"
    try:
        return SIGNED_WORDS.read_file(workspace.files, path).message
    except ValueError:
        return None


def _unreadable_words(files: Files) -> Iterator[Diagnostic]:
    """A finding for each file of signed words that is there and can't be read."""
    english = files.listing("source/signoffs", "*/texts/*.toml")
    for path in (*english, *files.listing("locales", "*/signoffs/*/texts/*.toml")):
        try:
            SIGNED_WORDS.read_file(files, path)
        except ValueError as error:
            hint = "restore it from version control"
            yield diagnostic("words-unreadable", Span(relative_name(files.root, path)), f"can't be used: {error}", hint)


def last_words(workspace: Workspace, records: Sequence[SignOff]) -> tuple[SignOff, tuple[WordingLine, ...]] | None:
    """The last of these records whose words are still known, with them."""
    for record in reversed(records):
        lines = read_words(workspace, record)
        if lines is not None:
            return record, lines
    return None


def write_words(workspace: Workspace, record: SignOff, lines: tuple[WordingLine, ...]) -> None:
    """Keep the words that are signed beside the record; several records on the same words share one file.

    Raises:
        OSError: they can't be written.
    """
    name, text = SIGNED_WORDS.write(SignedWords(lines))
    workspace.write(_texts_folder(workspace.project, record) / name, text.encode())


def write_record(workspace: Workspace, folder: Path, name: str, text: str, signature: bytes = b"") -> Path:
    """Write a record, with the signature of an SSH key if there is one.

    Raises:
        OSError: it can't be written.
    """
    if signature:
        workspace.write(folder / f"{name}{SUFFIX}", signature)
    workspace.write(folder / name, text.encode())
    # The name too is on the disk: a release that a power cut leaves without its log could not be recalled.
    for above in (folder, folder.parent):
        sync_folder(above)
    return folder / name


def _texts_folder(project: Project, record: SignOff) -> Path:
    return signoff_folder(project, record.locale.replace("-", "_"), record.document) / "texts"


def _locale(path: Path, registry: Registry) -> str:
    above = path.parents[2].name
    if above == "source":
        return ENGLISH
    try:
        return registry.find(above).tag
    except UnknownLanguage:
        return above


Named = TypeVar("Named", Release, Manifest)


def _with_names(pieces: Named, names: Mapping[str, str]) -> Named:
    today = tuple(replace(piece, document=current_name(names, piece.document)) for piece in pieces.pieces)
    return pieces if today == pieces.pieces else replace(pieces, pieces=today)


def with_names_of_today(manifest: Manifest, records: ProjectRecords) -> Manifest:
    """A manifest whose pieces are known by the names that documents have now; their files keep theirs."""
    return _with_names(manifest, records.names)


def clock_problem(records: Records, today: date) -> Diagnostic | None:
    """A refusal where today lies before what has already happened."""
    if records.newest is None or today >= records.newest:
        return None
    ahead = [f"{r.role} on {r.document} in {r.locale}, {r.file}" for r in records.signoffs if r.dated > today]
    message = f"today is {today}, and there is a record of {records.newest}{f': {ahead[0]}' if ahead else ''}"
    wrong = "a sign-off made while a clock was ahead is deleted in version control and signed again"
    hint = f"set the clock of this machine right{f'; {wrong}' if ahead else ''}"
    return diagnostic("clock", Span("releases"), message, hint)


def said_by(signoff: SignOff) -> str:
    """A signature in one line, with the name of its record."""
    return f"{signoff.role} {signoff.name}, {signoff.qualification}, {signoff.dated} ({signoff.file})"
