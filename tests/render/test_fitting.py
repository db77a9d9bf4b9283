"""How text, windows and rows to write on share the room of a panel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from pressroom.compose import Piece, compose
from pressroom.layout import Box, Frame, Layout
from pressroom.units import Length, mm

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")

WINDOW = """{% macro text(panels, blocks) %}{{ blocks(panels[0].blocks[:-1]) }}
<div class="window">{{ blocks(panels[0].blocks[-1:]) }}</div>{% endmacro %}
"""
ROWS = """{% macro text(panels, blocks) %}{{ blocks(panels[0].blocks) }}<div class="lines-to-write"></div>{% endmacro %}
"""
CONTROL = """{% macro control(control) %}
{% for line in control %}<p lang="en" dir="ltr">{{ line }}</p>{% endfor %}{% endmacro %}"""
SPRING_BELOW_A_BOX = """{% macro text(panels, blocks) %}<div class="box">{{ blocks(panels[0].blocks[:-1]) }}</div>
<div class="spring"></div><div>{{ blocks(panels[0].blocks[-1:]) }}</div>{% endmacro %}
"""
STYLE = "p + p { margin-top: calc(var(--para) * 1pt) }"


def _piece(make_piece: MakePiece, paragraphs: int, template: str, *, height: float = 300, **changes: object) -> Piece:
    """A brochure's panel of 78 mm with so many paragraphs and a label for its window."""
    words = "\n\n".join(f"Sentence {n} of this text." for n in range(paragraphs))
    piece = make_piece(f"\n<!-- panel: a -->\n\n{words}\n\nLabel.\n")
    return replace(piece, layout=_layout(piece.layout, template, height, **changes))


def _layout(layout: Layout, template: str, height: float, **changes: object) -> Layout:
    text = next(frame for frame in layout.frames if frame.name == "text")
    box = Box(mm(6), mm(6), mm(78), Length(height))
    frames = (replace(text, box=box, **changes), *(f for f in layout.frames if f.name != "text"))
    sheet = replace(layout.stylesheets[0], text=layout.stylesheets[0].text + STYLE)
    groups = tuple(replace(g, widen=(0.5, 1)) if g.name == "text" else g for g in layout.groups)
    tall = {"type_class": "brochure", "height": mm(200), "frames": frames, "groups": groups, "stylesheets": (sheet,)}
    panels = tuple(replace(panel, box=replace(panel.box, height=mm(200))) for panel in layout.panels)
    return replace(layout, **tall, panels=panels, templates=layout.templates | {"template.html": template + CONTROL})


def _text(pdf: bytes | None) -> str:
    assert pdf is not None
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].get_textpage().get_text_range()


def test_a_window_reaches_the_foot(make_piece: MakePiece) -> None:
    """A window takes what the text leaves, and the text grows to its ceiling beside it."""
    from pressroom.render.proof import render_piece

    proof = render_piece(_piece(make_piece, 3, WINDOW))
    assert proof.diagnostics == ()
    assert proof.sizes is not None
    assert proof.sizes.body["text"] == 13
    assert proof.sizes.para["text"] == pytest.approx(6.5)
    # Three lines of 13 points at a card's leading, and two gaps.
    assert proof.sizes.window["text"] == pytest.approx(300 - 3 * 13 * 1.34 - 2 * 6.5, abs=0.1)
    assert "Label." in _text(proof.pdf)


def test_a_window_keeps_its_least_height(make_piece: MakePiece) -> None:
    """Text that needs the room is set smaller, and closer, before a window is lower than its least height."""
    from pressroom.render.proof import render_piece

    proof = render_piece(_piece(make_piece, 12, WINDOW))
    assert proof.sizes is not None
    assert 12 <= proof.sizes.body["text"] < 13
    assert proof.sizes.window["text"] >= 103


