"""Writes the pages for staff who print, beside the editions: `desk.html` for releases and `proofs.html` for proofs.

What a page says of a file comes from the file's own label, which log and manifest keep, never from today's sources.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from pressroom.border import BorderError, border
from pressroom.commands.building.desk_entries import DeskEntry
from pressroom.commands.building.desk_folder import ASSETS, DeskFolder, desk_pages
from pressroom.commands.building.desk_notes import Absence, DeskNotes, page_text
from pressroom.commands.building.desk_pictures import FOLDER as PICTURES
from pressroom.commands.building.desk_pictures import draw_pictures
from pressroom.diagnostics import DiagnosticError, Span, diagnostic
from pressroom.project import file_text
from pressroom.project.atomic import sweep, write_if_changed
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import Channel
from pressroom.workspace.workspace import Workspace

PAGES: Final = {"released": "desk.html", "current": "proofs.html"}
# The folders of files corrected for a printer, and the list of what a folder's files were made from.
PRINTERS: Final = "printers"
SOURCES: Final = "released.json"
# In a desk's folder: the paths of all files that its pages lead to.
FILES: Final = "files.json"
# What a page says of the day it was written and of the records it knows; no search is for that.
_SINCE: Final = re.compile('<meta name="(?:pressroom|log-head)".*\n|<time>[^<]*</time>|data-good-until="[^"]*"')
_EDGE: Final = re.compile("(?:long|short) edge")


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
    entries = tuple(desk_entries(store.channel, offered, notes))
    for folder in folders:
        sources = sources_of(folder.parent)
        kept = {path for path, sha256 in published.items() if sources.get(path) == sha256}
        _keep_only(folder, kept)
        _write_printer_page(workspace, store, folder, entries, kept, notes)
    interfaces = workspace.project.desk_interfaces or ("en",)
    return _write_page(store.root, store.channel, entries, notes, interfaces=interfaces)


def _write_printer_page(
    workspace: Workspace, store: Store, folder: Path, entries: Sequence[DeskEntry], kept: set[str], notes: DeskNotes
) -> None:
    """A printer's own page: its files, and for the others the way to the page of any printer."""
    printer = folder.parent.name
    # Its files are made for a printer that turns paper on one edge only.
    edge = str(workspace.project.printers.get(printer, {}).get("flip", "")).replace("-", " ")
    paths = {f"{store.channel}/{path}" for path in kept}
    # A corrected file has other bytes, and looks the same but for millimetres.
    own = [entry for entry in entries if entry.path in paths]
    turned = [
        replace(e, label=replace(e.label, how=_EDGE.sub(edge, e.label.how) if edge else e.label.how)) for e in own
    ]
    others = {(e.clinic, e.document, e.tag): e for e in entries if e.path not in paths and e.at_desk}
    there = {(entry.clinic, entry.document, entry.tag) for entry in own}
    absent = tuple(
        Absence(e.tag, e.clinic, e.document, e.label, "It was not made for this printer yet.", elsewhere=True)
        for key, e in others.items()
        if key not in there and store.channel == "released"
    )
    notes = replace(notes, absences=(*notes.absences, *absent), heads=())
    interfaces = workspace.project.desk_interfaces or ("en",)
    _write_page(folder.parent, store.channel, turned, notes, printer, interfaces)


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
    folder: Path,
    channel: Channel,
    entries: Iterable[DeskEntry],
    notes: DeskNotes,
    printer: str = "",
    interfaces: tuple[str, ...] = ("en",),
) -> bool:
    """Write all pages of a desk, in each language of the interface; True if they say something else than before."""
    files = unique_files(entries)
    # A killed build may have left a temporary file; the lock keeps other writers out.
    sweep(folder)
    desk = DeskFolder(channel == "released", printer, interfaces=interfaces)
    # A build draws no pictures: it makes proofs many times a day, and each is looked at as a whole.
    pictures = draw_pictures(folder, desk.shared, files) if desk.released else {}
    desk = replace(desk, pictures=pictures, previews=() if desk.released else tuple(_previews(folder, files)))
    wanted = {f"{desk.shared}/{PICTURES}/{Path(one.address).name}" for found in pictures.values() for one in found}
    wanted |= set(_write_assets(folder, desk.shared))
    changed = False
    # The first page last, in the first language at the very end: it says which records all of them know.
    for interface in reversed(interfaces):
        for path, page in desk_pages(files, notes, replace(desk, interface=interface)):
            if path == PAGES[channel]:
                _forget(folder, desk, wanted)
                _write_list(folder / desk.shared / FILES, files)
            changed |= _write_changed(folder / path, page)
            wanted.add(path)
    return changed


