"""Files for one printer: a generation's pieces go in, the same corrected for it come out beside the edition."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pressroom.postpress.printer_shift import Printer, for_printer
from pressroom.project.atomic import write_atomic
from pressroom.publish import PieceRecord
from pressroom.publish.store import published_bytes
from pressroom.workspace.workspace import Workspace


def write_for_printer(
    workspace: Workspace, pieces: Iterable[PieceRecord], generation: Path, folder: Path, printer: Printer
) -> list[Path]:
    """Write each PDF for the printer on the desk into the folder, as it stands in its edition; what was written.

    A print shop's files and pages for a screen are not among them.

    Raises:
        OSError: the folder can't be written.
    """
    products, written = workspace.products().value, []
    for piece in pieces:
        product = products.get(piece.product)
        if piece.kind != "pdf" or product is None or product.inks:
            continue
        path = folder / piece.path
        data = published_bytes(generation, piece.path)
        write_atomic(path, for_printer(data, printer, product.edge))
        written.append(path)
    return written
