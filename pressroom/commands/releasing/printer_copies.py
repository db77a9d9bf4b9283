"""Files of a release, corrected for the printer on the desk.

A corrected file differs from the released one. It is logged before it is written, so that `verify` knows it and a
recall names it. It is removed when the release that it was made from is removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pressroom.commands.building.desk_page import PAGES, PRINTERS, SOURCES, sources_of
from pressroom.commands.building.printers import corrected
from pressroom.commands.releasing.release_log import log_copies
from pressroom.commands.signing.desk import write_released_desk
from pressroom.commands.signing.signer import Signer
from pressroom.commands.signing.verdicts import open_verdicts
from pressroom.diagnostics import Diagnostic, DiagnosticError
from pressroom.fingerprint import content_hash
from pressroom.postpress.printer import Printer
from pressroom.project.atomic import write_atomic
from pressroom.publish import PieceRecord, Store
from pressroom.publish.lock import hold
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PrinterCopies:
    """The files for a printer, the log's new file (empty if all were logged before), and the desk page."""

    files: tuple[Path, ...]
    log: str
    page: Path


@dataclass(frozen=True, slots=True)
class DeskPrinter:
    """A printer's name and profile, and who ordered its files on which day."""

    name: str
    profile: Printer
    by: Signer
    today: date


def correct_released(
    workspace: Workspace, released: Iterable[PieceRecord], store: Store, desk: DeskPrinter
) -> PrinterCopies | Diagnostic:
    """Write the PDFs of a release that was just made into `printers/NAME/released`, with a desk page beside them.

    Nothing is written or logged if the correction moves words of one of them off the paper.
    """
    try:
        return hold(store.root, lambda: _correct(workspace, tuple(released), store, desk))
    except DiagnosticError as error:
        return error.problem


def _correct(workspace: Workspace, released: tuple[PieceRecord, ...], store: Store, desk: DeskPrinter) -> PrinterCopies:
    verdicts = open_verdicts(workspace, desk.today, released)
    root = store.root / PRINTERS / desk.name
    offered = [piece for piece in released if verdicts.on_file(piece, store.current).may("be_offered")]
    made = [
        (piece, entry[1], data)
        for piece, data in corrected(workspace, offered, store.current, desk.name, desk.profile)
        if (entry := verdicts.entry_of(piece)) is not None
    ]
    rows = [
        replace(
            row,
            facts=replace(row.facts, sha256=content_hash(data)),
            sheet=desk.name,
            written=workspace.relative((root / store.channel / piece.path).resolve()),
        )
        for piece, row, data in made
    ]
    sources = sources_of(root) | {piece.path: piece.sha256 for piece, _, _ in made}
    logged = log_copies(workspace, rows, desk.by, desk.today)
    files = {piece.path: root / store.channel / piece.path for piece, _, _ in made}
    for piece, _, data in made:
        write_atomic(files[piece.path], data)
    write_atomic(root / SOURCES, json.dumps(sources, indent=1, sort_keys=True).encode())
    write_released_desk(workspace, store, desk.today)
    return PrinterCopies(tuple(files.values()), logged, root / PAGES[store.channel])
