"""The pages at the desk, `desk.html` for releases and `proofs.html` for proofs, written beside the editions."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
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
# Files corrected for a printer, and in each of its folders what they were made from.
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
    """True where the page is there."""
    return (store.root / PAGES[store.channel]).is_file()


def write_desk(workspace: Workspace, store: Store, offered: Collection[str]) -> Path:
    """Write the page of an output folder's releases, or of its proofs; returns its path.

    `offered` are the paths of the files that are listed. A printer's folder beside the releases has its own page; its
    files go when the release they were made from leaves the edition.

    Raises:
        OSError: it can't be written; the page before is still there.
        DiagnosticError: the products or what a printer's folder was made from can't be read.
    """
    published = {record.path: record.sha256 for record in store.manifest().pieces if record.made}
    folders = sorted((store.root / PRINTERS).glob(f"*/{store.channel}"))
    # What left the edition goes first: a recalled file must not stay because something else can't be read.
    for folder in folders:
        _keep_only(folder, published)
    products = workspace.products()
    if products.findings:
        raise DiagnosticError(*products.findings)
    page = _write_page(store.root, store.channel, list(_entries(workspace, store, offered)))
    for folder in folders:
        sources = sources_of(folder.parent)
        kept = {path for path, sha256 in published.items() if sources.get(path) == sha256}
        _keep_only(folder, kept)
        entries = list(_entries(workspace, store, kept & {*offered}))
        edge = str(workspace.project.printers.get(folder.parent.name, {}).get("flip", ""))
        _write_page(folder.parent, store.channel, [replace(one, how=_turned(one.how, edge)) for one in entries])
    return page


def _keep_only(folder: Path, paths: Collection[str]) -> None:
    for file in [path for path in folder.rglob("*") if path.is_file()]:
        if file.relative_to(folder).as_posix() not in paths:
            file.unlink()


def sources_of(folder: Path) -> dict[str, str]:
    """What the files of a printer's folder were made from: SHA-256 of the released files, by path.

    Raises:
        DiagnosticError: the file that says so is there and can't be read.
    """
    text, findings = file_text(folder, SOURCES, optional=True)
    if text is None and not findings:
        return {}
    try:
        sources = json.loads(text or "")
        if isinstance(sources, dict):
            return sources
    except ValueError:
        pass
    hint = f"restore it; or delete it, and run: publish.py build --release --printer {folder.name}"
    path = str(folder / SOURCES)
    raise DiagnosticError(diagnostic("manifest-unreadable", Span(path), "this list of files can't be read", hint))


def _write_page(folder: Path, channel: Channel, entries: list[DeskEntry]) -> Path:
    page = desk_page(_once(entries), released=channel == "released")
    path = folder / PAGES[channel]
    # A build that was killed may have left a temporary file; nobody else writes here now.
    sweep(path.parent)
    write_atomic(path, page.encode())
    return path


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


def _turned(how: str, edge: str) -> str:
    """What to choose for a printer that turns paper on one edge only: its files are made for that."""
    return _EDGE.sub(edge.replace("-", " "), how) if edge else how


def _once(entries: Iterable[DeskEntry]) -> tuple[DeskEntry, ...]:
    """Entries that differ in more than their file: two products may give way to the same one in a language."""
    told: dict[DeskEntry, DeskEntry] = {}
    for entry in entries:
        told.setdefault(replace(entry, path=""), entry)
    return tuple(told.values())


def _made_as(record: PieceRecord, products: dict[str, Product]) -> Product | None:
    """The product that the file is: where a language needs more room it is another than its name asks for."""
    name = record.path.split(f".{record.locale}.", 1)[-1].split(".", 1)[0] if record.path else record.product
    return products.get(name.rpartition("-as-")[2])


def _printing(product: Product) -> tuple[str, str]:
    """What goes into the tray, and what to choose in the print window."""
    if product.sheet is not None:
        return _in_the_tray(product.sheet.description), f"two sides, flip on the {product.flip.replace('-', ' ')}"
    if product.paper == _OWN_SIZE:
        return "card stock of its own size", "two sides; with plain paper in the tray take the row of that paper"
    paper, _, how = product.paper.partition(", ")
    return paper, how or "one side or two"


def _in_the_tray(sheet: str) -> str:
    """The paper without the grid that is printed on it: cut marks are not in the tray."""
    paper, _, grid = sheet.rpartition(", ")
    return paper if paper and "×" in grid else sheet
