"""Released files for the printer on the desk: an edition and a printer's profile go in, the same corrected come out.

A corrected file is another file than the one released: it is logged before it is written, so that `verify` knows it
and a recall names it, and it goes with the release that it was made from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pressroom.approval import Records, Released
from pressroom.commands.building.desk_page import PAGES, PRINTERS, SOURCES, sources_of, write_desk
from pressroom.commands.building.output import hold
from pressroom.commands.signing.release_log import entry_of, write_log
from pressroom.diagnostics import Diagnostic
from pressroom.layout import read_products
from pressroom.postpress.printer_shift import Printer, for_printer
from pressroom.project import Project
from pressroom.project.atomic import write_atomic
from pressroom.publish import PieceRecord, Store
from pressroom.workspace.records import read_records


@dataclass(frozen=True, slots=True)
class PrinterCopies:
    """What was written for a printer, and the log of it (empty where all of it was logged before)."""

    files: tuple[Path, ...]
    log: str
    page: Path


@dataclass(frozen=True, slots=True)
class DeskPrinter:
    """A printer by its name and profile, and by whose order, on which day its files are made."""

    name: str
    profile: Printer
    by: str
    today: date


def correct_released(
    project: Project, released: Iterable[PieceRecord], store: Store, desk: DeskPrinter
) -> PrinterCopies | Diagnostic:
    """Write the PDFs of a release that was just made into `printers/NAME/released`, with a desk page beside them.

    Raises:
        OSError: the log or the folder can't be written.
    """
    return hold(store.root, lambda: _correct(project, tuple(released), store, desk))


def _correct(project: Project, released: tuple[PieceRecord, ...], store: Store, desk: DeskPrinter) -> PrinterCopies:
    records = read_records(project).records
    made = list(_made(project, released, store, desk, records))
    known = {piece.sha256 for release in records.releases for piece in release.pieces}
    rows = [row for row, _ in made if row.sha256 not in known]
    log = write_log(project, records.releases, desk.today, desk.by, rows)
    root = store.root / PRINTERS / desk.name
    files = tuple(_write(root / store.channel / row.path, data) for row, data in made)
    came_from = {piece.path: piece.sha256 for piece in released}
    sources = sources_of(root) | {row.path: came_from[row.path] for row, _ in made}
    _write(root / SOURCES, json.dumps(sources, indent=1, sort_keys=True).encode())
    write_desk(project, store)
    return PrinterCopies(files, log, root / PAGES[store.channel])


def _made(
    project: Project, released: Iterable[PieceRecord], store: Store, desk: DeskPrinter, records: Records
) -> Iterator[tuple[Released, bytes]]:
    """The corrected files; a print shop's, and what is read on a screen, are not for a printer."""
    products = read_products(project.root)
    for piece in released:
        product, logged = products.get(piece.product), entry_of(piece, records)
        if product is None or product.inks or logged is None or not piece.path.endswith(".pdf"):
            continue
        data = (store.current / piece.path).read_bytes()
        if hashlib.sha256(data).hexdigest() != piece.sha256:
            continue
        corrected = for_printer(data, desk.profile, product.edge)
        facts = replace(logged.facts, sha256=hashlib.sha256(corrected).hexdigest())
        yield replace(logged, facts=facts, sheet=desk.name), corrected


def _write(path: Path, data: bytes) -> Path:
    write_atomic(path, data)
    return path