def unique_files(entries: Iterable[DeskEntry]) -> tuple[DeskEntry, ...]:
    """The files without a second one that is the same for people."""
    # Two products may give way to the same one in a language: their entries differ only in the file.
    unique: dict[DeskEntry, DeskEntry] = {}
    for entry in entries:
        unique.setdefault(replace(entry, path="", product="", sha256=""), entry)
    return tuple(unique.values())


def _write_changed(path: Path, page: str) -> bool:
    """Write a page if it differs; True if it differs in more than the day it was written."""
    before = page_text(path)
    write_if_changed(path, page.encode())
    return before != page and _SINCE.sub("", before) != _SINCE.sub("", page)


def _write_assets(folder: Path, name: str) -> Iterator[str]:
    """Write what the pages load; returns the paths."""
    from pressroom.pages import static_file

    for asset in ASSETS:
        write_if_changed(folder / name / "static" / asset, static_file(asset) or b"")
        yield f"{name}/static/{asset}"


def _write_list(path: Path, files: Iterable[DeskEntry]) -> None:
    write_if_changed(path, json.dumps(sorted({entry.path for entry in files}), ensure_ascii=False, indent=0).encode())


def _forget(folder: Path, desk: DeskFolder, wanted: Collection[str]) -> None:
    """Delete the pages and pictures of what is no longer at the desk."""
    for name in (desk.named(interface) for interface in desk.interfaces):
        for file in sorted((folder / name).rglob("*"), reverse=True):
            if file.is_dir() and not file.is_symlink():
                with suppress(OSError):
                    file.rmdir()
            elif file.relative_to(folder).as_posix() not in wanted and file.name != FILES:
                file.unlink()


def listed_files(folder: Path, channel: Channel) -> frozenset[str]:
    """The paths that the pages of a desk lead to, from their list; none if it can't be read."""
    text, _ = file_text(folder / Path(PAGES[channel]).stem, FILES, optional=True)
    with suppress(BorderError), border():
        paths = json.loads(text or "[]")
        if isinstance(paths, list) and all(isinstance(path, str) for path in paths):
            return frozenset(paths)
    return frozenset()


def _previews(folder: Path, entries: Iterable[DeskEntry]) -> Iterator[tuple[str, str]]:
    """The pictures of pages that `build --previews` wrote of these files: their names and paths."""
    known = {(entry.tag, f"{entry.document}.{entry.product}.PROOF") for entry in entries}
    for path in sorted((folder / "previews").glob("*/*.png")):
        if (path.parent.name, path.stem.rpartition("-")[0]) in known:
            yield path.name, path.relative_to(folder).as_posix()


def desk_entries(channel: Channel, offered: Iterable[PieceRecord], notes: DeskNotes) -> Iterator[DeskEntry]:
    """The files of these pieces, as their labels and the notes say."""
    for record in offered:
        facts, number = record.facts, notes.numbers.get(record.path, "")
        yield DeskEntry(
            record.locale,
            record.clinic,
            record.document,
            facts.label,
            f"{channel}/{record.path}",
            facts.review_by,
            small_print=f"{number} · {record.locale} · {facts.version} … {facts.inputs}" if number else "",
            product=record.product,
            sha256=record.sha256,
            beside_english=record.path in notes.beside,
        )
