"""What the project's own pieces draw: a proof and its release the same, and anything swapped in the file another."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from pressroom.compose import Piece
from pressroom.compose import page as composing
from pressroom.compose.art import code_svg
from pressroom.drawing import PieceDrawing
from pressroom.drawing.read import read_drawing
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.render.proof import Proof, render_piece
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
ADDRESS = "https://example.org/epidural-blood-patch-es"


@cache
def piece(document: str, tag: str, product: str, marking: str) -> Piece:
    """A piece of the project whose document can be read at an address; what waits for a clinician is let through."""
    plan = make_plan(Workspace.open(ROOT), Request((document,), (tag,), (), (product,)))
    made = prepare(next(job for job in plan.jobs if job.requested), marking).piece
    assert made is not None
    blocks = replace(made.document, panels=tuple(replace(p, blocks=_settled(p.blocks)) for p in made.document.panels))
    version = "PROOF" if marking == "proof" else "1.0"
    control = replace(made.control, version=version, inputs="0f3a9c21" if marking == "proof" else "7d1e44b0")
    return replace(made, document=blocks, address=ADDRESS, control=control)


def _settled(blocks):
    return tuple(
        replace(b, children=_settled(b.children), message=replace(b.message, pending="") if b.message else None)
        for b in blocks
    )


def drawing(made: Proof) -> PieceDrawing:
    """What a signature would name of it."""
    assert made.pdf is not None
    return read_drawing(made.pdf, made.left_out).drawn.hashes


def altered(made: Proof, change) -> PieceDrawing:
    """The drawing of the file with something in it changed."""
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return read_drawing(out.getvalue(), made.left_out).drawn.hashes


KINDS = [("es", "trifold"), ("ar", "trifold"), ("zh-Hans", "trifold")]


@pytest.mark.parametrize(("tag", "product"), KINDS)
def test_a_proof_and_its_release_draw_the_same(tag: str, product: str) -> None:
    """Marks, version, letters and the code in place of the crossed box are all that differs, and do not count."""
    proof, release = (render_piece(piece("services", tag, product, m)) for m in ("proof", "release"))
    assert proof.pdf != release.pdf
    assert drawing(proof) == drawing(release)


def test_the_code_of_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code is left out only if it is, module by module, the code of the address."""
    made = piece("services", "es", "trifold", "release")
    honest = drawing(render_piece(made))
    monkeypatch.setattr(composing, "code_svg", lambda address, **_: code_svg("https://example.com/other-page-of-mine"))
    assert drawing(render_piece(made)) != honest


@pytest.fixture(scope="module")
def release() -> Proof:
    """A finished release."""
    return render_piece(piece("services", "es", "trifold", "release"))


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The fonts of a file."""
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == Name.Font]


def test_a_file_written_again(release: Proof) -> None:
    """Saved by another program, with everything uncompressed and renumbered, it draws the same."""

    def again(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Filter") == Name.FlateDecode:
                item.write(item.read_bytes())
        for font in fonts(pdf):
            font.BaseFont = Name("/ZZZZZZ+Other")

    assert altered(release, again) == drawing(release)


def test_two_letters_of_a_font_exchanged(release: Proof) -> None:
    """The same codes drawn with each other's outlines are other words."""

    def exchange(pdf: pikepdf.Pdf) -> None:
        for font in fonts(pdf):
            if "/FontDescriptor" in font and "/FontFile2" in font.FontDescriptor:
                stream = font.FontDescriptor.FontFile2
                stream.write(_exchanged(stream.read_bytes()))

    assert altered(release, exchange) != drawing(release)


def _exchanged(data: bytes) -> bytes:
    """The font with the outlines of its first two drawn glyphs exchanged."""
    from fontTools.ttLib import TTFont

    font, out = TTFont(io.BytesIO(data)), io.BytesIO()
    glyf = font["glyf"]
    drawn = [name for name in font.getGlyphOrder() if glyf[name].numberOfContours > 0][:2]
    if len(drawn) == 2:
        glyf[drawn[0]], glyf[drawn[1]] = glyf[drawn[1]], glyf[drawn[0]]
    font.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "added",
    [b"\nq 1 1 1 rg 100 100 60 20 re f Q", b"\nq 0 0 400 800 re W n Q", b"\nq 0.9 0 0 0.9 0 0 cm Q"],
    ids=["a white rectangle", "a clip that nothing is in", "a space that nothing is in"],
)
def test_something_added_to_a_page(release: Proof, added: bytes) -> None:
    """What paints is another drawing; what paints nothing is not."""

    def add(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Contents.write(pdf.pages[0].Contents.read_bytes() + added)

    assert (altered(release, add) != drawing(release)) is (b" f " in added)
