"""Writes the pages for staff who print, beside the editions: `desk.html` for releases and `proofs.html` for proofs.

What a page says of a file comes from the file's own label, which log and manifest keep, never from today's sources.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pressroom.approval import Label
from pressroom.approval.releases import PRINT_SHOP
from pressroom.border import BorderError, border
from pressroom.commands.building.desk_notes import Absence, DeskNotes, page_text
from pressroom.data_files import data_text
from pressroom.diagnostics import DiagnosticError, Span, diagnostic
from pressroom.language import ENGLISH
from pressroom.project import file_text
from pressroom.project.atomic import sweep, write_if_changed
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import Channel
from pressroom.workspace.workspace import Workspace

PAGES: Final = {"released": "desk.html", "current": "proofs.html"}
# The folders of files corrected for a printer, and the list of what a folder's files were made from.
PRINTERS: Final = "printers"
SOURCES: Final = "released.json"
# What a page says of the day it was written and of the records it knows; no search is for that.
_SINCE: Final = re.compile('<meta name="(?:pressroom|log-head)".*\n|As of [0-9-]+')
_EDGE: Final = re.compile("(?:long|short) edge")


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A file to print or to show. `path` leads from the page to it; `until` is the last month or day to hand it out."""

    tag: str
    clinic: str
    document: str
    label: Label
    path: str
    until: str = ""

    @property
    def on_screen(self) -> bool:
        """True if it is not for printing."""
        return self.path.endswith(".html")


@dataclass(frozen=True, slots=True)
class Topic:
    """A document in a language at a clinic: its files, and why some of them are missing."""

    label: Label
    entries: tuple[DeskEntry, ...]
    absences: tuple[Absence, ...]
    english: tuple[DeskEntry, ...]


@dataclass(frozen=True, slots=True)
class DeskLanguage:
    """A language at a clinic. `anchor` is its place on the page."""

    tag: str
    anchor: str
    label: Label
    topics: tuple[Topic, ...]

    @property
    def count(self) -> int:
        """How many files there are to hand out."""
        return sum(len(topic.entries) for topic in self.topics)


@dataclass(frozen=True, slots=True)
class Place:
    """A clinic with its languages."""

    anchor: str
    name: str
    languages: tuple[DeskLanguage, ...]


def desk_page(entries: Sequence[DeskEntry], notes: DeskNotes, *, released: bool, printer: str = "") -> str:
    """The page in HTML. A page of proofs says at its head and beside every file that they are not for patients."""
    # Imported here: a build with nothing to do writes no page.
    from markupsafe import Markup

    from pressroom.compose.template import render_page

    title = "Print at the desk" if released else "Proofs: not for patients"
    style = Markup(data_text("commands/building/desk_page.css"))
    values = {"title": title, "style": style, "places": _places(entries, notes.absences), "notes": notes}
    return render_page("desk.html", **values, released=released, printer=printer) + "\n"


def _places(entries: Sequence[DeskEntry], absences: Sequence[Absence]) -> tuple[Place, ...]:
    """The clinics by name. A language is listed for a clinic if it has, or had, anything for it."""
    rows: tuple[DeskEntry | Absence, ...] = (*absences, *entries)
    clinics = {row.clinic: row.label.clinic_name or row.clinic for row in rows}
    alone = len(clinics) == 1
    return tuple(
        Place(
            anchor=f"at-{clinic}",
            name=name,
            languages=_languages(
                [entry for entry in entries if entry.clinic == clinic],
                [absence for absence in absences if absence.clinic == clinic],
                "" if alone else f"{clinic}.",
            ),
        )
        for clinic, name in sorted(clinics.items(), key=lambda item: (item[1].casefold(), item[0]))
    )


def _languages(entries: Sequence[DeskEntry], absences: Sequence[Absence], prefix: str) -> tuple[DeskLanguage, ...]:
    """The languages by their English name. Two names of one tag are two languages: either may be right."""
    rows: tuple[DeskEntry | Absence, ...] = (*absences, *entries)
    named = {_language_of(row): row.label for row in rows}
    languages: list[DeskLanguage] = []
    for (english, autonym, tag), label in sorted(named.items()):
        key = (english, autonym, tag)
        number = sum(1 for language in languages if language.tag == tag)
        anchor = f"{prefix}{tag}" + (f".{number + 1}" if number else "")
        own = [entry for entry in entries if _language_of(entry) == key]
        missing = [absence for absence in absences if _language_of(absence) == key]
        english_files = [entry for entry in entries if entry.tag == ENGLISH] if tag != ENGLISH else []
        languages.append(DeskLanguage(tag, anchor, label, _topics(own, missing, english_files)))
    return tuple(languages)


def _language_of(row: DeskEntry | Absence) -> tuple[str, str, str]:
    return row.label.language or row.tag, row.label.autonym, row.tag


def _topics(
    entries: Sequence[DeskEntry], absences: Sequence[Absence], english: Sequence[DeskEntry]
) -> tuple[Topic, ...]:
    rows: tuple[DeskEntry | Absence, ...] = (*absences, *entries)
    labels = {(row.label.title or row.document, row.document): row.label for row in rows}
    return tuple(
        Topic(
            label=replace(label, title=title),
            entries=tuple(sorted((e for e in entries if _is_about(e, title, document)), key=_order)),
            absences=tuple(a for a in absences if _is_about(a, title, document)),
            english=tuple(sorted((e for e in english if e.document == document), key=_order)),
        )
        for (title, document), label in sorted(labels.items())
    )


