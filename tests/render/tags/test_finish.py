from __future__ import annotations

import io
import subprocess
import zlib
from shutil import which

import pikepdf
import pytest

from pressroom.diagnostics import Span
from pressroom.preflight.check import breaches, can_check
from pressroom.render.tags.finish import _saved, save
from pressroom.render.tags.model import Content, Element, Mark, rebuild
from pressroom.render.tags.tree import tidy_part


@pytest.mark.skipif(not can_check(), reason="the checker is not installed")
def test_a_page_with_everything_on_it_passes_both_profiles(page):
    """Lists, nested lists, links, pictures, tables and three scripts: the checker finds nothing in either profile."""
    assert breaches(page, Span("page.pdf")) == []


def test_lists_are_lists(tree):
    """A numbered item is a label and a body, a nested list stands in its item's body, drawn bullets have no label."""
    start = tree.index("  L Decimal")
    assert [line.split(" actualtext")[0] for line in tree[start : start + 9]] == [
        "  L Decimal",
        "    LI",
        "      Lbl",
        "      LBody",
        "        Span",
        "        L Disc",
        "          LI",
        "            LBody",
        "              Span",
    ]


def test_right_to_left_text_is_told_by_its_tag(tree):
    """Arabic stands in the tag in logical order, because readers turn it around in the content."""
    assert "    Span actualtext=رقعة الدم " in tree
    assert "        Span actualtext=أولاً" in tree


def test_foreign_passages_bear_their_language_once(tree):
    """A passage in another language bears it at the highest tag it fills, and the document's own is never repeated."""
    assert "    Span lang=th" in tree
    assert tree.count("  P lang=en") == 2
    assert not any("lang=ar" in line for line in tree)


def test_a_link_holds_its_own_active_area(tree, page):
    """`<a><b>` has one area a line, in its Link, which says where it leads."""
    link = tree.index("    Link")
    assert tree[link + 1] == "      (link)"
    with pikepdf.open(io.BytesIO(page)) as pdf:
        areas = list(pdf.pages[0].Annots)
    assert len(areas) == tree.count("    Link")
    assert {str(area.Contents) for area in areas} == {"https://clinic.invalid/"}
    assert all(int(area.F) & 4 for area in areas)


def test_header_cells_say_what_they_head(tree):
    """A head's cells head columns, a body's rows, and an empty cell keeps its place."""
    assert [line.strip() for line in tree if line.strip().startswith("T")] == [
        "Table", "THead", "TR", "TH Column", "TH Column", "TBody", "TR", "TH Row", "TD",
    ]  # fmt: skip


def test_a_picture_says_what_it_shows_and_where_it_stands(page, tree):
    """A figure has its alternative text and a box in points, inside the page."""
    assert "    Figure alt=A dot" in tree
    with pikepdf.open(io.BytesIO(page)) as pdf:
        figure = next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure")
        left, bottom, right, top = (float(value) for value in figure.A.BBox)
        height = float(pdf.pages[0].mediabox[3])
    assert right - left == pytest.approx(20, abs=0.05)
    assert top - bottom == pytest.approx(20, abs=0.05)
    assert 0 < bottom < top < height


def test_decoration_is_silent(page, tree):
    """What is `aria-hidden` stands in no tag, and in the page as an artifact."""
    assert tree[1] == "  H1"
    with pikepdf.open(io.BytesIO(page)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        assert content.count(b"/MCID") == sum(1 for owner in owners if isinstance(owner, pikepdf.Dictionary))


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
def test_words_at_the_end_of_a_line_stay_apart(page):
    """Extracted text has the space that a line broke at, and Thai comes out letter for letter."""
    run = subprocess.run(["pdftotext", "-raw", "-", "-"], input=page, capture_output=True, check=True)
    text = " ".join(run.stdout.decode().split())
    assert "words that stand on several lines our page" in text
    assert "ไทยน้ำตก" in text


def test_a_stream_that_ends_in_a_carriage_return_is_mended():
    """One compressed stream in 256 ends in CR; it is padded, and still holds what it held."""
    ending = next(b"%% %d" % n for n in range(10_000) if zlib.compress(b"%% %d" % n, 9).endswith(b"\r"))
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].Contents = pdf.make_stream(ending)
    data = save(pdf)
    assert b"\r\nendstream" not in data
    with pikepdf.open(io.BytesIO(data)) as again:
        assert again.pages[0].Contents.read_bytes() == ending


def test_the_same_page_gives_the_same_bytes(page_again, page):
    """A second engine writes the same file."""
    assert page_again == page


def test_a_bundle_that_ends_in_a_carriage_return_says_a_default_more():
    """One bundle of small objects in 256 ends in CR; with a default value in it, it does not, and stays a bundle."""

    def with_title(number: int) -> pikepdf.Pdf:
        pdf = pikepdf.new()
        pdf.add_blank_page()
        pdf.docinfo.Title = f"title {number}"
        return pdf

    bundled = pikepdf.ObjectStreamMode.generate
    number = next(n for n in range(10_000) if b"\r\nendstream" in _saved(with_title(n), bundled))
    data = save(with_title(number))
    assert b"\r\nendstream" not in data
    assert b"/ObjStm" in data
    with pikepdf.open(io.BytesIO(data)) as again:
        assert again.docinfo.Title == f"title {number}"


def test_a_tag_in_which_nothing_changes_is_not_made_again():
    """Of two tags beside each other only the one that changes is another one, and so is what they are in."""
    same, other = (Element("P", kids=(Content(0, number, Mark(text="words")),)) for number in range(2))
    around = Element("Sect", kids=(Element("Div", kids=(same, other)),))
    (changed,) = rebuild(around, lambda one: (Element("H1", kids=one.kids) if one is other else one,)).elements
    assert changed.elements[0] is same
    assert [one.role for one in changed.elements] == ["P", "H1"]
    assert tidy_part(same, "en") == tidy_part(Element("P", kids=same.kids), "en")
