"""Everybody's records on disk: a project goes in, the records that count, and what is wrong with the others, come out.

Each record is a file of its own under version control, so that two branches merge. One that was edited, stands in
another's place, or lacks the signature that the project asks for does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from pressroom.approval import Recall, Records, Release, SignOff, Waiver, Withdrawal, WordingLine
from pressroom.approval.codec import RecordFormat
from pressroom.approval.recall import RECALL, WAIVER, WITHDRAWAL
from pressroom.approval.releases import RELEASE
from pressroom.approval.signature import SUFFIX, sign_record, signing_key
from pressroom.approval.signoff import SIGNED_WORDS, SIGNOFF, SignedWords
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import UnknownLanguage
from pressroom.project import Project, file_text
from pressroom.project.atomic import sync_folder, write_if_changed
from pressroom.publish import Manifest
from pressroom.workspace.languages import registry_of
from pressroom.workspace.renames import name_today, read_renames

ENGLISH: Final = "en"
EVERYTHING: Final = ("", "")
T = TypeVar("T", bound=SignOff | Waiver | Withdrawal | Recall | Release)


@dataclass(slots=True)
class Found:
    """The records that count. `unsure` are the documents and locales in which one that takes back can't be read.

    ("", "") among them is the whole project: a recall or the log of releases can't be read. `names` are what became
    of documents that were renamed; in the records each has the name of today.
    """

    records: Records = field(default_factory=Records)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unsure: set[tuple[str, str]] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)


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


def read_records(project: Project) -> Found:
    """Read every record of the project."""
    names, problems = read_renames(project)
    found = Found(diagnostics=problems, unsure={EVERYTHING} if problems else set(), names=names)
    signoffs: list[SignOff] = []
    waivers: list[Waiver] = []
    withdrawals: list[Withdrawal] = []
    for folder in _folders(project):
        place = folder.name, _locale(project, folder)
        for path in _files(folder):
            kind = path.name.partition("-")[0]
            if kind == "waiver":
                waivers += _signed(project, path, place, WAIVER, found)
            elif kind in ("returned", "unsigned"):
                withdrawals += _read(project, path, place, WITHDRAWAL, found, place)
            else:
                signoffs += _signed(project, path, place, SIGNOFF, found)
    recalls = [r for p in _files(recalls_folder(project)) for r in _read(project, p, None, RECALL, found, EVERYTHING)]
    log = [r for p in _files(releases_folder(project)) for r in _read(project, p, None, RELEASE, found, EVERYTHING)]
    log = [_renamed_release(release, names) for release in log]
    log.sort(key=lambda release: (release.number, release.dated))
    # A recall stands under the name it was written for too: somebody may have given that to another document.
    recalls += [replace(r, document=today) for r in recalls if (today := name_today(names, r.document)) != r.document]
    found.records = Records(tuple(signoffs), tuple(withdrawals), tuple(waivers), tuple(recalls), tuple(log))
    return found


def read_words(project: Project, record: SignOff) -> tuple[WordingLine, ...] | None:
    """The words that were signed; none where their file is gone or is not what was signed."""
    path = _texts_folder(project, record) / f"{record.texts}.toml"
    text, _ = file_text(project.root, path)
    try:
        return None if text is None else SIGNED_WORDS.read(text, path.name).message
    except ValueError:
        return None


def last_words(project: Project, records: Sequence[SignOff]) -> tuple[SignOff, tuple[WordingLine, ...]] | None:
    """The last of these records whose words are still known, with them."""
    for record in reversed(records):
        lines = read_words(project, record)
        if lines is not None:
            return record, lines
    return None


def write_words(project: Project, record: SignOff, lines: tuple[WordingLine, ...]) -> None:
    """Keep the words that are signed beside the record; several records on the same words share one file.

    Raises:
        OSError: they can't be written.
    """
    name, text = SIGNED_WORDS.write(SignedWords(lines))
    write_if_changed(_texts_folder(project, record) / name, text.encode())


def write_record(folder: Path, name: str, text: str, key: Path | None = None) -> Path:
    """Write a record, with the signature of an SSH key where one is given.

    Raises:
        OSError: it can't be written.
        SignatureError: the key can't sign.
    """
    signature = sign_record(text.encode(), key) if key is not None else None
    if signature is not None:
        write_if_changed(folder / f"{name}{SUFFIX}", signature)
    write_if_changed(folder / name, text.encode())
    # The name too is on the disk: a release that a power cut leaves without its log could not be recalled.
    for above in (folder, folder.parent):
        sync_folder(above)
    return folder / name


def _texts_folder(project: Project, record: SignOff) -> Path:
    return signoff_folder(project, record.locale.replace("-", "_"), record.document) / "texts"


def _folders(project: Project) -> list[Path]:
    above = [project.root / "source" / "signoffs", *sorted((project.root / "locales").glob("*/signoffs"))]
    return [path for folder in above if folder.is_dir() for path in sorted(folder.iterdir()) if path.is_dir()]


def _locale(project: Project, folder: Path) -> str:
    name = folder.parent.parent.name
    if folder.parent.parent == project.root / "source":
        return ENGLISH
    try:
        return registry_of(project).find(name).tag
    except UnknownLanguage:
        return name


def _files(folder: Path) -> list[Path]:
    """Links among them: what reads them refuses them, and says so."""
    return sorted(path for path in folder.glob("*.toml") if path.is_file() or path.is_symlink())


def _renamed_release(release: Release, names: dict[str, str]) -> Release:
    pieces = tuple(replace(piece, document=name_today(names, piece.document)) for piece in release.pieces)
    return release if pieces == release.pieces else replace(release, pieces=pieces)


def with_names_of_today(manifest: Manifest, found: Found) -> Manifest:
    """A manifest whose pieces are known by the names that documents have now; their files keep theirs."""
    pieces = tuple(replace(piece, document=name_today(found.names, piece.document)) for piece in manifest.pieces)
    return replace(manifest, pieces=pieces)


def _signed(project: Project, path: Path, place: tuple[str, str], form: RecordFormat[T], found: Found) -> list[T]:
    """A record that counts only with a valid signature, where the project has a file of allowed signers."""
    records = _read(project, path, place, form, found)
    if not records or not project.allowed_signers:
        return records
    record, signature = records[0], path.with_name(f"{path.name}{SUFFIX}")
    principal = record.principal if isinstance(record, SignOff | Waiver) else ""
    allowed = project.root / project.allowed_signers
    given = signature.read_bytes() if signature.is_file() else b""
    text, _ = file_text(project.root, path)
    key = signing_key(text.encode(), given, allowed, principal, record.dated) if given and text is not None else ""
    if key:
        return [replace(record, key=key) if isinstance(record, SignOff | Waiver) else record]
    message = f"no valid signature of {principal or 'anybody'} stands beside it, so it does not count"
    hint = f"the signer signs again with --key; who may sign stands in {project.allowed_signers}"
    found.diagnostics.append(diagnostic("record-unsigned", Span(project.relative(path)), message, hint))
    return []


def _read(
    project: Project,
    path: Path,
    place: tuple[str, str] | None,
    form: RecordFormat[T],
    found: Found,
    unsure: tuple[str, str] | None = None,
) -> list[T]:
    try:
        text, problems = file_text(project.root, path)
        if text is None:
            raise ValueError(problems[0].message)
        record = form.read(text, path.name)
        if place is not None and not isinstance(record, Recall | Release):
            record = replace(record, document=name_today(found.names, record.document))
            if (record.document, record.locale) != place:
                raise ValueError(f"it is of {record.document} in {record.locale}")
    except ValueError as error:
        message = f"this record does not count: {error}"
        hint = "restore it from version control; an edited record is never mended by hand"
        found.diagnostics.append(diagnostic("record-broken", Span(project.relative(path)), message, hint))
        found.unsure |= {unsure} if unsure else set()
        return []
    return [record]


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
