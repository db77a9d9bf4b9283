"""Everybody's records on disk: a project goes in, the records that count, and what is wrong with the others, come out.

Each record is a file of its own under version control, so that two branches merge. One that was edited, stands in
another's place, or lacks the signature that the project asks for does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pressroom.approval import Recall, Records, Release, SignOff, Waiver, Withdrawal, WordingLine
from pressroom.approval.codec import RecordFormat
from pressroom.approval.recall import RECALL, WAIVER, WITHDRAWAL
from pressroom.approval.releases import RELEASE
from pressroom.approval.signature import SUFFIX, sign_record, signing_key
from pressroom.approval.signoff import SIGNED_WORDS, SIGNOFF, SignedWords
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Registry, UnknownLanguage
from pressroom.project import Files, Project
from pressroom.project.atomic import sync_folder
from pressroom.publish import Manifest
from pressroom.workspace.renames import name_today, read_renames

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace

ENGLISH: Final = "en"
EVERYTHING: Final = ("", "")
T = TypeVar("T")
P = TypeVar("P", SignOff, Waiver, Withdrawal)
S = TypeVar("S", SignOff, Waiver)


@dataclass(frozen=True, slots=True)
class Found:
    """The records that count. `unsure` are the documents and locales in which a withdrawal can't be read.

    ("", "") among them is the whole project: a recall or the log of releases can't be read. `names` are the new names
    of renamed documents by their earlier names; in the records each document has its name of today.
    """

    records: Records = field(default_factory=Records)
    diagnostics: tuple[Diagnostic, ...] = ()
    unsure: frozenset[tuple[str, str]] = frozenset()
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Record(Generic[T]):
    """One record's file: what it says (None if it does not count), and why not. `place` is document and locale."""

    value: T | None
    place: tuple[str, str]
    findings: tuple[Diagnostic, ...] = ()


def signoff_folder(project: Project, posix_locale: str, document: str) -> Path:
    """Where the records on a document in a locale stand; those on the English stand in `source/`."""
    above = project.root / "source" if posix_locale == ENGLISH else project.root / "locales" / posix_locale
    return above / "signoffs" / document


def recalls_folder(project: Project) -> Path:
    """Where recalls stand."""
    return project.root / "source" / "recalls"


def releases_folder(project: Project) -> Path:
    """Where the log of releases stands."""
    return project.root / "releases"


def read_records(project: Project, files: Files, registry: Registry) -> Found:
    """Read every record of the project."""
    reader = _Reader(project, files, read_renames(files).value)
    signoffs, waivers, withdrawals = [], [], []
    for path in _signoff_files(files):
        place = path.parent.name, _locale(path, registry)
        kind = path.name.partition("-")[0]
        if kind == "waiver":
            waivers.append(reader.signed(path, place, WAIVER))
        elif kind in ("returned", "unsigned"):
            withdrawals.append(reader.of(path, place, WITHDRAWAL))
        else:
            signoffs.append(reader.signed(path, place, SIGNOFF))
    recalls = [reader.read(path, RECALL) for path in files.listing(recalls_folder(project), "*.toml")]
    log = [reader.read(path, RELEASE) for path in files.listing(releases_folder(project), "*.toml")]
    names, findings = read_renames(files)
    # If one of these can't be read, nobody knows what it takes back.
    takes_back: list[_Record[Any]] = [*withdrawals, *recalls, *log]
    every: list[_Record[Any]] = [*signoffs, *waivers, *takes_back]
    unsure = {record.place for record in takes_back if record.value is None} | ({EVERYTHING} if findings else set())
    return Found(
        Records(
            _values(signoffs),
            _values(withdrawals),
            _values(waivers),
            _recalls(_values(recalls), names),
            _log(_values(log), names),
        ),
        (*findings, *(finding for record in every for finding in record.findings)),
        frozenset(unsure),
        names,
    )


def _values(records: Iterable[_Record[T]]) -> tuple[T, ...]:
    return tuple(record.value for record in records if record.value is not None)


def _recalls(recalls: tuple[Recall, ...], names: Mapping[str, str]) -> tuple[Recall, ...]:
    """A recall counts under the name it was written for too: somebody may have given that to another document."""
    renamed = [replace(r, document=today) for r in recalls if (today := name_today(names, r.document)) != r.document]
    return (*recalls, *renamed)


def _log(releases: tuple[Release, ...], names: Mapping[str, str]) -> tuple[Release, ...]:
    today = [_renamed_release(release, names) for release in releases]
    return tuple(sorted(today, key=lambda release: (release.number, release.dated)))


