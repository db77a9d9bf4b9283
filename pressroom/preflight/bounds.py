"""Looks at a PDF from outside before it is drawn: what would take all memory or never end is refused here.

PDFium draws a form that draws itself until the memory is full, and takes 4 bytes for each of a page's pixels.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pikepdf

from pressroom.border import BorderError
from pressroom.preflight.drawn_parts import Calls, DrawnParts, Number, appearances, calls_of
from pressroom.preflight.facts import as_table, box_of, size_of

_PAGES: Final = 2_000
# A0 has 8 million square points; each is 4 pixels, and each pixel 4 bytes.
_AREA: Final = 10_000_000.0
_PARTS: Final = 20_000
_NOTES: Final = 5_000
# Traced maps have 20 MB of lines.
_CONTENT: Final = 50_000_000
_UNPACKED: Final = 100_000_000


def limit_reader() -> None:
    """Let qpdf unpack no more of a stream than any page has; for the whole process, so for workers alone."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=_UNPACKED, png_max_memory=_UNPACKED, run_length_max_memory=_UNPACKED, tiff_max_memory=_UNPACKED
    )


def refuse_unbounded(document: pikepdf.Pdf) -> None:
    """Raise a BorderError if the pages can't be drawn within the limits; the reason has the page and its measures."""
    if len(document.pages) > _PAGES:
        raise BorderError(f"it has {len(document.pages)} pages; the limit is {_PAGES}")
    calls: dict[Number, Calls] = {}
    for number, page in enumerate(document.pages, start=1):
        box = box_of(page.mediabox)
        if not 0 < (box[2] - box[0]) * (box[3] - box[1]) <= _AREA:
            raise BorderError(f"page {number} is {size_of(box)}; A0, 841 × 1189 mm, is about the limit")
        notes = page.obj.get("/Annots")
        if isinstance(notes, pikepdf.Array) and len(notes) > _NOTES:
            raise BorderError(f"page {number} has {len(notes):,} annotations; the limit is {_NOTES:,}")
        resources = as_table(page.obj.get("/Resources", page.resources))
        parts = DrawnParts(resources, _bytes_of, calls)
        drawn = parts.count(calls_of(_contents(page)), resources)
        drawn += sum(parts.total(shown, resources) for shown in appearances(as_table(page.obj)))
        if drawn > _PARTS:
            raise BorderError(f"page {number} draws its forms {drawn:,} times; the limit is {_PARTS:,}")


@contextmanager
def upright(pdf: bytes) -> Iterator[tuple[pikepdf.Pdf, bytes]]:
    """The same file with each page that is turned (/Rotate) drawn as it is shown: open, and its bytes.

    Raises:
        BorderError: it can't be drawn within the limits.
        pikepdf.PdfError: it can't be read.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        refuse_unbounded(document)
        turned = [page for page in document.pages if page.rotation % 360]
        for page in turned:
            page.flatten_rotation()
        shown = _saved(document) if turned else as_checked(document, pdf)
        if shown is pdf:
            yield document, pdf
            return
    with pikepdf.open(io.BytesIO(shown)) as document:
        yield document, shown


def as_checked(document: pikepdf.Pdf, pdf: bytes) -> bytes:
    """The bytes that another reader may have: of a file that qpdf repaired while it was checked, what qpdf made of it.

    PDFium would repair it in its own way, and find what was not counted.
    """
    return _saved(document) if document.get_warnings() else pdf


def _saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _contents(page: pikepdf.Page) -> bytes:
    contents: Any = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(_bytes_of(stream) for stream in streams if isinstance(stream, pikepdf.Stream))


def _bytes_of(stream: Any) -> bytes:  # noqa: ANN401
    content: bytes = stream.read_bytes()
    if len(content) > _CONTENT:
        raise BorderError(f"a stream in it unpacks to more than {_CONTENT / 1e6:.0f} MB")
    return content
