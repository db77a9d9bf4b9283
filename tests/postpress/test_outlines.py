from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from pressroom.postpress.note import outlines


def test_a_line_without_a_font() -> None:
    """A line is drawn as wide as it says, in black, and no text and no font are in the page."""
    width, drawn = outlines("Front 100 %", 20)
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(200, 50))
        page.obj.Contents = document.make_stream(b"1 0 0 1 10 20 cm " + drawn)
        out = io.BytesIO()
        document.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as read:
        picture = read[0].render(scale=2).to_pil().convert("L").point(lambda value: 255 if value < 128 else 0)
        left, top, right, bottom = picture.getbbox() or (0, 0, 0, 0)
        assert read[0].get_textpage().count_chars() == 0
    # The first letter has room before it, the last after it.
    assert (left / 2, right / 2) == (pytest.approx(10, abs=2.5), pytest.approx(10 + width, abs=2.5))
    assert bottom - top == pytest.approx(2 * 20 * 0.73, abs=3)
