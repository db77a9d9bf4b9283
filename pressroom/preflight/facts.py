"""What a PDF says of itself: bytes go in, pages, boxes, fonts, language and title come out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pikepdf

_SUBSET = re.compile(r"^/?[A-Z]{6}\+")
_FORBIDDEN: Final = ("/AcroForm", "/OpenAction", "/AA", "/Collection")


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one PDF. `boxes` are each page's trim as (left, bottom, right, top) in points.

    `fonts` are the PostScript names of the fonts in use without their subset tags; `unembedded` those whose
    program is not in the file; `active` whatever could act or hide (forms, actions, attachments).
    """

    pages: int
    boxes: tuple[tuple[float, float, float, float], ...]
    fonts: frozenset[str]
    unembedded: frozenset[str]
    language: str
    title: str
    tagged: bool
    active: tuple[str, ...]


def read_facts(pdf: bytes) -> Facts:
    """Read the facts.

    Raises:
        pikepdf.PdfError: this is not a PDF that can be read.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        fonts = list(_fonts(document))
        active = [name.lstrip("/") for name in _FORBIDDEN if name in root]
        active += ["attachment"] if document.attachments else []
        return Facts(
            pages=len(document.pages),
            boxes=tuple(_box(page) for page in document.pages),
            fonts=frozenset(name for name, _ in fonts),
            unembedded=frozenset(name for name, embedded in fonts if not embedded),
            language=str(root.get("/Lang", "")),
            title=str(document.docinfo.get("/Title", "")),
            tagged="/StructTreeRoot" in root,
            active=tuple(active),
        )


def _box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(value) for value in page.trimbox)
    return left, bottom, right, top


def _fonts(document: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    for item in document.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != pikepdf.Name.FontDescriptor:
            continue
        embedded = any(name in item for name in ("/FontFile", "/FontFile2", "/FontFile3"))
        yield _SUBSET.sub("", str(item.FontName)).lstrip("/"), embedded
