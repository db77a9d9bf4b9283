"""Small pictures of pages."""

from __future__ import annotations

import io

import pikepdf
from PIL import Image

from pressroom.postpress.thumbnails import thumbnails


def pdf(*sizes: tuple[float, float]) -> bytes:
    """A PDF with blank pages of these sizes in points."""
    with pikepdf.new() as document:
        for size in sizes:
            document.add_blank_page(page_size=size)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def test_the_first_two_pages() -> None:
    """Front and back are drawn, small enough for a page that lists many, in the page's proportions."""
    drawn = thumbnails(pdf((612, 792), (242.6, 153), (612, 792)))
    assert [(one.width, one.height) for one in drawn] == [(433, 560), (440, 277)]
    for one in drawn:
        assert Image.open(io.BytesIO(one.png)).size == (one.width, one.height)
        assert len(one.png) < 30_000


def test_what_is_no_pdf_has_no_picture() -> None:
    """A file that can't be drawn has none."""
    assert thumbnails(b"no PDF") == ()
