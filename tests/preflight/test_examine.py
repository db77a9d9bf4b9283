from __future__ import annotations

import io
import json
from importlib import import_module
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from pikepdf import Array, Dictionary, Name

from pressroom.cli import main
from pressroom.diagnostics import Span
from pressroom.preflight.check import Expected, check_legibility, examine
from pressroom.preflight.page_content import read_content, read_parts

HERE = Span("card.pdf")


def sheet(content: bytes, **root: object) -> bytes:
    """A PDF of one page, 200 by 100 points, made by nobody in particular: Helvetica that is not in the file."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name.Helvetica,
        FontDescriptor=pdf.make_indirect(Dictionary(Type=Name.FontDescriptor, FontName=Name.Helvetica)),
    )
    dots = pdf.make_stream(bytes(3 * 16), Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4)
    dots.ColorSpace, dots.BitsPerComponent = Name.DeviceRGB, 8
    page.Resources = Dictionary(Font=Dictionary(F=font), XObject=Dictionary(I=dots))
    page.Contents = pdf.make_stream(content)
    for name, value in root.items():
        pdf.Root[f"/{name}"] = value
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def codes(pdf: bytes, expected: Expected | None = None) -> set[str]:
    """What is found, without the standards, which have a checker of their own."""
    found = examine(pdf, expected or Expected(), HERE).diagnostics
    return {d.code.removeprefix("preflight-") for d in found} - {"profile"}


def test_a_file_of_somebody_elses_is_told_all_it_lacks() -> None:
    """Of a bare PDF it is said that it has no language, no title, no tags, and a font that is not in it."""
    assert codes(sheet(b"BT /F 12 Tf 10 50 Td (words) Tj ET")) == {"language", "title", "tags", "font"}


def test_what_is_no_pdf_is_told_so() -> None:
    """Bytes that are no PDF give one finding, and nothing more is claimed of them."""
    (finding,) = examine(b"%PDF-1.7 and then nothing", Expected(), HERE).diagnostics
    assert finding.code == "preflight-unreadable"


def test_contrast_is_measured_against_what_the_words_stand_on() -> None:
    """Grey on white is found with its ratio, white on a dark band is not, and on a light band it is."""
    grey = read_content(sheet(b"0.6 g BT /F 12 Tf 10 50 Td (words) Tj ET"))
    (run,) = grey.runs
    assert (run.colour, run.paper) == ((153, 153, 153), (255, 255, 255))
    assert run.contrast == pytest.approx(2.85, abs=0.01)
    (finding,) = check_legibility(grey, HERE)
    assert finding.message.startswith("page 1: text of 12.0 pt in #999999 on #ffffff has a contrast of 2.8:1")
    band = b"0.2 0 0 rg 0 0 200 100 re f 1 g BT /F 12 Tf 10 50 Td (words) Tj ET"
    assert check_legibility(read_content(sheet(band)), HERE) == []
    assert [d.code for d in check_legibility(read_content(sheet(band.replace(b"0.2 0 0", b"1 0.7 0.7"))), HERE)] == [
        "preflight-contrast"
    ]


@pytest.mark.parametrize(
    ("drawn", "seen"),
    [
        (b"0 0 200 100 re 0.6 0 0 rg f 1 g BT /F 12 Tf 10 50 Td (words of a line) Tj ET", True),
        (b"0 49.5 200 50 re 0.6 0 0 rg f 1 g BT /F 12 Tf 10 50 Td (words of a line) Tj ET", True),
        (b"0 56 200 44 re 0.6 0 0 rg f 1 g BT /F 12 Tf 10 50 Td (words of a line) Tj ET", False),
        (b"BT /F 12 Tf 10 50 Td (words of a line) Tj ET 1 g 0 0 200 100 re f", False),
        (b"BT /F 12 Tf 10 50 Td (words of a line) Tj ET 0.6 0 0 rg 0 0 200 100 re f", False),
        (b"BT /F 5.5 Tf 10 50 Td (small words of a long line) Tj ET", True),
        (b"BT /F 30 Tf 10 50 Td (.) Tj ET", True),
        (b"BT /F 30 Tf 10 50 Td (---) Tj ET", True),
    ],
)
def test_words_that_are_not_seen(drawn: bytes, seen: bool) -> None:
    """Words that run out of their band, white on white, and words that something covers are found, and no others."""
    found = [d.code for d in check_legibility(read_content(sheet(drawn)), HERE)]
    assert ("preflight-unseen" not in found) is seen


def test_large_words_may_be_lighter() -> None:
    """A grey of 4.6:1 is too light for text and enough for a heading of 18 pt."""
    assert "contrast" in codes(sheet(b"0.46 g BT /F 12 Tf 10 50 Td (words) Tj ET"))
    assert "contrast" not in codes(sheet(b"0.46 g BT /F 18 Tf 10 50 Td (words) Tj ET"))


def test_type_is_measured_as_it_stands_on_paper() -> None:
    """A font of 10 pt drawn at half its size is type of 5 pt."""
    (run,) = read_content(sheet(b"q 0.5 0 0 0.5 0 0 cm BT /F 10 Tf 10 50 Td (words) Tj ET Q")).runs
    assert run.size == pytest.approx(5)
    assert "type-size" in codes(sheet(b"q 0.5 0 0 0.5 0 0 cm BT /F 10 Tf 10 50 Td (words) Tj ET Q"))


@pytest.mark.parametrize("page", [b"", b"BT /F 10 Tf 10 50 Td (words) Tj ET "])
def test_coarse_pictures_in_a_part_are_found(page: bytes) -> None:
    """A picture in a clinic's frame is looked at, with text in the frame or without, near it or not."""
    (picture,) = read_parts(sheet(page + b"q 40 0 0 40 100 100 cm /I Do Q"), [[(0, 0, 150, 150)]]).pictures
    assert picture.dpi < 10


