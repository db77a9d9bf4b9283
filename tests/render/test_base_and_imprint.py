"""A piece drawn apart: the base of all clinics and one clinic's own, joined, are the piece drawn whole."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from pressroom.compose import Piece, compose
from pressroom.diagnostics import Severity, Span
from pressroom.drawing import PieceDrawing
from pressroom.drawing.read import read_drawing
from pressroom.layout import Stylesheet
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.preflight.check import Expected, examine
from pressroom.project import Clinic, Logo
from pressroom.render import proof
from pressroom.render.base_and_imprint import Joined, base_html, draw_apart, imprint_html
from pressroom.render.cache import RenderCache
from pressroom.render.proof import Proof, render_piece
from pressroom.render.tags import subsets
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 0h90v30h-90z" fill="#0f4c5c"/></svg>'
LOGO = Logo("source/logos/meadow.svg", "Meadow: a flower")
PLAIN = Clinic("meadow", "Meadow Test Clinic", ("1 Meadow Lane", "Larkspur"), "911", "801-555-0142")
MAPPED = replace(PLAIN, id="mapped", map="https://maps.example/m")
SILENT = Clinic("brook", "Brook", ("9 Brook Road, Suite 100", "Larkspur, UT 84107"), "911")
LONG = replace(PLAIN, id="long", name="The Very Long Name of an Invented Clinic Between the Meadow and the Brook")
ABROAD = replace(PLAIN, id="abroad", emergency="112")
CLINICS = [PLAIN, MAPPED, SILENT, LONG, ABROAD]


@cache
def _workspace() -> Workspace:
    return Workspace.open(ROOT)


def prepared(document: str, tag: str, product: str, clinic: Clinic = PLAIN) -> Piece:
    """The project's own piece, for an invented clinic."""
    plan = make_plan(_workspace(), Request((document,), (tag,), (), (product,)))
    piece = prepare(replace(next(job for job in plan.jobs if job.requested), clinic=clinic)).piece
    assert piece is not None
    return with_clinic(piece, clinic)


def with_clinic(piece: Piece, clinic: Clinic) -> Piece:
    """The same for another clinic; the one with a map has a logo too."""
    other = replace(piece, clinic=clinic, places=(clinic,), control=replace(piece.control, inputs=clinic.id))
    return replace(other, logo=LOGO, images={**other.images, LOGO.path: SVG}) if clinic.map else other


def whole(piece: Piece, monkeypatch: pytest.MonkeyPatch) -> Proof:
    """The piece drawn in one go."""
    with monkeypatch.context() as patched:
        patched.setattr(proof, "draw_apart", lambda *of: None)
        made = render_piece(piece)
    assert made.pdf is not None
    return made


def drawn_apart(piece: Piece, monkeypatch: pytest.MonkeyPatch, cache: RenderCache | None = None) -> Proof:
    """The piece as it is made; it must have been drawn apart."""
    found: list[Joined | None] = []
    with monkeypatch.context() as patched:
        patched.setattr(proof, "draw_apart", lambda *of: found.append(draw_apart(*of)) or found[-1])
        made = render_piece(piece, cache)
    assert made.pdf is not None
    assert [drawn.pdf for drawn in found if drawn is not None] == [made.pdf]
    return made


def signed(made: Proof) -> PieceDrawing:
    """What a signature would name of it."""
    return read_drawing(made.pdf or b"", made.left_out).drawn.hashes


Make = Callable[..., Piece]
KINDS = [
    ("epidural-blood-patch", "es", "trifold"),
    ("epidural-blood-patch", "ar", "trifold"),
    ("dvt-pe", "ur", "wallet-card"),
    ("dvt-pe", "zh-Hans", "folded-card"),
]


@pytest.mark.parametrize(("document", "tag", "product"), KINDS)
@pytest.mark.parametrize("clinic", [MAPPED, SILENT], ids=lambda clinic: clinic.id)
def test_it_is_the_piece_drawn_whole(document, tag, product, clinic, monkeypatch, told, difference) -> None:
    """Drawn apart it has the same tags, links, outline, text and metadata as drawn whole, and looks the same."""
    piece = prepared(document, tag, product, clinic)
    one, other = drawn_apart(piece, monkeypatch), whole(piece, monkeypatch)
    assert told(one.pdf) == told(other.pdf)
    assert difference(one.pdf, other.pdf) <= 1
    assert signed(one) == signed(other)


@pytest.mark.parametrize("marking", ["proof", "release"])
def test_a_release_is_drawn_apart_too(marking: str, monkeypatch, told, difference) -> None:
    """A release as well as a proof, with a page that is always English beside one that is read from the right."""
    piece = prepared("dvt-pe", "ar", "folded-card", MAPPED)
    # A release has no slot.
    panels = tuple(panel for panel in piece.document.panels if panel.name != "call-us")
    piece = replace(piece, document=replace(piece.document, panels=panels), marking=marking)
    one, other = drawn_apart(piece, monkeypatch), whole(piece, monkeypatch)
    assert told(one.pdf) == told(other.pdf)
    assert difference(one.pdf, other.pdf) <= 1
    assert signed(one) == signed(other)


