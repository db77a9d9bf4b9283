"""What a translator sends: a file on disk goes in, catalogs that know whose they are and what was sent come out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from pressroom.catalog import Catalog, read_catalog
from pressroom.catalog.xliff_read import read_xliff
from pressroom.commands.handoff.archive import ArchiveError, unpack
from pressroom.commands.handoff.manifest import HEADER, MANIFEST, Sent, handoff_folder, names_of, read_manifest
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import ENGLISH, Language, UnknownLanguage, find_language
from pressroom.planning.plan import UsageError
from pressroom.workspace.workspace import Workspace

_KINDS: Final = (".po", ".xlf", ".xliff", ".sdlxliff", ".mqxliff")
_EXPORT_ID: Final = re.compile(r"([A-Za-z0-9_]+)/([A-Za-z0-9._-]+) ([0-9a-f]{16})")
_PARTS: Final = re.compile(r"locales/([A-Za-z0-9_]+)/LC_MESSAGES/([^/]+)\.po")
_FILE_LIMIT: Final = 512_000_000


@dataclass(frozen=True, slots=True)
class Returned:
    """One catalog that came back: whose it is, where it stood, and what was sent (none where that is not known)."""

    name: str
    language: Language
    source: str
    catalog: Catalog
    base: str
    sent: Sent | None


@dataclass(frozen=True, slots=True)
class _Told:
    """What a file says it is: locale, name and base as written; empty where it does not say."""

    locale: str
    name: str
    base: str


def read_returned(
    workspace: Workspace,
    file: Path,
    *,
    locale: str | None,
    document: str | None,
    base: Path | None,
    problems: list[Diagnostic],
) -> list[Returned]:
    """Every catalog in the file; what can't be read, and what is not the project's, is added to `problems`.

    Raises:
        UsageError: there is no such file.
    """
    try:
        if file.stat().st_size > _FILE_LIMIT:
            raise UsageError(f"{file} is larger than {_FILE_LIMIT // 1_000_000} MB", "send the texts without the PDFs")
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror}", "name a .zip, .xlf or .po file") from None
    known = _Known(workspace, locale, document, _sent_before(workspace, base, problems))
    if data.startswith(b"PK"):
        return list(_in_zip(data, file.name, known, problems))
    return list(_in_file(data, file.name, PurePosixPath(file.as_posix()), known, problems))


@dataclass(frozen=True, slots=True)
class _Known:
    """The project, what the user said the file is, and every catalog that is known to have been sent."""

    workspace: Workspace
    locale: str | None
    document: str | None
    sent: tuple[Sent, ...]


def _sent_before(workspace: Workspace, base: Path | None, problems: list[Diagnostic]) -> tuple[Sent, ...]:
    """The manifests of the zips that were made here, the named one first."""
    found: list[Sent] = []
    for path in [base] if base else sorted(handoff_folder(workspace).glob("*.zip")):
        try:
            files = unpack(path.read_bytes(), lambda name: name == MANIFEST)
            found += read_manifest(files.get(MANIFEST, b"{}"), workspace.registry())
        except (OSError, ValueError) as error:
            if base:
                hint = "name the zip that `handoff export` wrote"
                problems.append(diagnostic("handoff-manifest", Span(path.name), f"can't be used: {error}", hint))
    return tuple(found)


def _in_zip(data: bytes, shown: str, known: _Known, problems: list[Diagnostic]) -> Iterator[Returned]:
    try:
        files = unpack(data, lambda name: PurePosixPath(name).suffix.lower() in (*_KINDS, ".json"))
    except ArchiveError as error:
        problems.append(diagnostic("handoff-zip", Span(shown), str(error), error.hint))
        return
    manifest = next((content for name, content in files.items() if PurePosixPath(name).name == MANIFEST), None)
    sent = known.sent
    if manifest is None:
        text, hint = "the zip has no manifest.json", "what changed here since it was sent may not be known"
        problems.append(diagnostic("handoff-manifest", Span(shown), text, hint))
    else:
        try:
            sent = (*read_manifest(manifest, known.workspace.registry()), *sent)
        except ValueError as error:
            hint = "name the zip that was sent with --base"
            problems.append(
                diagnostic("handoff-manifest", Span(f"{shown}/{MANIFEST}"), f"can't be used: {error}", hint)
            )
    inner = _Known(known.workspace, known.locale, known.document, sent)
    there = [name for name in sorted(files) if not _is_litter(name) and not name.endswith(".json")]
    if not there:
        problems.append(diagnostic("handoff-zip", Span(shown), "the zip holds no .po or .xlf", _NOTHING))
    for name in there:
        yield from _in_file(files[name], f"{shown}/{name}", PurePosixPath(name), inner, problems)


_NOTHING: Final = "ask for the right one; if a zip lies in it, unpack that and import it"


def _is_litter(name: str) -> bool:
    """What macOS puts into a zip beside each file."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith("._")


