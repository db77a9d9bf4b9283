from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from pressroom.compose import Piece, compose
from pressroom.units import mm

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")
SHORT = "\n<!-- panel: a -->\n\n# Title\n\nCall {phone}.\n"


def _text(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\xa0", " ")


def test_fits(make_piece: MakePiece) -> None:
    """Short text is set at the preferred size, on a page of the trim, without a word."""
    from pressroom.render.proof import render_piece

    proof = render_piece(make_piece(SHORT))
    assert proof.diagnostics == ()
    assert proof.sizes is not None
    assert proof.sizes.body["text"] == make_piece(SHORT).language.sizes["card"][1]
    assert proof.pdf is not None
    with pypdfium2.PdfDocument(proof.pdf) as document:
        assert [size.mm for size in map(_points, document[0].get_size())] == pytest.approx([90, 60], abs=0.01)
    assert "801-555-0142" in _text(proof.pdf)


def _points(value: float):
    from pressroom.units import Length

    return Length(value)


def test_untranslated_text_that_runs_over_is_a_warning(make_piece: MakePiece) -> None:
    """English in the place of a translation has marks that take room: that is no text to shorten."""
    from pressroom.render.proof import render_piece

    body = "\n<!-- panel: a -->\n\n" + "\n\n".join(f"Sentence {n} of the text." for n in range(40)) + "\n\nThe end.\n"
    proof = render_piece(make_piece(body, "es", {}))
    (found,) = proof.diagnostics
    assert (found.code, found.severity) == ("overset-untranslated", "warning")
    assert "text of slip" in found.message
    assert proof.pdf is not None


def test_overset_is_proved(make_piece: MakePiece) -> None:
    """Text too long is told by panel, millimetres, size and locale, and printed whole on longer paper."""
    from pressroom.render.proof import render_piece

    body = "\n<!-- panel: a -->\n\n" + "\n\n".join(f"Sentence {n} of the text." for n in range(40)) + "\n\nThe end.\n"
    proof = render_piece(make_piece(body))
    (found,) = proof.diagnostics
    assert found.code == "overset"
    assert "panel 'a' (text of slip) is overset by" in found.message
    assert "mm at 7.0 pt, its smallest, in en" in found.message
    assert "letters by about" in found.hint
    assert proof.pdf is not None
    with pypdfium2.PdfDocument(proof.pdf) as document:
        assert len(document) == 1
        assert document[0].get_size()[1] > mm(60).pt
    text = _text(proof.pdf)
    assert "The end." in text
    assert "overset by" in text


def test_sideways(make_piece: MakePiece) -> None:
    """A word that can't be broken and is too wide is made smaller first, and told where that is not enough."""
    from pressroom.render.proof import render_piece

    fits = render_piece(make_piece("\n<!-- panel: a -->\n\n# " + "W" * 27 + "\n"))
    assert fits.diagnostics == ()
    assert fits.sizes is not None
    assert fits.sizes.body["text"] < 9.2
    wide = render_piece(make_piece("\n<!-- panel: a -->\n\n# " + "W" * 60 + "\n"))
    assert [d.code for d in wide.diagnostics] == ["overset"]
    assert "mm too wide at 7.0 pt" in wide.diagnostics[0].message
    assert wide.pdf is not None
    assert _text(wide.pdf).count("W") == 60


@pytest.mark.parametrize(
    ("css", "code", "line", "said"),
    [
        ("\n.frame { colr: red }", "css", 2, "unknown property"),
        ("\n\np >> b { color: red }", "css", 0, "selector"),
        (".frame { line-height: var(--no-such) }", "css", 1, "no value"),
        ("\n.frame p { margin-top: var(--no-such) }", "css", 2, "no value"),
        ("\n.frame { color: var(--no-such) }", "css", 2, "no value"),
        ('@import "other.css";', "fetch", 0, "other.css"),
        ('\nbody { background: url("file:///etc/passwd") }', "fetch", 2, "/etc/passwd"),
        ('.frame { font-family: "Comic Sans" }', None, 0, ""),
    ],
)
def test_wrong_style(css: str, code: str | None, line: int, said: str, make_piece: MakePiece) -> None:
    """What WeasyPrint would pass over in a style, or fetch, is an error at the style's line."""
    from pressroom.layout import Stylesheet
    from pressroom.render.proof import render_piece

    piece = make_piece(SHORT)
    layout = replace(piece.layout, stylesheets=(*piece.layout.stylesheets, Stylesheet("layouts/slip/own.css", css)))
    proof = render_piece(replace(piece, layout=layout))
    if code is None:
        # A family that is not there is replaced without a word; preflight finds it in the file.
        return
    assert proof.pdf is None
    assert {d.code for d in proof.diagnostics} == {code}
    assert said in proof.diagnostics[0].message
    assert proof.diagnostics[0].span.path == "layouts/slip/own.css"
    assert proof.diagnostics[0].span.line == line


def test_picture(make_piece: MakePiece) -> None:
    """A picture is printed from the piece's own bytes, under whatever name; one that is not there is an error."""
    from pressroom.render.proof import render_piece

    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'

    piece = make_piece("\n<!-- panel: a -->\n\n![A bébé](bébé.svg)\n")
    made = render_piece(replace(piece, images={"bébé.svg": svg}))
    assert made.diagnostics == ()
    missing = render_piece(piece)
    assert missing.pdf is None
    assert [d.code for d in missing.diagnostics] == ["fetch"]


def test_same_bytes(make_piece: MakePiece) -> None:
    """The same piece gives the same bytes twice."""
    from pressroom.render.proof import render_piece

    assert render_piece(make_piece(SHORT)).pdf == render_piece(make_piece(SHORT)).pdf


def test_measured_height_is_the_real_one(make_piece: MakePiece) -> None:
    """The height measured on the endless sheet is where the text ends on the real one."""
    from pressroom.render.copyfit import Sizes
    from pressroom.render.engine import Engine
    from pressroom.render.measure import Gauge

    piece = make_piece(SHORT)
    composition = compose(piece)
    gauge = Gauge(Engine(composition.page, "a.md"), piece.layout, composition, piece.language)
    sizes = Sizes({"text": 8.0, "control": 6.0})
    heights = gauge(sizes)
    real = gauge.engine.lay_out(sizes.css()).pages[0].anchors
    for frame in composition.frames:
        end = real[f"end-{frame.name}"][1] * 0.75 - frame.box.top.pt
        assert heights[frame.name].height == pytest.approx(end, abs=0.01)
    assert gauge.sideways(sizes) == {}


def test_a_proofs_hatch_is_a_small_tile(make_piece: MakePiece) -> None:
    """The hatch of a proof is a tile: a gradient over a whole edge has hundreds of stops, and checks are slow."""
    from pressroom.render.proof import render_piece

    pdf = render_piece(make_piece(SHORT)).pdf
    assert pdf is not None
    with pikepdf.open(io.BytesIO(pdf)) as document:
        stops = [len(item.Bounds) for item in map(_function, document.objects) if item is not None]
    assert stops
    assert max(stops) < 40


def _function(item: pikepdf.Object) -> pikepdf.Object | None:
    shading = isinstance(item, pikepdf.Dictionary) and "/ShadingType" in item
    return item.Function if shading and "/Bounds" in item.Function else None