def test_a_window_without_room_is_left_out(make_piece: MakePiece) -> None:
    """Where not even the usual size leaves the least height, the text has all the room, and a warning says so."""
    from pressroom.render.proof import render_piece

    proof = render_piece(_piece(make_piece, 16, WINDOW))
    (found,) = proof.diagnostics
    assert (found.code, found.severity, found.span.line) == ("window-left-out", "warning", 10)
    assert "panel 'a' (text of slip) in en has no room for its picture" in found.message
    assert "shorten the text of this panel by" in (found.hint or "")
    assert proof.sizes is not None
    assert proof.sizes.window == {}
    assert proof.sizes.body["text"] >= 12
    assert "Label." not in _text(proof.pdf)
    assert "Sentence 15" in _text(proof.pdf)


def test_a_window_is_worth_half_a_point(make_piece: MakePiece) -> None:
    """A window stays where it makes text at most half a point smaller than it is without the window."""
    from pressroom.render.proof import render_piece

    least = 12 * 12 * 1.28 + 103
    for lacking, size, codes in ((6, 11.6, []), (14, 12, ["window-left-out"])):
        proof = render_piece(_piece(make_piece, 12, WINDOW, height=least - lacking))
        assert proof.sizes is not None
        assert [one.code for one in proof.diagnostics] == codes
        assert (
            proof.sizes.body["text"] == pytest.approx(size, abs=0.11) if not codes else proof.sizes.body["text"] >= 12
        )
        assert ("text" in proof.sizes.window) is not bool(codes)


def test_the_last_of_two_windows_is_left_out(make_piece: MakePiece) -> None:
    """Where one of two windows has room, it stays, and the finding is at the line of the other."""
    from pressroom.render.proof import render_piece

    two = (
        WINDOW.replace("[:-1]", "[:-2]")
        .replace("[-1:]", "[-2:-1]")
        .replace("{% endmacro", '<div class="window">{{ blocks(panels[0].blocks[-1:]) }}</div>{% endmacro')
    )
    proof = render_piece(_piece(make_piece, 8, two))
    assert [found.code for found in proof.diagnostics] == ["window-left-out"]
    assert "its picture, which is left out" in proof.diagnostics[0].message
    assert proof.sizes is not None
    assert proof.sizes.window["text"] >= 103
    assert "Sentence 7" in _text(proof.pdf)
    assert "Label." not in _text(proof.pdf)


def test_a_frame_of_text_alone(make_piece: MakePiece) -> None:
    """A frame without windows leaves out what is in them, and nothing is found."""
    from pressroom.render.proof import render_piece

    proof = render_piece(_piece(make_piece, 3, WINDOW, windows=False))
    assert proof.diagnostics == ()
    assert "Label." not in _text(proof.pdf)


def test_what_a_frame_says_of_its_window(make_piece: MakePiece) -> None:
    """A layout may ask for a taller window; then it is left out of a panel that has room for a usual one alone."""
    from pressroom.render.proof import render_piece

    assert render_piece(_piece(make_piece, 8, WINDOW)).diagnostics == ()
    (found,) = render_piece(_piece(make_piece, 8, WINDOW, window=Length(200))).diagnostics
    assert found.code == "window-left-out"


def test_an_overset_panel_has_no_window(make_piece: MakePiece) -> None:
    """Text that runs over its frame is proved without the window, on longer paper."""
    from pressroom.render.proof import render_piece

    proof = render_piece(_piece(make_piece, 30, WINDOW))
    assert {found.code for found in proof.diagnostics} == {"overset", "window-left-out"}
    assert "Label." not in _text(proof.pdf)


def test_rows_to_write_on(make_piece: MakePiece) -> None:
    """As many rows as there is room for are printed, and never fewer than the layout asks for."""
    from pressroom.render.proof import render_piece

    for paragraphs, fewest in ((2, 5), (13, 2)):
        proof = render_piece(_piece(make_piece, paragraphs, ROWS, height=330))
        assert proof.diagnostics == ()
        assert proof.sizes is not None
        rows = proof.sizes.window["text"] / 22
        assert rows == pytest.approx(round(rows))
        assert rows >= fewest


