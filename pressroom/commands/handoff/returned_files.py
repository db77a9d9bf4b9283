"""Reads what a translator sends back, and finds out which catalog each file belongs to and what was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from pressroom.catalog import Catalog
from pressroom.catalog.read import read_catalog
from pressroom.catalog.xliff import read_xliff
from pressroom.commands.handoff.archive import (
    EXPORT_ID_HEADER,
    FOLDER,
    MANIFEST,
    ArchiveError,
    Sent,
    names_of,
    read_manifest,
    unpack,
)
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import ENGLISH, Language, UnknownLanguage, find_language, names_other_language
from pressroom.planning.named import UsageError
from pressroom.project.open_file import named_bytes
from pressroom.workspace.documents import current_name
from pressroom.workspace.workspace import Workspace

_KINDS: Final = (".po", ".xlf", ".xliff", ".sdlxliff", ".mqxliff")
_EXPORT_ID: Final = re.compile(r"([A-Za-z0-9_]+)/([A-Za-z0-9._-]+) ([0-9a-f]{16})")
_PARTS: Final = re.compile(r"locales/([A-Za-z0-9_]+)/LC_MESSAGES/([^/]+)\.po")
_FILE_LIMIT: Final = 512_000_000
_NOTHING: Final = "ask for the right one; if it contains a zip, unpack that and import it"
_OTHERWISE: Final = (
    "leave out --locale and --document if it is right; else ask for the right file, or correct its header"
)
_WHOSE: Final = "say what it is: --locale and --document"
_NO_MANIFEST: Final = "the program may not know what changed here since it was sent"


@dataclass(frozen=True, slots=True)
class Returned:
    """One catalog that came back. `source` is the file's name, `sent` what was sent, or None if that is unknown."""

    name: str
    language: Language
    source: str
    catalog: Catalog
    base: str
    sent: Sent | None


@dataclass(frozen=True, slots=True)
class _Identity:
    """What a file says it is: locale, name and base as written, each empty if the file does not say."""

    locale: str = ""
    name: str = ""
    base: str = ""


def read_returned(
    workspace: Workspace, file: Path, *, locale: str | None, document: str | None, base: Path | None
) -> Iterator[Returned | Diagnostic]:
    """Every catalog in the file, and findings about what can't be read or is not the project's.

    Raises:
        UsageError: there is no such file.
    """
    try:
        data = named_bytes(file, _FILE_LIMIT)
    except OSError as error:
        raise UsageError(
            f"{file} can't be read: {error.strerror}", "name a .zip, .xlf or .po file, without PDFs"
        ) from None
    sent: list[Sent] = []
    for path in [base] if base else sorted((workspace.root / FOLDER).glob("*.zip")):
        try:
            manifest = unpack(named_bytes(path, _FILE_LIMIT), lambda name: name == MANIFEST).get(MANIFEST, b"{}")
            sent += read_manifest(manifest, workspace.registry())
        except (OSError, ValueError) as error:
            hint = "name the zip that `handoff export` wrote" if base else "restore it, or move it away"
            yield _unusable(path.name, error, hint)
    reader = _Reader(workspace, locale, document, tuple(sent))
    if data.startswith(b"PK"):
        yield from reader.zip(data, file.name)
    else:
        yield from reader.file(data, file.name, PurePosixPath(file.as_posix()))