def test_coarse_pictures_are_found() -> None:
    """Four dots on 72 points are four dots an inch."""
    content = read_content(sheet(b"q 72 0 0 72 10 10 cm /I Do Q"))
    assert [picture.dpi for picture in content.pictures] == [4.0]
    assert "resolution" in codes(sheet(b"q 72 0 0 72 10 10 cm /I Do Q"))


def test_what_could_act_is_found_wherever_it_hides() -> None:
    """A script behind a name, a link that starts a program and a note are all found."""
    script = Dictionary(JavaScript=Dictionary(Names=Array([])))
    assert "active" in codes(sheet(b"", Names=script))
    with pikepdf.open(io.BytesIO(sheet(b""))) as pdf:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(S=Name.Launch))
        pdf.pages[0].Annots = Array([link, Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]))])
        out = io.BytesIO()
        pdf.save(out)
    said = [d.message for d in examine(out.getvalue(), Expected(), HERE).diagnostics if d.code == "preflight-active"]
    assert said == ["it holds: annotation Text", "it holds: link that does Launch"]


def test_headings_are_read_in_order() -> None:
    """A level that is skipped, a missing title heading and a silent picture are told apart."""
    with pikepdf.open(io.BytesIO(sheet(b""))) as pdf:
        kids = [Dictionary(S=Name("/H2")), Dictionary(S=Name("/H4")), Dictionary(S=Name("/Figure"))]
        pdf.Root.StructTreeRoot = Dictionary(K=Array([Dictionary(S=Name("/Document"), K=Array(kids))]))
        out = io.BytesIO()
        pdf.save(out)
    found = [d.message for d in examine(out.getvalue(), Expected(), HERE).diagnostics if "profile" not in d.code]
    assert "it has 0 headings of level 1" in found
    assert "a heading of level 4 follows level 2" in found
    assert "1 of its pictures do not say what they show" in found


def test_both_standards_are_checked_by_another_program() -> None:
    """Each broken rule of PDF/UA-1 and PDF/A-2a is an error that names the checker's rule."""
    examined = examine(sheet(b""), Expected(), HERE)
    said = [d.message for d in examined.diagnostics if d.code == "preflight-profile"]
    assert examined.profiles
    assert {message.split(" is ")[0] for message in said} == {"PDF/UA-1", "PDF/A-2a"}
    assert any("[PDFUA1-" in message for message in said)


def test_the_command_says_when_the_standards_were_not_checked(tmp_path: Path, monkeypatch) -> None:
    """Without the checker everything else is checked, and a warning says how to get the rest."""
    monkeypatch.setattr(import_module("pressroom.preflight.standards"), "find_spec", lambda name: None)
    path = tmp_path / "theirs.pdf"
    path.write_bytes(sheet(b""))
    run = CliRunner().invoke(main, ["preflight", str(path), "--format", "json"])
    said = {d["code"]: d for d in json.loads(run.stdout)["findings"]}
    assert run.exit_code == 1
    assert said["preflight-not-run"]["hint"] == "install it: pip install page-validation"
    assert "preflight-tags" in said
    assert "preflight-profile" not in said


def test_the_command_needs_no_project(tmp_path: Path) -> None:
    """It tells what it saw of a file anywhere, and that one that is not there can't be read."""
    path = tmp_path / "theirs.pdf"
    path.write_bytes(sheet(b"0 g BT /F 12 Tf 10 50 Td (words) Tj ET"))
    run = CliRunner().invoke(main, ["--project", str(tmp_path), "preflight", str(path), str(tmp_path / "none.pdf")])
    assert run.exit_code == 1
    assert "1 page of 70.56 × 35.28 mm; language unknown; no title; Helvetica; claims no standard" in run.stdout
    assert "none.pdf: not read" in run.stdout
