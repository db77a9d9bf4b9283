from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from pressroom.compose import Piece
from pressroom.diagnostics import Span
from pressroom.preflight.check import Expected, check_pdf
from pressroom.preflight.facts import Facts, read_facts
from pressroom.units import mm

EXPECTED = Expected(1, mm(90), mm(60), "es", ("Noto Sans",))
FACTS = Facts(
    pages=1,
    boxes=((0.0, 0.0, mm(90).pt, mm(60).pt),),
    media=((-10.0, -10.0, mm(90).pt + 10, mm(60).pt + 10),),
    fonts=frozenset({"Noto-Sans", "Noto-Sans-Bold"}),
    unembedded=frozenset(),
    language="es",
    title="Su visita",
    shows_title=True,
    tagged=True,
    headings=(1, 2, 3, 2),
    silent=0,
    links=("https://clinic.example/",),
    claims=(),
    active=(),
)


def _said(**changes: object) -> list[str]:
    return [d.message for d in check_pdf(replace(FACTS, **changes), EXPECTED, Span("layout.toml"))]


def test_as_it_was_meant() -> None:
    """A file that is what it was meant to be is passed without a word."""
    assert _said() == []
    assert _said(boxes=((-9.0, 3.0, mm(90).pt - 9.1, mm(60).pt + 3),)) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pages": 2}, "it has 2 pages and the layout 1"),
        ({"boxes": ((0, 0, 255, 171),)}, "page 1 is 89.96 × 60.32 mm, not 90.00 × 60.00 mm"),
        ({"fonts": frozenset({"DejaVu-Sans"})}, "it is set in DejaVu-Sans, which is not among Noto Sans"),
        ({"fonts": frozenset({"Noto-Sans-Khmer-Bold"})}, "it is set in Noto-Sans-Khmer-Bold"),
        ({"unembedded": frozenset({"Noto-Sans"})}, "the font Noto-Sans is not embedded"),
        ({"language": "en"}, "its language is 'en', not 'es'"),
        ({"title": ""}, "it has no title"),
        ({"shows_title": False}, "it has a title, and readers show the file's name"),
        ({"media": ((0.0, 0.0, 200.0, 171.0),)}, "the trim of page 1 runs out of its sheet"),
        ({"headings": (1, 1)}, "it has 2 headings of level 1"),
        ({"headings": (1, 3)}, "a heading of level 3 follows level 1"),
        ({"silent": 2}, "2 of its pictures do not say what they show"),
        ({"links": ("http://clinic.example/",)}, "a link leads to 'http://clinic.example/'"),
        ({"tagged": False}, "it is not tagged"),
        ({"active": ("attachment",)}, "it holds: attachment"),
    ],
)
def test_otherwise(changes: dict[str, object], said: str) -> None:
    """Whatever differs from what was meant is told, with what was measured."""
    (message,) = _said(**changes)
    assert message.startswith(said)


@pytest.mark.usefixtures("fonts")
def test_facts(make_piece: Callable[..., Piece]) -> None:
    """The facts are read from the file itself: fonts by name, language, title, tags, and what could act."""
    from pressroom.render.proof import render_piece

    pdf = render_piece(make_piece("\n<!-- panel: a -->\n\n# Hello\n\nAll **well**.\n")).pdf
    assert pdf is not None
    facts = read_facts(pdf)
    assert (facts.pages, facts.language, facts.title, facts.tagged) == (1, "en", "Title", True)
    assert facts.fonts == {"Noto-Sans", "Noto-Sans-Bold"}
    assert (facts.unembedded, facts.active) == (frozenset(), ())
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.attachments["a.txt"] = b"a"
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript)
        spoilt = io.BytesIO()
        document.save(spoilt)
    assert set(read_facts(spoilt.getvalue()).active) == {"OpenAction", "attachment"}
