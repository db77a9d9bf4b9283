"""Writes pictures of an edition's pages, one set a locale, beside the edition."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pressroom.postpress.page_images import page_images
from pressroom.project.atomic import write_atomic
from pressroom.publish import PieceRecord
from pressroom.publish.store import published_bytes

_DPI: Final = 150


def write_previews(pieces: Iterable[PieceRecord], generation: Path, output: Path) -> list[Path]:
    """Write `previews/<locale>/<document>.<product>-<page>.png`, of the first clinic's piece of each; what was written.

    Raises:
        OSError: the folder can't be written.
    """
    written: list[Path] = []
    seen: set[tuple[str, str, str]] = set()
    for piece in pieces:
        what = piece.locale, piece.document, piece.product
        if piece.kind != "pdf" or what in seen:
            continue
        seen.add(what)
        folder = output / "previews" / piece.locale
        folder.mkdir(parents=True, exist_ok=True)
        # What marks a proof in the PDF's name marks it here.
        mark = ".PROOF" if ".PROOF." in piece.path else ""
        # Compressed lightly: they are looked at, not kept.
        pictures = page_images(published_bytes(generation, piece.path), _DPI, optimize=False)
        for number, (picture, _) in enumerate(pictures, start=1):
            path = folder / f"{piece.document}.{piece.product}{mark}-{number}.png"
            write_atomic(path, picture)
            written.append(path)
    return written
