from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment

from pressroom.compose import ComposeError, Piece, Spill, compose
from pressroom.units import mm

GOLDEN = Path(__file__).parents[1] / "golden"
MakePiece = Callable[..., Piece]
BODY = """
<!-- panel: visit -->

# Your visit

<!-- pending: clinician -->
Call {phone} or **{emergency}**, & not later.

1. Drink 10–20 mL
2. Ask
   - why
   - when
"""
SAID = {
    "Your visit": "زيارتك",
    "Call {phone} or **{emergency}**, & not later.": "اتصل على {phone} أو **{emergency}**، <b>الآن</b>.",
    "Drink 10–20 mL": "اشرب 10–20 mL",
    "Ask": "اسأل",
    "why": "~لماذا",
    "Draft: not for patients": "مسودة: ليست للمرضى",
}


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_golden(tag: str, make_piece: MakePiece, request: pytest.FixtureRequest) -> None:
    """A small document becomes this very HTML; `--update-golden` writes it anew, to be looked at."""
    html = compose(make_piece(BODY, tag, None if tag == "en" else SAID)).html
    path = GOLDEN / f"visit.{tag}.html"
    if request.config.getoption("--update-golden"):
        path.write_text(html, encoding="utf-8")
    assert html == path.read_text(encoding="utf-8")


def test_every_panel_is_marked(make_piece: MakePiece) -> None:
    """Whatever a layout's template does, every panel of a proof says twice that it is not for patients."""
    piece = make_piece("\n<!-- panel: a -->\n\nText.\n")
    assert compose(piece).html.count("DRAFT: NOT FOR PATIENTS") == 2 * len(piece.layout.panels)
    assert "DRAFT" not in compose(replace(piece, marking="release")).html


def test_which_message_stands_where(make_piece: MakePiece) -> None:
    """A frame knows its messages and the document's panel, for what is said of text that does not fit."""
    frames = {frame.name: frame for frame in compose(make_piece(BODY)).frames}
    assert [message.msgid for message in frames["text"].messages][:2] == [
        "Your visit",
        "Call {phone} or **{emergency}**, & not later.",
    ]
    assert (frames["text"].panel, frames["control"].panel) == ("visit", "control")


def test_right_to_left_is_mirrored(make_piece: MakePiece) -> None:
    """For right-to-left readers the frames stand mirrored on the sheet."""
    layout = make_piece(BODY).layout
    shifted = replace(layout, frames=tuple(replace(f, box=replace(f.box, left=mm(3))) for f in layout.frames))
    english = compose(replace(make_piece(BODY), layout=shifted)).frames[0]
    arabic = compose(replace(make_piece(BODY, "ar", SAID), layout=shifted)).frames[0]
    assert english.box.left.mm == pytest.approx(3)
    assert arabic.box.left.mm == pytest.approx(90 - 3 - 78)


def test_overset_is_shown(make_piece: MakePiece) -> None:
    """An overset frame is edged and says by how much, on paper large enough to hold what runs over."""
    made = compose(make_piece(BODY), {"text": "overset by 4.2 mm"}, Spill(bottom=mm(10)))
    assert '<div class="overset frame-text"><p lang="en" dir="ltr">overset by 4.2 mm</p></div>' in made.html
    assert f"size: {mm(90).css()} {mm(70).css()}" in made.stylesheets[-1].text


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("{{ unknown }}", 1, "'unknown' is undefined"),
        ('{% from "base.html" import page with context %}\n{% if %}', 2, "TemplateSyntaxError"),
        ('\n{% set a, b = passages["text"].blocks %}', 2, "ValueError"),
        ('{{ word("phne") }}', 1, "no word 'phne'"),
        ('{% include "../../clinics.toml" %}', 1, "TemplateNotFound"),
        ("{{ ''.__class__.__mro__ }}", 1, "SecurityError"),
        ("{{ 1 // 0 }}", 1, "ZeroDivisionError"),
    ],
)
def test_wrong_template(template: str, line: int, said: str, make_piece: MakePiece) -> None:
    """A template that is wrong is told with its file and line, and nothing is made."""
    piece = make_piece(BODY)
    layout = replace(piece.layout, templates={"template.html": template})
    with pytest.raises(ComposeError) as caught:
        compose(replace(piece, layout=layout))
    (problem,) = caught.value.problems
    assert said in problem.message
    assert (problem.span.path, problem.span.line) == ("layouts/slip/template.html", line)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('passages["text"].blocks', 'passages["text"].blocks[1:]', "leaves out this heading 1"),
        ('frame("text")', 'frame("txt")', "a frame 'txt'"),
    ],
)
def test_text_is_never_left_out(old: str, new: str, said: str, make_piece: MakePiece) -> None:
    """A template that leaves a message out, or writes it where there is no frame, is refused."""
    piece = make_piece(BODY)
    text = piece.layout.templates["template.html"]
    assert old in text
    layout = replace(piece.layout, templates={"template.html": text.replace(old, new)})
    with pytest.raises(ComposeError) as caught:
        compose(replace(piece, layout=layout))
    assert [problem.code for problem in caught.value.problems] == ["text-unset"]
    assert said in caught.value.problems[0].message


def test_a_template_is_compiled_once(make_piece: MakePiece, monkeypatch: pytest.MonkeyPatch) -> None:
    """A layout's templates are compiled for its first piece and not again."""
    piece = make_piece("\n<!-- panel: a -->\n\nOne.\n")
    compose(piece)
    monkeypatch.setattr(Environment, "_generate", None)
    assert "One." in compose(piece).html
