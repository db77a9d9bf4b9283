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
    assert [(one.width, one.height) for one in drawn] == [(433, 560), (440, 278)]
    for one in drawn:
        assert Image.open(io.BytesIO(one.png)).size == (one.width, one.height)
        assert len(one.png) < 30_000


def test_colours_are_those_of_the_page() -> None:
    """Paper is white and a flat colour is itself, beside shades of many greys."""
    greys = "".join(f"{n / 255} g {n} 0 1 20 re f " for n in range(256))
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(300, 300))
        page.contents_add(document.make_stream(f"0.6510 0 0.0627 rg 0 100 300 100 re f {greys}".encode()))
        out = io.BytesIO()
        document.save(out)
    picture = Image.open(io.BytesIO(thumbnails(out.getvalue())[0].png)).convert("RGB")
    assert picture.getpixel((220, 20)) == (255, 255, 255)
    assert picture.getpixel((220, 220)) == (166, 0, 16)
    assert len(picture.getcolors() or ()) <= 32


def test_what_is_no_pdf_has_no_picture() -> None:
    """A file that can't be drawn has none."""
    assert thumbnails(b"no PDF") == ()
