"""Writes pictures of an edition's pages beside the edition, one set for each locale."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pressroom.preflight.page_content import page_images
from pressroom.project.atomic import write_atomic
from pressroom.publish import PieceRecord
from pressroom.publish.store import published_bytes

_DPI: Final = 150


def write_previews(pieces: Iterable[PieceRecord], edition: Path, output: Path) -> list[Path]:
    """Write `previews/<locale>/<document>.<product>-<page>.png` of the first clinic's pieces; returns the paths."""
    first: dict[tuple[str, str, str], PieceRecord] = {}
    for piece in pieces:
        if piece.kind == "pdf":
            first.setdefault((piece.locale, piece.document, piece.product), piece)
    written: list[Path] = []
    for (locale, document, product), piece in first.items():
        mark = ".PROOF" if ".PROOF." in piece.path else ""
        # Light compression: previews are looked at, not kept.
        pictures = page_images(published_bytes(edition, piece.path), _DPI, optimize=False)
        for number, (picture, _) in enumerate(pictures, start=1):
            written.append(output / "previews" / locale / f"{document}.{product}{mark}-{number}.png")
            write_atomic(written[-1], picture)
    return written
