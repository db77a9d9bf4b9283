"""Previews of an edition: its pieces go in, pictures of their pages, one set a locale, come out beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pressroom.postpress.preview import previews
from pressroom.publish import PieceRecord


def write_previews(pieces: Iterable[PieceRecord], generation: Path, output: Path) -> list[Path]:
    """Write `previews/<locale>/<document>.<product>-<page>.png`, of the first clinic's piece of each; what was written.

    Raises:
        OSError: the folder can't be written.
    """
    written: list[Path] = []
    seen: set[tuple[str, str, str]] = set()
    for piece in pieces:
        what = piece.locale, piece.document, piece.product
        if not piece.path.endswith(".pdf") or what in seen:
            continue
        seen.add(what)
        folder = output / "previews" / piece.locale
        folder.mkdir(parents=True, exist_ok=True)
        # What marks a proof in the PDF's name marks it here.
        mark = ".PROOF" if ".PROOF." in piece.path else ""
        for number, picture in enumerate(previews((generation / piece.path).read_bytes()), start=1):
            path = folder / f"{piece.document}.{piece.product}{mark}-{number}.png"
            path.write_bytes(picture)
            written.append(path)
    return written
