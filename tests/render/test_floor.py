"""Where the room ends: what fills it exactly is set, one line more is refused by as much as the letters run over."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from math import ceil

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from fontTools.ttLib import TTFont

from pressroom.compose import Piece, compose
from pressroom.language import families, font_file
from pressroom.units import Length
from tests.render.conftest import as_drawn

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")
HELD = 8
# A line of each: what they say does not matter.
LINES = {"en": "Blood clot", "ar": "جلطة دموية", "ja": "血栓", "km": "ដុំឈាមកក"}


def _piece(make_piece: MakePiece, tag: str, lines: int) -> Piece:
    """So many lines, in a frame that holds eight at the floor and not a hair more."""
    texts = [f"{LINES[tag]} {number}" for number in range(100, 100 + lines)]
    body = "\n<!-- panel: a -->\n\n" + "\n\n".join(texts) + "\n"
    piece = make_piece(body, tag, {text: text for text in texts} | {"Title": "T"})
    height = Length(HELD * piece.language.sizes["card"][0] * piece.language.tight[0])
    frames = (replace(f, box=replace(f.box, height=height)) if f.name == "text" else f for f in piece.layout.frames)
    return replace(piece, layout=replace(piece.layout, frames=tuple(frames)))


def _baselines(pdf: bytes) -> list[float]:
    """The heights of the numbers that end the lines, in points from the head of the page, the topmost first."""
    with pypdfium2.PdfDocument(as_drawn(pdf)) as document:
        page = document[0]
        text, found = page.get_textpage(), set()
        for index in range(text.count_chars()):
            x, y = ctypes.c_double(), ctypes.c_double()
            if chr(pdfium.FPDFText_GetUnicode(text, index)) == "1":
                pdfium.FPDFText_GetCharOrigin(text, index, x, y)
                found.add(round(page.get_height() - y.value, 2))
    return sorted(found)


def _foot_of_line(piece: Piece, size: float, leading: float) -> float:
    """How far below its baseline a line ends, in points: its font's descent and half of what leading it has left."""
    face = families([piece.language.family])[0].faces[0]
    with TTFont(font_file(face), fontNumber=face.number) as font:
        ascent, descent = font["hhea"].ascent, -font["hhea"].descent
        em = font["head"].unitsPerEm
    return size * (descent + (leading * em - ascent - descent) / 2) / em


@pytest.mark.parametrize("tag", LINES)
def test_the_last_line(make_piece: MakePiece, tag: str) -> None:
    """In scripts of every kind: a frame filled at the floor is set; one line more is refused, by what it runs over."""
    from pressroom.render.proof import render_piece

    piece = _piece(make_piece, tag, HELD)
    floor, leading = piece.language.sizes["card"][0], piece.language.tight[0]
    frame = next(frame for frame in compose(piece).frames if frame.name == "text")
    fits = render_piece(piece)
    assert fits.diagnostics == ()
    assert fits.sizes is not None
    assert fits.sizes.body["text"] == floor
    refused = render_piece(_piece(make_piece, tag, HELD + 1))
    (found,) = refused.diagnostics
    told = re.search(r"overset by ([\d.]+) mm at ([\d.]+) pt, its smallest", found.message)
    assert told is not None
    assert float(told[2]) == floor
    assert refused.pdf is not None
    lines = _baselines(refused.pdf)[: HELD + 1]
    assert {round(b - a, 1) for a, b in pairwise(lines)} == {round(floor * leading, 1)}
    over = lines[-1] + _foot_of_line(piece, floor, leading) - (frame.box.top + frame.box.height).pt
    assert float(told[1]) == pytest.approx(ceil(Length(over).mm * 10) / 10, abs=0.1)


@pytest.mark.parametrize("tag", ["en", "ja", "hi"])
def test_the_widest_word(make_piece: MakePiece, tag: str) -> None:
    """A word that decides the size is set as large as it can be: a tenth of a point more, and it stands out."""
    from pressroom.render.engine import Engine
    from pressroom.render.measure import Gauge
    from pressroom.render.proof import render_piece

    word = {"en": "W" * 27, "ja": "ー" * 25, "hi": "ध" * 34}[tag]
    piece = make_piece(f"\n<!-- panel: a -->\n\n# {word}\n", tag, {word: word, "Title": "T"})
    proof = render_piece(piece)
    assert proof.diagnostics == ()
    assert proof.sizes is not None
    floor, preferred = piece.language.sizes["card"]
    size = proof.sizes.body["text"]
    assert floor < size < preferred
    composition = compose(piece)
    gauge = Gauge(Engine(composition.page, "x"), piece.layout, composition, piece.language)
    sideways = [gauge.sideways(replace(proof.sizes, body=proof.sizes.body | {"text": at})) for at in (size, size + 0.1)]
    assert [bool(found) for found in sideways] == [False, True]