@pytest.mark.parametrize(("document", "tag", "product"), KINDS[:3])
def test_the_same_bytes_alone_and_after_others(document, tag, product, monkeypatch) -> None:
    """A clinic's file is the same, byte for byte, drawn alone and with a base that was drawn for another clinic."""
    piece = prepared(document, tag, product)
    cache = RenderCache()
    render_piece(piece, cache)
    for clinic in CLINICS[1:]:
        other = with_clinic(piece, clinic)
        assert render_piece(other, cache).pdf == render_piece(other).pdf


def test_an_imprint_in_other_glyphs_of_its_base_is_not_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of each glyph that the base lends is compared; the piece is drawn whole."""
    piece, real = prepared("epidural-blood-patch", "ar", "trifold"), subsets.whole_array
    monkeypatch.setattr(
        subsets, "whole_array", lambda text, own: real(text, {old: new + 1 for old, new in own.items()})
    )
    assert render_piece(piece).joined is None


def test_the_base_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clinics whose text is set in one size share one base, with a number or without, with a map or without."""
    piece, cache = prepared("epidural-blood-patch", "es", "trifold"), RenderCache()
    for clinic in (PLAIN, MAPPED, SILENT):
        drawn_apart(replace(with_clinic(piece, clinic), logo=None, images=piece.images), monkeypatch, cache)
    assert len(cache.bases) == 1


def test_nothing_of_a_clinic_is_in_the_base(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shared holds no name, address, number, logo or hash of the clinic it was drawn for."""
    piece, cache = prepared("dvt-pe", "en", "wallet-card", MAPPED), RenderCache()
    drawn_apart(piece, monkeypatch, cache)
    base, imprint = base_html(compose(piece)), imprint_html(compose(piece))
    for value in (MAPPED.name, *MAPPED.address, MAPPED.phone, MAPPED.map, LOGO.text, LOGO.path, MAPPED.id):
        assert value in imprint
        assert value not in base
    (shared,) = cache.bases.values()
    assert shared is not None
    for value in (MAPPED.name, MAPPED.phone, MAPPED.map, LOGO.text, MAPPED.id):
        assert value.encode() not in shared.base.body
        assert value.encode("utf-16-be").hex().upper().encode() not in shared.base.body


def test_a_drawings_own_text_is_in_its_own_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words in a clinic's logo are a form, whose fonts are its own: none is the base's, and the words are seen."""
    words = b'<text x="45" y="20" text-anchor="middle" font-family="Noto Sans" font-size="14">Clinica</text></svg>'
    plain = prepared("epidural-blood-patch", "es", "trifold", MAPPED)
    piece = replace(plain, images={**plain.images, LOGO.path: SVG.replace(b"</svg>", words)})
    made = drawn_apart(piece, monkeypatch)
    assert made.pdf is not None
    found = examine(made.pdf, Expected(), Span("a.pdf")).diagnostics
    assert [d for d in found if d.code == "preflight-profile"] == []
    assert signed(made) == signed(whole(piece, monkeypatch))


def test_both_standards_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A joined file keeps PDF/UA-1 and PDF/A-2a, and no two parts of fonts in it bear one tag."""
    pdf = drawn_apart(prepared("epidural-blood-patch", "ar", "trifold", MAPPED), monkeypatch).pdf
    found = examine(pdf, Expected(), Span("a.pdf")).diagnostics
    assert [d for d in found if d.severity is Severity.ERROR] == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = [str(o.FontName) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/FontName" in o]
    assert len(fonts) == len(set(fonts)) > 2
    assert all(re.match(r"/[A-Z]{6}\+(Noto|Letters$)", name) for name in fonts)


def test_a_style_that_hides_a_clinics_words_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a style hides of a clinic's own is refused as in a piece drawn whole."""
    piece = prepared("epidural-blood-patch", "es", "trifold")
    sheets = piece.layout.stylesheets
    hidden = replace(sheets[-1], text=f"{sheets[-1].text}\n.phone {{ visibility: hidden }}")
    refused = render_piece(replace(piece, layout=replace(piece.layout, stylesheets=(*sheets[:-1], hidden))))
    assert refused.pdf is None
    assert {d.code for d in refused.diagnostics} == {"text-hidden"}


def styled(piece: Piece, css: str) -> Piece:
    """The piece with one more style of its layout."""
    sheets = (*piece.layout.stylesheets, Stylesheet("layouts/more.css", css))
    return replace(piece, layout=replace(piece.layout, stylesheets=sheets))


@pytest.mark.parametrize(
    ("css", "apart"),
    [
        (".frame { letter-spacing: 0 }", True),
        ("@page { background: linear-gradient(90deg, #e8f2f0 18mm, transparent 18mm) }", False),
        (".sheet { background: #eee }", False),
        (".sheet::before { content: '1'; position: absolute }", False),
        ("h2 { counter-increment: s }", False),
        ("ol.items { counter-reset: s } li { counter-increment: s }", True),
    ],
)
def test_what_must_be_drawn_whole(css: str, apart: bool, monkeypatch) -> None:
    """What paints or writes outside frames, or counts from frame to frame, is never drawn in two."""
    piece = styled(prepared("dvt-pe", "es", "wallet-card"), css)
    found: list[Joined | None] = []
    monkeypatch.setattr(proof, "draw_apart", lambda *of: found.append(draw_apart(*of)) or found[-1])
    render_piece(piece)
    assert [drawn is not None for drawn in found] == [apart]