def test_windows_are_measured_as_nothing(make_piece: MakePiece) -> None:
    """Text is measured without its window, whatever is in it."""
    from pressroom.render.copyfit import Sizes
    from pressroom.render.engine import Engine
    from pressroom.render.measure import Gauge

    piece = _piece(make_piece, 2, WINDOW)
    composition = compose(piece)
    gauge = Gauge(Engine(composition.page, "x"), piece.layout, composition, piece.language)
    sizes = Sizes({"text": 12.0, "control": 6.0}, leading=piece.language.leading(0.0))
    assert gauge(sizes)["text"].height == pytest.approx(2 * 12 * 1.34, abs=0.1)
    assert gauge(replace(sizes, window={"text": 99.0}))["text"].height == pytest.approx(2 * 12 * 1.34, abs=0.1)


def test_frames_are_read(make_piece: MakePiece) -> None:
    """A frame without a word on it has a window of 103 points at least, and rows of 22."""
    frame: Frame = make_piece("\n<!-- panel: a -->\n\nA.\n").layout.frames[0]
    assert (frame.window.pt, frame.row.pt, frame.rows, frame.widen) == (103, 22, (2, 12), True)


def test_text_alone_has_the_room_of_drawings(make_piece: MakePiece) -> None:
    """A group without a window grows as far as its layout says of text alone, in type and in gaps."""
    from pressroom.render.proof import render_piece

    plain = WINDOW.replace(' class="window"', "")
    for template, body, para in ((plain, 16.2, 16.2 * 0.9), (WINDOW, 13, 6.5)):
        piece = _piece(make_piece, 3, template)
        groups = (replace(group, grow_alone=1.25, widen_alone=(0.9, 1)) for group in piece.layout.groups)
        proof = render_piece(replace(piece, layout=replace(piece.layout, groups=tuple(groups))))
        assert proof.diagnostics == ()
        assert proof.sizes is not None
        assert proof.sizes.body["text"] == pytest.approx(body)
        assert proof.sizes.para["text"] == pytest.approx(para, abs=0.01)


def test_a_spring_keeps_no_distance(make_piece: MakePiece) -> None:
    """What a spring moves to the foot ends there, also below a box that keeps its distance from what follows it."""
    from pressroom.render.proof import render_piece

    piece = _piece(make_piece, 2, SPRING_BELOW_A_BOX)
    sheet = piece.layout.stylesheets[0]
    styles = (replace(sheet, text=f"{sheet.text} .box + * {{ margin-top: 20pt }}"),)
    proof = render_piece(replace(piece, layout=replace(piece.layout, stylesheets=styles)))
    assert proof.diagnostics == ()
    assert proof.pdf is not None
    with pypdfium2.PdfDocument(proof.pdf) as document:
        text = document[0].get_textpage()
        _, bottom, *_ = text.get_charbox(text.get_text_range().index("Label."))
        assert 0 < document[0].get_height() - bottom - mm(6).pt < 300


def test_headings_give_way_to_text_that_is_smaller_than_usual() -> None:
    """Where the fullest frame has the tallest heading, headings are smaller if the text is larger for it; else not."""
    from pressroom.render.copyfit import AvailableSpace, Range, Sizes, TextHeight
    from pressroom.render.fitting import fit_headings

    def measured(sizes: Sizes) -> dict[str, TextHeight]:
        heading = 3 * sizes.body["a"] * sizes.heading["a"]
        return {"f": TextHeight(sizes.body["a"] * 20 + heading, {"heading": 0.0})}

    ranges = [Range("a", 11, 12, ceiling=13, heading=(1.2, 1.5))]
    for height, body, heading in ((280, 11.7, 1.275), (295, 12.0, 1.5), (400, 13.0, 1.5)):
        sizes = fit_headings([AvailableSpace("f", "a", height)], ranges, measured, {}).sizes
        assert (sizes.body["a"], sizes.heading["a"]) == (pytest.approx(body), heading)
