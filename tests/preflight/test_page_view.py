"""The pictures of a page that its text is looked at in."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from pressroom.preflight.page_view import Raster, columns, hidden

BARS = b"0.2 0.4 0.6 rg 20.3 15.2 30.4 50.1 re f 0.9 0 0 rg 10 40 m 60 80.5 l 90 33.3 l f"


def page_of(width: float, height: float) -> pypdfium2.PdfPage:
    """A page with a bar and a triangle."""
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(width, height)).Contents = pdf.make_stream(BARS)
    pdf.save(out)
    return pypdfium2.PdfDocument(out.getvalue())[0]


@pytest.mark.parametrize("size", [(100, 90), (241.89, 155.91)])
def test_boxes_drawn_alone_are_as_on_the_page(size: tuple[float, float]) -> None:
    """A box is drawn alone as on the page, of whole and of other points; a smoothed edge by one shade darker or not."""
    page = page_of(*size)
    shown = Raster.of(page)
    boxes = [(18.0, 30.0, 47.7, 60.3), (55.0, 33.0, 71.0, 50.0), (-50.0, -50.0, 30.0, 20.0)]
    some = Raster.of(page, [*boxes, (500.0, 500.0, 600.0, 600.0)])
    for box in boxes:
        pairs = zip(b"".join(some.rows(box)), b"".join(shown.rows(box)), strict=True)
        assert max(abs(one - other) for one, other in pairs) <= 1


def test_a_part_of_the_boxes_has_the_same_pixels() -> None:
    """A box looks exactly the same whether other boxes are drawn or not, so pictures of one page can be compared."""
    page = page_of(241.89, 155.91)
    box, other = (18.0, 30.0, 47.7, 60.3), (55.0, 33.0, 71.0, 50.0)
    assert not Raster.of(page, [box, other]).differs(Raster.of(page, [box]), box)


def test_what_is_not_drawn_looks_otherwise_than_paper() -> None:
    """Pixels around the boxes are zero, which no paper is: a letter that was not looked at never looks seen."""
    page = page_of(100, 90)
    some = Raster.of(page, [(18.0, 30.0, 52.0, 60.0)])
    assert set(some.rows((60.0, 5.0, 90.0, 85.0))[0]) == {0}
    assert some.differs(Raster.of(page), (60.0, 5.0, 90.0, 85.0))


def test_a_box_is_as_the_page_is_now() -> None:
    """What is hidden is gone from a box that is drawn afterwards."""
    page = page_of(100, 90)
    with hidden(page.get_objects()):
        bare = Raster.of(page, [(20.0, 15.0, 51.0, 40.0)])
    assert {bytes(row) for row in bare.rows((25.0, 18.0, 45.0, 38.0))} == {b"\xff\xff\xff\xff" * 40}


def test_columns_leave_out_what_is_between_them() -> None:
    """Boxes that are near are drawn together; the gutter of a fold and a picture between two texts are not drawn."""
    left, below, right, far = (10, 50, 60, 60), (12, 38, 40, 46), (90, 10, 150, 20), (95, 80, 120, 90)
    assert columns([far, left, right, below]) == [(7, 35, 63, 63), (87, 7, 153, 23), (92, 77, 123, 93)]


def test_a_page_without_area_is_refused() -> None:
    """A page whose box is beside its paper can't be drawn, also where nothing of it is looked at."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 400))
    pdf.pages[0].obj.CropBox = pikepdf.Array([500, 500, 900, 900])
    out = io.BytesIO()
    pdf.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as document, pytest.raises(pypdfium2.PdfiumError):
        Raster.of(document[0], [])