def _is_about(row: DeskEntry | Absence, title: str, document: str) -> bool:
    return (row.label.title or row.document, row.document) == (title, document)


def _order(entry: DeskEntry) -> tuple[object, ...]:
    label = entry.label
    return entry.on_screen, label.paper, label.how, label.what, entry.path


def has_desk(store: Store) -> bool:
    """True if the output folder has the page."""
    return (store.root / PAGES[store.channel]).is_file()


def has_printers(store: Store) -> bool:
    """True if the output folder has files for printers, some of which may have to go."""
    return (store.root / PRINTERS).exists()


def write_desk(
    workspace: Workspace, store: Store, offered: Iterable[PieceRecord], notes: DeskNotes | None = None
) -> bool:
    """Write the page of an output folder's releases, or of its proofs, with the files of the `offered` pieces.

    A printer's folder beside the releases has its own page. Its files are deleted when the release that they were made
    from leaves the edition. The page itself is written last: it remembers which records it knows, and if a command is
    killed before that, the next one begins again. Returns True if it says something else than before.

    Raises:
        OSError: it can't be written; the earlier page is still there.
        DiagnosticError: the list of a printer's files can't be read.
    """
    notes = notes or DeskNotes()
    published = {record.path: record.sha256 for record in store.manifest().pieces if record.made}
    folders = sorted((store.root / PRINTERS).glob(f"*/{store.channel}"))
    # First: a recalled file must not stay because something else can't be read.
    for folder in folders:
        _keep_only(folder, published)
    entries = tuple(_entries(store, offered))
    for folder in folders:
        sources = sources_of(folder.parent)
        kept = {path for path, sha256 in published.items() if sources.get(path) == sha256}
        _keep_only(folder, kept)
        _write_printer_page(workspace, store, folder, entries, kept, notes)
    return _write_page(store.root, store.channel, entries, notes)


def _write_printer_page(
    workspace: Workspace, store: Store, folder: Path, entries: Sequence[DeskEntry], kept: set[str], notes: DeskNotes
) -> None:
    """A printer's own page: its files, and for the others the way to the page of any printer."""
    printer = folder.parent.name
    # Its files are made for a printer that turns paper on one edge only.
    edge = str(workspace.project.printers.get(printer, {}).get("flip", "")).replace("-", " ")
    paths = {f"{store.channel}/{path}" for path in kept}
    own = [entry for entry in entries if entry.path in paths]
    turned = [
        replace(e, label=replace(e.label, how=_EDGE.sub(edge, e.label.how) if edge else e.label.how)) for e in own
    ]
    others = {(e.clinic, e.document, e.tag): e for e in entries if e.path not in paths and not e.on_screen}
    there = {(entry.clinic, entry.document, entry.tag) for entry in own}
    absent = tuple(
        Absence(e.tag, e.clinic, e.document, e.label, "It was not made for this printer yet.", elsewhere=True)
        for key, e in others.items()
        if key not in there and store.channel == "released"
    )
    notes = replace(notes, absences=(*notes.absences, *absent), heads=())
    _write_page(folder.parent, store.channel, turned, notes, printer)


def _keep_only(folder: Path, paths: Collection[str]) -> None:
    for file in list(folder.rglob("*")):
        if file.is_file() and file.relative_to(folder).as_posix() not in paths:
            file.unlink()


def sources_of(folder: Path) -> dict[str, str]:
    """The SHA-256 of the released files that a printer's files were made from, by path.

    Raises:
        DiagnosticError: the list exists and can't be read.
    """
    text, findings = file_text(folder, SOURCES, optional=True)
    if text is None and not findings:
        return {}
    with suppress(BorderError), border():
        sources = json.loads(text or "")
        if isinstance(sources, dict) and all(isinstance(sha256, str) for sha256 in sources.values()):
            return sources
    hint = f"restore it; or delete it, and run: {{command}} build --release --printer {folder.name}"
    path = str(folder / SOURCES)
    raise DiagnosticError(diagnostic("manifest-unreadable", Span(path), "this list of files can't be read", hint))


def _write_page(
    folder: Path, channel: Channel, entries: Iterable[DeskEntry], notes: DeskNotes, printer: str = ""
) -> bool:
    # Two products may give way to the same one in a language: their entries differ only in the file.
    unique: dict[DeskEntry, DeskEntry] = {}
    for entry in entries:
        unique.setdefault(replace(entry, path=""), entry)
    # A killed build may have left a temporary file; the lock keeps other writers out.
    sweep(folder)
    page = desk_page(tuple(unique.values()), notes, released=channel == "released", printer=printer)
    path = folder / PAGES[channel]
    before = page_text(path)
    write_if_changed(path, page.encode())
    return _SINCE.sub("", before) != _SINCE.sub("", page)


def _entries(store: Store, offered: Iterable[PieceRecord]) -> Iterator[DeskEntry]:
    for record in offered:
        label = record.facts.label
        # A print shop's files are not for the printer on the desk.
        if label.printed_by == PRINT_SHOP:
            continue
        path, until = f"{store.channel}/{record.path}", record.facts.review_by
        yield DeskEntry(record.locale, record.clinic, record.document, label, path, until)
