"""Writes the pages for staff who print, beside the editions: `desk.html` for releases and `proofs.html` for proofs."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Final

from pressroom.data_files import data_text
from pressroom.diagnostics import DiagnosticError, Span, diagnostic
from pressroom.language import UnknownLanguage
from pressroom.layout import Product
from pressroom.project import file_text
from pressroom.project.atomic import sweep, write_atomic
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import Channel
from pressroom.workspace.workspace import Workspace

PAGES: Final = {"released": "desk.html", "current": "proofs.html"}
# The folders of files corrected for a printer, and the list of what a folder's files were made from.
PRINTERS: Final = "printers"
SOURCES: Final = "released.json"
_OWN_SIZE: Final = "its own size"
_EDGE: Final = re.compile("(?:long|short) edge")


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A file to print or to show: its language, what it is, and the settings of the printer.

    `paper` goes into the tray, empty for a file that is read on a screen. `how` is what to choose in the print window
    besides the actual size, `then` what to do with the paper. `until` is the last month in which staff may hand it out,
    or empty. `path` leads from the page to the file.
    """

    tag: str
    english: str
    autonym: str
    direction: str
    title: str
    what: str
    paper: str
    how: str
    clinic: str
    path: str
    until: str = ""
    then: str = ""


def desk_page(entries: Sequence[DeskEntry], *, released: bool) -> str:
    """The page in HTML. A page of drafts says at its head and beside every file that they are not for patients."""
    # Imported here: a build with nothing to do writes no page.
    from markupsafe import Markup

    from pressroom.compose.template import render_page

    ordered = sorted(entries, key=lambda e: (e.english, e.title, not e.paper, e.paper, e.how, e.what, e.clinic))
    languages = [
        [list(files) for _, files in groupby(rows, key=lambda e: e.title)]
        for _, rows in groupby(ordered, key=lambda e: e.tag)
    ]
    title = "Print at the desk" if released else "Drafts: not for patients"
    style = Markup(data_text("commands/building/desk_page.css"))
    return render_page("desk.html", title=title, style=style, languages=languages, released=released) + "\n"


def has_desk(store: Store) -> bool:
    """True if the output folder has the page."""
    return (store.root / PAGES[store.channel]).is_file()


def write_desk(workspace: Workspace, store: Store, offered: Collection[str]) -> Path:
    """Write the page of an output folder's releases, or of its proofs, with the files at the `offered` paths.

    A printer's folder beside the releases has its own page. Its files are deleted when the release that they were made
    from leaves the edition. Returns the path of the page.

    Raises:
        OSError: it can't be written; the earlier page is still there.
        DiagnosticError: the products or the list of a printer's files can't be read.
    """
    published = {record.path: record.sha256 for record in store.manifest().pieces if record.made}
    folders = sorted((store.root / PRINTERS).glob(f"*/{store.channel}"))
    # First: a recalled file must not stay because something else can't be read.
    for folder in folders:
        _keep_only(folder, published)
    products = workspace.products()
    if products.findings:
        raise DiagnosticError(*products.findings)
    page = _write_page(store.root, store.channel, _entries(workspace, store, offered))
    for folder in folders:
        sources = sources_of(folder.parent)
        kept = {path for path, sha256 in published.items() if sources.get(path) == sha256}
        _keep_only(folder, kept)
        # Its files are made for a printer that turns paper on one edge only.
        edge = str(workspace.project.printers.get(folder.parent.name, {}).get("flip", "")).replace("-", " ")
        entries = _entries(workspace, store, kept & {*offered})
        turned = (replace(entry, how=_EDGE.sub(edge, entry.how) if edge else entry.how) for entry in entries)
        _write_page(folder.parent, store.channel, turned)
    return page


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
    with suppress(ValueError):
        sources = json.loads(text or "")
        if isinstance(sources, dict):
            return sources
    hint = f"restore it; or delete it, and run: publish.py build --release --printer {folder.name}"
    path = str(folder / SOURCES)
    raise DiagnosticError(diagnostic("manifest-unreadable", Span(path), "this list of files can't be read", hint))


def _write_page(folder: Path, channel: Channel, entries: Iterable[DeskEntry]) -> Path:
    # Two products may give way to the same one in a language: their entries differ only in the file.
    unique: dict[DeskEntry, DeskEntry] = {}
    for entry in entries:
        unique.setdefault(replace(entry, path=""), entry)
    # A killed build may have left a temporary file; the lock keeps other writers out.
    sweep(folder)
    write_atomic(folder / PAGES[channel], desk_page(tuple(unique.values()), released=channel == "released").encode())
    return folder / PAGES[channel]


def _entries(workspace: Workspace, store: Store, offered: Collection[str]) -> Iterator[DeskEntry]:
    products = workspace.products().value
    titles = {name: front.title.msgid for name, (_, front) in workspace.documents().usable.items()}
    clinics = {clinic.id: clinic.name for clinic in workspace.clinics().value}
    registry = workspace.registry()
    for record in store.manifest().pieces:
        product = _made_as(record, products)
        # A print shop's files are not for the printer on the desk.
        if record.path not in offered or product is None or product.inks:
            continue
        try:
            language = registry.find(record.locale)
        except UnknownLanguage:
            continue
        paper, how = _printing(product) if record.kind == "pdf" else ("", "read on a screen")
        yield DeskEntry(
            tag=language.tag,
            english=language.english,
            autonym=language.autonym,
            direction=language.direction,
            title=titles.get(record.document, record.document),
            what=product.description,
            paper=paper,
            how=how,
            then=product.then,
            clinic=clinics.get(record.clinic, record.clinic),
            path=f"{store.channel}/{record.path}",
            until=record.facts.review_by,
        )


def _made_as(record: PieceRecord, products: dict[str, Product]) -> Product | None:
    """The product of the file: where a language needs more room, it is the one that replaces the requested one."""
    name = record.path.split(f".{record.locale}.", 1)[-1].split(".", 1)[0] if record.path else record.product
    return products.get(name.rpartition("-as-")[2])


def _printing(product: Product) -> tuple[str, str]:
    """The paper for the tray, and what to choose in the print window."""
    if product.sheet is not None:
        # The paper without the grid that is printed on it: cut marks are not in the tray.
        paper, _, grid = product.sheet.description.rpartition(", ")
        tray = paper if paper and "×" in grid else product.sheet.description
        return tray, f"two sides, flip on the {product.flip.replace('-', ' ')}"
    if product.paper == _OWN_SIZE:
        return "card stock of its own size", "two sides; with plain paper in the tray take the row of that paper"
    paper, _, how = product.paper.partition(", ")
    return paper, how or "one side or two"