def _unusable(manifest: str, error: Exception, hint: str) -> Diagnostic:
    return diagnostic("handoff-manifest", Span(manifest), f"can't be used: {error}", hint)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Knows the project, what the user says the file is, and every catalog that was sent."""

    workspace: Workspace
    locale: str | None
    document: str | None
    sent: tuple[Sent, ...]

    def zip(self, data: bytes, shown: str) -> Iterator[Returned | Diagnostic]:
        """The catalogs in a zip. Its own manifest comes before those of earlier exports."""
        try:
            files = unpack(data, lambda name: PurePosixPath(name).suffix.lower() in (*_KINDS, ".json"))
        except ArchiveError as error:
            yield diagnostic("handoff-zip", Span(shown), str(error), error.hint)
            return
        manifest = next((content for name, content in files.items() if PurePosixPath(name).name == MANIFEST), None)
        reader = self
        if manifest is None:
            yield diagnostic("handoff-manifest", Span(shown), "the zip has no manifest.json", _NO_MANIFEST)
        else:
            try:
                sent = (*read_manifest(manifest, self.workspace.registry()), *self.sent)
                reader = replace(self, sent=sent)
            except ValueError as error:
                yield _unusable(f"{shown}/{MANIFEST}", error, "name the zip that was sent with --base")
        names = [name for name in sorted(files) if not _is_litter(name) and not name.endswith(".json")]
        if not names:
            yield diagnostic("handoff-zip", Span(shown), "the zip holds no .po or .xlf", _NOTHING)
        for name in names:
            yield from reader.file(files[name], f"{shown}/{name}", PurePosixPath(name))

    def file(self, data: bytes, shown: str, place: PurePosixPath) -> Iterator[Returned | Diagnostic]:
        """The catalogs in one .po or .xlf."""
        for item in _catalogs(data, shown, place.suffix.lower()):
            yield item if isinstance(item, Diagnostic) else self._identified(*item, shown, place)

    def _identified(
        self, catalog: Catalog, identity: _Identity, shown: str, place: PurePosixPath
    ) -> Returned | Diagnostic:
        language = self._language(identity.locale, place, catalog)
        identity = replace(identity, name=self._current(identity.name))
        name = self.document or identity.name or self._current(place.name.partition(".")[0])
        if language is not None and (other := self._contradiction(language, name, identity, catalog)):
            text = f"this would be read as {name} in {language.tag}, but it says it is {other}"
            return diagnostic("handoff-whose", Span(shown, 1), text, _OTHERWISE)
        if language is None or name not in names_of(self.workspace, language):
            what = f"{name!r} in {language.tag}" if language else f"the locale of {name!r}"
            text = f"the project has no catalog for this file: {what}"
            return diagnostic("handoff-whose", Span(shown, 1), text, _WHOSE)
        return Returned(name, language, shown, catalog, identity.base, self._sent(language, name, identity.base))

    def _current(self, name: str) -> str:
        """The name that a document has now: it may have been renamed since the export."""
        return current_name(self.workspace.renames().value, name)

    def _language(self, stated: str, place: PurePosixPath, catalog: Catalog) -> Language | None:
        """The language that the user names, or else the export id, the folder, or last the header."""
        every = self.workspace.languages(awaiting=True).value
        locales = {language.tag: language for language in every if language.tag != ENGLISH}
        claims = [self.locale] if self.locale else [stated, place.parent.name, catalog.header.get("Language")]
        return next((locales[tag] for claim in claims if (tag := self._tag(claim)) in locales), None)

    def _tag(self, claim: str | None) -> str:
        """The tag of a language of the registry, or an empty string."""
        try:
            return self.workspace.registry().find(claim).tag if claim else ""
        except UnknownLanguage:
            return ""

    def _contradiction(self, language: Language, name: str, identity: _Identity, catalog: Catalog) -> str:
        """The other language or document that the file says it is: Spanish must never be taken for Vietnamese.

        A header counts only if it names another language or script: Poedit writes zh for zh_Hans.
        """
        if (tag := self._tag(identity.locale)) and tag != language.tag:
            return tag
        # A .po is read as English; an XLIFF has its target language.
        target = "" if catalog.locale == ENGLISH else catalog.locale
        for claim in (identity.locale, catalog.header.get("Language") or "", target):
            if names_other_language(claim, language):
                return claim
        return identity.name if identity.name and identity.name != name else ""

    def _sent(self, language: Language, name: str, base: str) -> Sent | None:
        same = [s for s in self.sent if (s.catalog.locale, self._current(s.name)) == (language.tag, name)]
        if not base and len({sent.base for sent in same}) == 1:
            # The tool dropped the header, and only one file can be meant.
            return same[0]
        return next((sent for sent in same if sent.base == base), None)


def _is_litter(name: str) -> bool:
    """True for what macOS puts into a zip beside each file."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith("._")


def _catalogs(data: bytes, shown: str, kind: str) -> Iterator[tuple[Catalog, _Identity] | Diagnostic]:
    if kind == ".po":
        # Read as English: the language is not known yet, so its plural rule is not checked.
        catalog, findings = read_catalog(data, shown, find_language(ENGLISH), ours=False)
        yield from (finding for finding in findings if finding.code != "plural-rule")
        if catalog is not None:
            match = _EXPORT_ID.fullmatch(catalog.header.get(EXPORT_ID_HEADER) or "")
            yield catalog, _Identity(*match.groups()) if match else _Identity()
    elif kind in _KINDS or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        files, findings = read_xliff(data, shown)
        yield from findings
        for file in files:
            parts = _PARTS.fullmatch(file.original)
            locale, name = (parts[1], parts[2]) if parts else (file.language, "")
            yield file.catalog, _Identity(locale, name, file.base)
    else:
        hint = "send the .zip, .xlf or .po; no other file can be imported"
        what = "not a real zip" if kind == ".zip" else f"a {kind} file" if kind else "an unknown kind of file"
        yield diagnostic("handoff-unreadable", Span(shown), f"this is {what}", hint)
