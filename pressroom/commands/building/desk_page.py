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
from pressroom.commands.building.desk_files import (
    FILES,
    MARKS,
    desk_entries,
    forget,
    marks,
    previews_of,
    unique_files,
)
from pressroom.commands.building.desk_folder import ASSETS, BRAND, DeskFolder, desk_pages
from pressroom.commands.building.desk_notes import Absence, DeskNotes, Sentence, marked, page_text
from pressroom.commands.building.desk_pictures import FOLDER as PICTURES
from pressroom.commands.building.desk_pictures import draw_pictures
from pressroom.commands.building.desk_pieces import pictured
from pressroom.commands.building.desk_view import places
from pressroom.diagnostics import DiagnosticError, Span, diagnostic
from pressroom.fingerprint import content_hash
from pressroom.project import file_text
from pressroom.project.atomic import refuse_links, sweep, write_if_changed
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import Channel, sha256_of
from pressroom.workspace.workspace import Workspace

PAGES: Final = {"released": "desk.html", "current": "proofs.html"}
# The folders of files corrected for a printer, and the list of what a folder's files were made from.
PRINTERS: Final = "printers"
SOURCES: Final = "released.json"
# What a page says of the day it was written and of the records it knows; no search is for that.
_SINCE: Final = re.compile('<meta name="(?:pressroom|log-head)".*\n|<time>[^<]*</time>|data-good-until="[^"]*"')
_EDGE: Final = re.compile("(?:long|short) edge")


def has_desk(store: Store) -> bool:
    """True if the output folder has the page."""
    return (store.root / PAGES[store.channel]).is_file()


def has_whole_desk(store: Store) -> bool:
    """True if it also has the folder of the other pages: a desk of an earlier version was one page."""
    page = store.root / PAGES[store.channel]
    return page.is_file() and (page.with_suffix("") / FILES).is_file()


def forget_desk(store: Store) -> None:
    """From now on the desk is not whole: if this command is killed before it writes it, the next one does."""
    listed = (store.root / PAGES[store.channel]).with_suffix("") / FILES
    with suppress(OSError):
        refuse_links(store.root, listed)
        listed.unlink()


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
    return _write_page(store.root, store.channel, entries, notes, "", *_interface(workspace))


def _interface(workspace: Workspace) -> tuple[tuple[str, ...], str]:
    """The languages in which a project's desk speaks, and the style of its colours."""
    # Imported here: a build with nothing to do writes no page.
    from pressroom.layout.screen import brand_css

    return workspace.project.desk_interfaces or ("en",), brand_css(workspace.brand().value)


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
    not_made = Sentence(marked("It was not made for this printer yet."))
    absent = tuple(
        Absence(e.tag, e.clinic, e.document, e.label, not_made, elsewhere=True)
        for key, e in others.items()
        if key not in there and store.channel == "released"
    )
    notes = replace(notes, absences=(*notes.absences, *absent), heads=())
    _write_page(folder.parent, store.channel, turned, notes, printer, *_interface(workspace))


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
    colours: str = "",
) -> bool:
    """Write all pages of a desk, in each language of the interface; True if they say something else than before.

    `colours` is the style of the project's colours.
    """
    files = unique_files(entries)
    # A killed build may have left a temporary file; the lock keeps other writers out.
    sweep(folder)
    desk = DeskFolder(channel == "released", printer, interfaces=interfaces)
    # A build draws no pictures: it makes proofs many times a day, and each is looked at as a whole.
    pictures = draw_pictures(folder, desk.shared, pictured(places(files, notes))) if desk.released else {}
    desk = replace(desk, pictures=pictures, previews=() if desk.released else tuple(previews_of(folder, files)))
    wanted = {f"{desk.shared}/{PICTURES}/{Path(one.address).name}" for found in pictures.values() for one in found}
    wanted |= set(_write_assets(folder, desk.shared, colours))
    before, written, changed = marks(folder / desk.shared), dict[str, tuple[str, str]](), False
    # The first page last, in the first language at the very end: it says which records all of them know.
    for interface in reversed(interfaces):
        for page in desk_pages(files, notes, replace(desk, interface=interface)):
            if page.path == PAGES[channel]:
                forget(folder, desk, {*wanted, *written})
                if desk.released:
                    _write_files(folder, desk, files)
                _write_json(folder / desk.shared / MARKS, written)
            known = before.get(page.path)
            if page.mark and known == (page.mark, sha256_of(folder / page.path)):
                written[page.path] = known
                continue
            html = page.html()
            changed |= _write_changed(folder / page.path, html)
            written[page.path] = (page.mark, content_hash(html.encode()))
    if not desk.released:
        # It makes the desk of a build whole, which ends here.
        _write_files(folder, desk, files)
    return changed


def _write_changed(path: Path, page: str) -> bool:
    """Write a page if it differs; True if it differs in more than the day it was written."""
    before = page_text(path)
    write_if_changed(path, page.encode())
    return before != page and _SINCE.sub("", before) != _SINCE.sub("", page)


def _write_assets(folder: Path, name: str, colours: str) -> Iterator[str]:
    """Write what the pages load; returns the paths."""
    from pressroom.pages import static_file

    assets = {asset: static_file(asset) or b"" for asset in ASSETS} | {BRAND: colours.encode()}
    for asset, data in assets.items():
        write_if_changed(folder / name / "static" / asset, data)
        yield f"{name}/static/{asset}"


def _write_files(folder: Path, desk: DeskFolder, files: Iterable[DeskEntry]) -> None:
    """Write the list of a desk's files, without which it is not whole."""
    _write_json(folder / desk.shared / FILES, sorted({entry.path for entry in files}))


def _write_json(path: Path, value: object) -> None:
    write_if_changed(path, json.dumps(value, ensure_ascii=False, indent=0).encode())
