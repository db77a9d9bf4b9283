"""Files of a release, corrected for the printer on the desk.

A corrected file is another file than the one released. It is logged before it is written, so that `verify` knows it
and a recall names it, and it goes when the release that it was made from goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pressroom.commands.building.desk_page import PAGES, PRINTERS, SOURCES, sources_of
from pressroom.commands.building.printers import corrected
from pressroom.commands.signing.release_log import next_release, write_log
from pressroom.commands.signing.verdicts import open_verdicts, write_released_desk
from pressroom.diagnostics import Diagnostic
from pressroom.fingerprint import content_hash
from pressroom.postpress.printer import Printer
from pressroom.project.atomic import write_atomic
from pressroom.publish import PieceRecord, Store
from pressroom.publish.lock import hold
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
    log, root = verdicts.evidence.records.releases, store.root / PRINTERS / desk.name
    offered = [piece for piece in released if verdicts.on_file(piece, store.current).may_be_offered]
    made = [
        (piece, entry[1], data)
        for piece, data in corrected(workspace, offered, store.current, desk.profile)
        if (entry := verdicts.entry_of(piece)) is not None
    ]
    rows = [replace(row, facts=replace(row.facts, sha256=content_hash(data)), sheet=desk.name) for _, row, data in made]
    sources = sources_of(root) | {piece.path: piece.sha256 for piece, _, _ in made}
    known = {row.facts for release in log for row in release.pieces}
    logged = write_log(workspace, next_release(log, desk.today, desk.by, [r for r in rows if r.facts not in known]))
    files = {piece.path: root / store.channel / piece.path for piece, _, _ in made}
    for piece, _, data in made:
        write_atomic(files[piece.path], data)
    write_atomic(root / SOURCES, json.dumps(sources, indent=1, sort_keys=True).encode())
    write_released_desk(workspace, store, desk.today)
    return PrinterCopies(tuple(files.values()), logged, root / PAGES[store.channel])
