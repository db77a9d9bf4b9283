"""Files of a release, corrected for the printer on the desk.

A corrected file is another file than the one released. It is logged before it is written, so that `verify` knows it
and a recall names it, and it goes when the release that it was made from goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pressroom.approval import Released
from pressroom.commands.building.desk_page import PAGES, PRINTERS, SOURCES, sources_of
from pressroom.commands.signing.release_log import next_release, write_log
from pressroom.commands.signing.verdicts import Verdicts, open_verdicts, write_released_desk
from pressroom.diagnostics import Diagnostic
from pressroom.fingerprint import content_hash
from pressroom.layout import Product
from pressroom.postpress.printer_shift import Printer, for_printer
from pressroom.project.atomic import write_atomic
from pressroom.publish import PieceRecord, Store
from pressroom.publish.lock import hold
from pressroom.publish.store import published_bytes
from pressroom.workspace.workspace import Workspace


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
    workspace: Workspace, released: Iterable[PieceRecord], store: Store, desk: DeskPrinter
) -> PrinterCopies | Diagnostic:
    """Write the PDFs of a release that was just made into `printers/NAME/released`, with a desk page beside them.

    Raises:
        OSError: the log or the folder can't be written.
    """
    return hold(store.root, lambda: _correct(workspace, tuple(released), store, desk))


def _correct(workspace: Workspace, released: tuple[PieceRecord, ...], store: Store, desk: DeskPrinter) -> PrinterCopies:
    verdicts = open_verdicts(workspace, desk.today, released)
    log = verdicts.evidence.records.releases
    made = list(_made(verdicts, workspace.products().value, released, store, desk))
    known = {row.facts for release in log for row in release.pieces}
    rows = [row for row, _ in made if row.facts not in known]
    root = store.root / PRINTERS / desk.name
    sources = sources_of(root)
    path = write_log(workspace, next_release(log, desk.today, desk.by, rows))
    files = tuple(_write(root / store.channel / row.path, data) for row, data in made)
    came_from = {piece.path: piece.sha256 for piece in released}
    sources |= {row.path: came_from[row.path] for row, _ in made}
    _write(root / SOURCES, json.dumps(sources, indent=1, sort_keys=True).encode())
    write_released_desk(workspace, store, desk.today)
    return PrinterCopies(files, path, root / PAGES[store.channel])


def _made(
    verdicts: Verdicts,
    products: Mapping[str, Product],
    released: Iterable[PieceRecord],
    store: Store,
    desk: DeskPrinter,
) -> Iterator[tuple[Released, bytes]]:
    """The corrected files of what may be handed out; a print shop's files and web pages are not for a printer."""
    for piece in released:
        product = products.get(piece.product)
        if product is None or product.inks or piece.kind != "pdf":
            continue
        entry = verdicts.entry_of(piece)
        if entry is not None and verdicts.on_file(piece, store.current).may_be_offered:
            corrected = for_printer(published_bytes(store.current, piece.path), desk.profile, product.edge)
            facts = replace(entry[1].facts, sha256=content_hash(corrected))
            yield replace(entry[1], facts=facts, sheet=desk.name), corrected


def _write(path: Path, data: bytes) -> Path:
    write_atomic(path, data)
    return path
