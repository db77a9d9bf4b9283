"""The printers in the settings, and files corrected for one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.drawing.imposed import check_imposed
from pressroom.layout import Product
from pressroom.layout.products import FLIPS
from pressroom.nearest import suggestion
from pressroom.planning.named import UsageError
from pressroom.postpress.printer import Printer, for_printer, moves
from pressroom.postpress.printer_margins import moved_too_far
from pressroom.project.atomic import write_atomic
from pressroom.publish import PieceRecord
from pressroom.publish.store import published_bytes
from pressroom.units import ZERO, Length, mm
from pressroom.workspace.workspace import Workspace

# A printer with a larger error is set to the wrong paper.
_SCALES: Final = (0.9, 1.1)
_FARTHEST_MM: Final = 20


def find_printer(workspace: Workspace, name: str) -> Printer:
    """The printer of this name in the project's settings; one that corrects nothing if no name is given.

    Raises:
        UsageError: there is no such printer, or its numbers can't be used.
    """
    if not name:
        return Printer()
    printers = workspace.project.printers
    if name not in printers:
        hint = suggestion(name, printers) if printers else "there are none; see docs/how-to/print-at-the-desk.md"
        raise UsageError(f"no printer is called {name!r}", hint)
    table = printers[name]
    try:
        scale = float(table.get("scale", 1.0))
        if set(table) - {"front", "back", "scale", "flip"} or not _SCALES[0] <= scale <= _SCALES[1]:
            raise ValueError("no printer is so far off")
        return Printer(_offset(table, "front"), _offset(table, "back"), scale, FLIPS[table.get("flip", "")])
    except (KeyError, TypeError, ValueError):
        hint = 'write front = [1.0, -0.5], back = [0.0, 0.0] in millimetres, scale = 1.0, flip = "short-edge"'
        raise UsageError(f"the printer {name!r} has numbers that can't be used", hint) from None


def corrected(
    workspace: Workspace, pieces: Iterable[PieceRecord], edition: Path, name: str, printer: Printer
) -> list[tuple[PieceRecord, bytes]]:
    """Each piece's file, corrected for the printer. A print shop's files and web pages are left out.

    Raises:
        DiagnosticError: the correction moves something off the paper, one reason for each piece; or it changes what is
            drawn.
    """
    products = workspace.products().value
    made: list[tuple[PieceRecord, bytes]] = []
    problems: list[Diagnostic] = []
    for piece in pieces:
        product = products.get(piece.product)
        if piece.kind == "pdf" and product is not None and not product.inks:
            before = published_bytes(edition, piece.path)
            made.append((piece, for_printer(before, printer, product.edge)))
            moved, matrices = moves(before, printer, product.edge)
            check_imposed(made[-1][1], [moved], matrices, piece.path, trimmed=False)
            problems += cut_by_printer(workspace, product, (before, made[-1][1]), piece.path, name)
    if problems:
        raise DiagnosticError(*problems)
    return made


def cut_by_printer(
    workspace: Workspace, product: Product, files: tuple[bytes, bytes], path: str, printer: str
) -> Iterator[Diagnostic]:
    """What a file loses when it is corrected for a printer; `files` are its bytes before and after."""
    layout = workspace.layout(product.layout)
    safe = ZERO if isinstance(layout, Diagnostic) else layout.safe
    # The marks of a proof are at the paper's edge, and no release has them.
    beyond = moved_too_far(*files, safe, words_only=path.endswith(".PROOF.pdf"))
    if beyond is not None:
        hint = f"correct [tool.pressroom.printers.{printer}] in pyproject.toml, or choose a sheet with wider margins"
        yield diagnostic("printer-cut", Span(path), f"for {printer}, {beyond}", hint)


def write_for_printer(
    workspace: Workspace, pieces: Iterable[PieceRecord], edition: Path, folder: Path, printer: Printer
) -> list[Path]:
    """Write the corrected files to their paths in the folder, which has the printer's name; returns these paths.

    Raises:
        DiagnosticError: the correction moves something off the paper; nothing is written.
    """
    written = []
    for piece, data in corrected(workspace, pieces, edition, folder.name, printer):
        written.append(folder / piece.path)
        write_atomic(written[-1], data)
    return written


def _offset(table: dict[str, Any], key: str) -> tuple[Length, Length]:
    right, down = table.get(key, (0, 0))
    if max(abs(float(right)), abs(float(down))) > _FARTHEST_MM:
        raise ValueError("more than any printer is off")
    return (mm(float(right)), mm(float(down))) if (right or down) else (ZERO, ZERO)