def _in_file(
    data: bytes, shown: str, place: PurePosixPath, known: _Known, problems: list[Diagnostic]
) -> Iterator[Returned]:
    for catalog, told in _read(data, shown, place.suffix.lower(), known, problems):
        language = _language(known, told.locale, place, catalog)
        name = known.document or told.name or place.name.partition(".")[0]
        if language is not None and (other := _says_otherwise(known, language, name, told, catalog)):
            text, hint = f"this would be taken for {name} in {language.tag}, but it says it is {other}", _OTHERWISE
            problems.append(diagnostic("handoff-whose", Span(shown), text, hint))
            continue
        if language is None or name not in names_of(known.workspace, language):
            what = f"{name!r} in {language.tag}" if language else f"the locale of {name!r}"
            text, hint = f"the project has no catalog for this file: {what}", "say what it is: --locale and --document"
            problems.append(diagnostic("handoff-whose", Span(shown), text, hint))
            continue
        yield Returned(name, language, shown, catalog, told.base, _sent(known, language, name, told.base))


_OTHERWISE: Final = "leave out --locale and --document if it is right; else ask for the right file, or mend its header"


def _read(data: bytes, shown: str, kind: str, known: _Known, problems: list[Diagnostic]) -> list[tuple[Catalog, _Told]]:
    if kind == ".po":
        return list(_po(data, shown, known, problems))
    if kind in _KINDS or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return list(_xliff(data, shown, problems))
    hint = "send the .zip, .xlf or .po; whatever else was sent along holds nothing that can be taken back"
    what = "no zip, though it is called so" if kind == ".zip" else f"a {kind} file" if kind else "no kind of file known"
    problems.append(diagnostic("handoff-unreadable", Span(shown), f"this is {what}", hint))
    return []


def _says_otherwise(known: _Known, language: Language, name: str, told: _Told, catalog: Catalog) -> str:
    """What the file says it is where that is another language or document: Spanish must never stand as Vietnamese.

    A header's Language is believed only so far as it names another language altogether: Poedit writes zh for zh_Hans.
    """
    for claim, sure in ((told.locale, True), (catalog.header.get("Language") or catalog.locale, False)):
        try:
            tag = known.workspace.registry().find(claim).tag if claim else language.tag
        except UnknownLanguage:
            continue
        apart = tag != language.tag if sure else tag.partition("-")[0] != language.tag.partition("-")[0]
        if apart and (claim != ENGLISH or sure):
            return tag
    return told.name if told.name and told.name != name else ""


def _sent(known: _Known, language: Language, name: str, base: str) -> Sent | None:
    same = [one for one in known.sent if (one.locale, one.name) == (language.tag, name)]
    # A file whose tool dropped its header is taken for the one in the same zip, and only where there is no choice.
    return next((one for one in same if one.base == base), same[0] if not base and _are_one(same) else None)


def _are_one(sent: Iterable[Sent]) -> bool:
    return len({one.base for one in sent}) == 1


def _po(data: bytes, shown: str, known: _Known, problems: list[Diagnostic]) -> Iterator[tuple[Catalog, _Told]]:
    # Read as English: its rule is asked of no plural, and the language is known only from inside.
    catalog, found = read_catalog(data, shown, find_language(ENGLISH))
    problems += [problem for problem in found if problem.code != "plural-rule"]
    if catalog is not None:
        match = _EXPORT_ID.fullmatch(catalog.header.get(HEADER) or "")
        yield catalog, _Told(*match.groups()) if match else _Told("", "", "")


def _xliff(data: bytes, shown: str, problems: list[Diagnostic]) -> Iterator[tuple[Catalog, _Told]]:
    files, found = read_xliff(data, shown)
    problems += found
    for one in files:
        match = _PARTS.fullmatch(one.original)
        name = match[2] if match else ""
        yield one.catalog, _Told(match[1] if match else one.language, name, one.base)


def _language(known: _Known, told: str, place: PurePosixPath, catalog: Catalog) -> Language | None:
    """As the user says, as the file was signed, as its folder is named, and last as its header claims."""
    every = known.workspace.languages(awaiting=True).value
    there = {language.tag: language for language in every if language.tag != ENGLISH}
    claims = [known.locale] if known.locale else [told, place.parent.name, catalog.header.get("Language") or ""]
    for claim in claims:
        try:
            if claim and (tag := known.workspace.registry().find(claim).tag) in there:
                return there[tag]
        except UnknownLanguage:
            continue
    return None
