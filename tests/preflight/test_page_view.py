"""The pictures of a page that its text is looked at in."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from pressroom.preflight.page_view import Raster, Rectangle, hidden

BARS = b"0.2 0.4 0.6 rg 20.3 15.2 30.4 50.1 re f 0.9 0 0 rg 10 40 m 60 80.5 l 90 33.3 l f"


def page_of(width: float, height: float) -> pypdfium2.PdfPage:
    """A page with a bar and a triangle."""
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(width, height)).Contents = pdf.make_stream(BARS)
    pdf.save(out)
    return pypdfium2.PdfDocument(out.getvalue())[0]


@pytest.mark.parametrize("size", [(100, 90), (241.89, 155.91)])
@pytest.mark.parametrize("part", [None, (15.0, 20.0, 70.0, 75.0)])
def test_a_box_drawn_again_has_the_same_pixels(size: tuple[float, float], part: Rectangle | None) -> None:
    """What did not change is drawn as before, on pages of whole and of other points, and in a part of one."""
    page = page_of(*size)
    shown = Raster.of(page, part)
    for box in (page.get_bbox(), (18.0, 30.0, 52.7, 60.3), (-50.0, -50.0, 30.0, 30.0), (500.0, 500.0, 600.0, 600.0)):
        assert shown.again(page, box) == shown


def test_a_box_drawn_again_is_as_the_page_is_now() -> None:
    """What is hidden is gone from the box, and stays around it."""
    page = page_of(100, 90)
    shown = Raster.of(page)
    with hidden(page.get_objects()):
        bare = shown.again(page, (20.0, 15.0, 51.0, 40.0))
    assert {bytes(row) for row in bare.rows((25.0, 18.0, 45.0, 38.0))} == {b"\xff\xff\xff\xff" * 40}
    assert bare.rows((0.0, 45.0, 100.0, 90.0)) == shown.rows((0.0, 45.0, 100.0, 90.0))
    assert bare.rows((52.0, 0.0, 100.0, 90.0)) == shown.rows((52.0, 0.0, 100.0, 90.0))
    assert bare != shown
