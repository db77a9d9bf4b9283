"""What the engine takes for true of pypdfium2, pikepdf and fontTools."""

from __future__ import annotations

import ctypes
import io

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from fontTools.ttLib import TTFont

from pressroom.language import families
from pressroom.language.fonts import font_file
from tests.upstream.assumption import assumed_of

CONTENT = b"BT /F 20 Tf 1 0 0 rg 30 50 Td (AB) Tj ET"


@pytest.fixture
def pdf() -> bytes:
    """A page of 200 × 100 points with two red letters at 30, 50."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 100))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = document.make_stream(CONTENT)
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


@assumed_of("pypdfium2", "render/measure.py", "preflight/placement.py")
def test_boxes_of_letters_are_in_points_from_the_foot(pdf: bytes) -> None:
    """`get_charbox` is left, bottom, right, top in points from the lower left corner, by number of letter."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        assert (text.count_chars(), text.get_text_range(), document[0].get_height()) == (2, "AB", 100)
        left, bottom, right, top = text.get_charbox(0)
    assert 29 < left < right < 45
    assert 49 < bottom < top < 66


@assumed_of("pypdfium2", "render/measure.py", "preflight/seen.py")
def test_a_letter_has_its_colour(pdf: bytes) -> None:
    """`FPDFText_GetFillColor` writes red, green, blue and alpha of a letter, each up to 255."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        colours = [ctypes.c_uint() for _ in range(4)]
        assert pdfium.FPDFText_GetFillColor(text, 0, *colours)
    assert [colour.value for colour in colours] == [255, 0, 0, 255]


@assumed_of("pypdfium2", "preflight/placement.py", "preflight/seen.py")
def test_objects_can_be_switched_off(pdf: bytes) -> None:
    """A page's text is an object that `FPDFPageObj_SetIsActive` takes off the picture of the page."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        before = bytes(page.render(scale=1).buffer)
        (text,) = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
        assert pdfium.FPDFPageObj_SetIsActive(text, False)
        after = bytes(page.render(scale=1).buffer)
    assert before != after
    assert len(set(after)) == 1


@assumed_of("pypdfium2", "publish/file_identity.py", "preflight/bounds.py")
def test_what_is_no_pdf_is_an_error() -> None:
    """Bytes that are no PDF raise PdfiumError, never anything else."""
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(b"%PDF-1.7\nnothing")


@assumed_of("pikepdf", "render/tags/finish.py", "postpress/press_pdf.py")
def test_saving_twice_gives_the_same_bytes(pdf: bytes) -> None:
    """With `deterministic_id` the identifier depends on the content, and no date is written."""
    saved = []
    for _ in range(2):
        with pikepdf.open(io.BytesIO(pdf)) as document:
            out = io.BytesIO()
            mode = pikepdf.ObjectStreamMode.generate
            document.save(out, deterministic_id=True, object_stream_mode=mode, recompress_flate=False)
            saved.append(out.getvalue())
    assert saved[0] == saved[1]


@assumed_of("pikepdf", "drawing/content.py", "drawing/read.py")
def test_a_content_stream_is_operands_and_operators(pdf: bytes) -> None:
    """`parse_content_stream` gives every operator in order with its operands; what it does not know as well."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        page.Contents = document.make_stream(CONTENT + b" 1 2 strange")
        parsed = [([*operands], str(operator)) for operands, operator in pikepdf.parse_content_stream(page)]
    assert [operator for _, operator in parsed] == ["BT", "Tf", "rg", "Td", "Tj", "ET", "strange"]
    assert bytes(parsed[4][0][0]) == b"AB"
    assert parsed[6][0] == [1, 2]


@assumed_of("pikepdf", "publish/file_identity.py", "preflight/check.py")
def test_a_password_is_its_own_error(pdf: bytes) -> None:
    """A file that is locked raises PasswordError, which is no PdfError; what is no PDF raises a PdfError."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(out.getvalue()))
    assert not issubclass(pikepdf.PasswordError, pikepdf.PdfError)
    with pytest.raises(pikepdf.PdfError):
        pikepdf.open(io.BytesIO(b"nothing"))


@assumed_of("fonttools", "drawing/outlines.py", "render/own_fonts.py", "postpress/note.py")
def test_a_font_has_its_outlines_and_its_letters() -> None:
    """`getBestCmap` maps characters to glyphs, and a glyph of `glyf` has coordinates, ends of contours and flags."""
    (family,) = families(["Noto Sans"])
    with TTFont(font_file(family.faces[0]), lazy=True) as font:
        glyph = font["glyf"][font.getBestCmap()[ord("I")]]
        coordinates, ends, flags = glyph.getCoordinates(font["glyf"])
        assert len(coordinates) == len(flags) == ends[-1] + 1
        assert font["head"].unitsPerEm == 1000
