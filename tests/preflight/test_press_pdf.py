from __future__ import annotations

import io

import pikepdf
import pytest

from pressroom.diagnostics import Span
from pressroom.preflight.page_content import read_content
from pressroom.preflight.press_bleed import cut_short
from pressroom.preflight.press_pdf import check_press, read_press

GROUND = "0 0 0 1 k 11 11 178 178 re f"


def press_pdf(content: str, *, bleed: float = 9, start: float = 0) -> bytes:
    """A page of 160 pt with 20 pt of paper around it."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(200, 200))
        page.obj.MediaBox = pikepdf.Array([start, start, 200, 200])
        page.obj.TrimBox = pikepdf.Array([20, 20, 180, 180])
        page.obj.BleedBox = pikepdf.Array([20 - bleed, 20 - bleed, 180 + bleed, 180 + bleed])
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.obj.Contents = document.make_stream(content.encode())
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def said(pdf: bytes) -> str:
    """What is wrong with a press file."""
    press = read_press(pdf)
    assert press is not None
    cut = cut_short(pdf, press.trims, press.bleeds)
    return "; ".join(d.message for d in check_press(press, read_content(pdf), cut, Span("a.pdf")))


def text(size: float, colour: str = "0 0 0 0 k") -> str:
    """A word of this size and colour."""
    return f"BT {colour} /F {size} Tf 40 100 Td (Hello) Tj ET"


def test_in_order() -> None:
    """Black text, a light word of 8 pt on black and a rule of a quarter of a point are in order."""
    assert said(press_pdf(f"{GROUND} {text(8)} q 0.5 0 0 0.5 0 0 cm 0.5 w 0 0 m 9 9 l S Q")) == ""


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"{GROUND} {text(7)}", "light text on a dark ground is 7.0 pt"),
        (text(9, "1 0 0 rg"), "the operator rg is in RGB"),
        (text(9, "0.6 0.5 0.4 1 k"), "black text is on more plates"),
        ("0.9 0.9 0.9 0.5 k 0 0 9 9 re f", "320 % of ink, 280 % at most"),
        ("q 0.5 0 0 0.5 0 0 cm 0.4 w 0 0 m 9 9 l S Q", "a rule is 0.20 pt"),
    ],
)
def test_refused(content: str, expected: str) -> None:
    """What a press can't print, or would print on plates it should not, is told with its measure."""
    assert expected in said(press_pdf(content))


def test_boxes() -> None:
    """Too little bleed, and paper that does not begin at its corner, are told."""
    assert "a bleed of 1.76 mm, not 3" in said(press_pdf(GROUND, bleed=5))
    assert "does not begin at 0, 0" in said(press_pdf(GROUND, start=-2))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("20 40 100 60 re f", "page 1: at the left of the trim, 7 to 28 mm from its foot, something ends"),
        ("14 40 100 60 re f", "at the left of the trim"),
        ("11 40 100 60 re f", ""),
        ("21 40 100 60 re f", "at the left of the trim"),
        ("24 40 100 60 re f", ""),
        ("90 40 90 60 re f", "at the right of the trim"),
        ("90 40 99 60 re f", ""),
        # A part of it bleeds.
        ("20 40 100 60 re 11 40 20 30 re f", "at the left of the trim"),
        # A line that is aslant, and one that is on the trim.
        ("5 95 m 60 110 l S", ""),
        ("20 20 m 20 180 l S", "at the left of the trim"),
        # White is paper.
        ("0 0 0 0 k 20 40 100 60 re f", ""),
        ("40 20 60 20 re f", "at the foot of the trim, 7 to 28 mm from its left edge"),
        ("40 11 60 20 re 100 170 30 30 re f", ""),
        ("40 160 60 20 re f", "at the head of the trim"),
    ],
)
def test_bleeds(content: str, expected: str) -> None:
    """What touches the trim and does not run to the end of the bleed is told, with its edge and its place there."""
    found = said(press_pdf(content))
    assert expected in found
    assert bool(found) == bool(expected)


def test_marks_of_a_proof() -> None:
    """What no press prints may end at the trim."""
    pdf = press_pdf("20 168 160 12 re f")
    press = read_press(pdf)
    assert press is not None
    assert list(cut_short(pdf, press.trims, press.bleeds))
    assert not list(cut_short(pdf, press.trims, press.bleeds, [(0, (20, 168, 180, 180))]))


def test_an_office_file_is_none() -> None:
    """A file whose trim is its paper is no press file."""
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        out = io.BytesIO()
        document.save(out)
    assert read_press(out.getvalue()) is None