def read_words(workspace: Workspace, record: SignOff) -> tuple[WordingLine, ...] | None:
    """The words that were signed; None if their file is gone or is not what was signed."""
    path = _texts_folder(workspace.project, record) / f"{record.texts}.toml"
    text = workspace.files.text(path).value
    try:
        return None if text is None else SIGNED_WORDS.read(text, path.name).message
    except ValueError:
        return None


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


def write_record(workspace: Workspace, folder: Path, name: str, text: str, key: Path | None = None) -> Path:
    """Write a record, with the signature of an SSH key where one is given.

    Raises:
        OSError: it can't be written.
        SignatureError: the key can't sign.
    """
    signature = sign_record(text.encode(), key) if key is not None else None
    if signature is not None:
        workspace.write(folder / f"{name}{SUFFIX}", signature)
    workspace.write(folder / name, text.encode())
    # The name too is on the disk: a release that a power cut leaves without its log could not be recalled.
    for above in (folder, folder.parent):
        sync_folder(above)
    return folder / name


def _texts_folder(project: Project, record: SignOff) -> Path:
    return signoff_folder(project, record.locale.replace("-", "_"), record.document) / "texts"


def _signoff_files(files: Files) -> list[Path]:
    return [*files.listing("source/signoffs", "*/*.toml"), *files.listing("locales", "*/signoffs/*/*.toml")]


def _locale(path: Path, registry: Registry) -> str:
    above = path.parents[2].name
    if above == "source":
        return ENGLISH
    try:
        return registry.find(above).tag
    except UnknownLanguage:
        return above


def _renamed_release(release: Release, names: Mapping[str, str]) -> Release:
    pieces = tuple(replace(piece, document=name_today(names, piece.document)) for piece in release.pieces)
    return release if pieces == release.pieces else replace(release, pieces=pieces)


def with_names_of_today(manifest: Manifest, found: Found) -> Manifest:
    """A manifest whose pieces are known by the names that documents have now; their files keep theirs."""
    pieces = tuple(replace(piece, document=name_today(found.names, piece.document)) for piece in manifest.pieces)
    return replace(manifest, pieces=pieces)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one record's file at a time; `names` are the new names of renamed documents."""

    project: Project
    files: Files
    names: Mapping[str, str]

    def read(self, path: Path, form: RecordFormat[T], place: tuple[str, str] = EVERYTHING) -> _Record[T]:
        """A record, wherever it is."""
        try:
            text, unreadable = self.files.text(path)
            if text is None:
                raise ValueError(unreadable[0].message)
            return _Record(form.read(text, path.name), place)
        except ValueError as error:
            return self._broken(path, place, str(error))

    def of(self, path: Path, place: tuple[str, str], form: RecordFormat[P]) -> _Record[P]:
        """A record on a document in a locale, in whose folder it must be."""
        found = self.read(path, form, place)
        if found.value is None:
            return found
        record = replace(found.value, document=name_today(self.names, found.value.document))
        if (record.document, record.locale) != place:
            return self._broken(path, place, f"it is of {record.document} in {record.locale}")
        return _Record(record, place)

    def signed(self, path: Path, place: tuple[str, str], form: RecordFormat[S]) -> _Record[S]:
        """A record that counts only with a valid signature, if the project has a file of allowed signers."""
        found = self.of(path, place, form)
        if found.value is None or not self.project.allowed_signers:
            return found
        signature = self.files.data(path.with_name(f"{path.name}{SUFFIX}"), optional=True).value
        text, allowed = self.files.text(path).value, self.project.root / self.project.allowed_signers
        principal, dated = found.value.principal, found.value.dated
        if signature and text is not None and (key := signing_key(text.encode(), signature, allowed, principal, dated)):
            return _Record(replace(found.value, key=key), place)
        message = f"no valid signature of {principal or 'anybody'} is beside it, so it does not count"
        hint = f"the signer signs again with --key; who may sign is in {self.project.allowed_signers}"
        return _Record(None, place, (diagnostic("record-unsigned", Span(self.project.relative(path)), message, hint),))

    def _broken(self, path: Path, place: tuple[str, str], why: str) -> _Record[T]:
        hint = "restore it from version control; nobody edits a record by hand"
        span = Span(self.project.relative(path))
        return _Record(None, place, (diagnostic("record-broken", span, f"this record does not count: {why}", hint),))


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
