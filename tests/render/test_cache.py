from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.compose import Piece, compose
from pressroom.project import Clinic
from pressroom.render.cache import RenderCache, frame_cache_key
from pressroom.render.engine import Engine
from pressroom.render.proof import render_piece

ROOT = Path(__file__).parents[2]
MEADOW = Clinic("meadow", "Meadow Test Clinic", ("1 Meadow Lane", "Larkspur"), "911", "801-555-0142")
OTHERS = [
    replace(MEADOW, name="Brook"),
    # So long a name makes its frame, and with it all text, smaller.
    replace(MEADOW, name="The Very Long Name of an Invented Clinic Between the Meadow and the Brook", phone=""),
    replace(MEADOW, address=tuple(f"{number} Meadow Lane" for number in range(9)), emergency="112"),
]


@pytest.fixture
def brochure(make_piece) -> Piece:
    """The project's brochure for an invented clinic."""
    _, head, body = (ROOT / "source/brochures/epidural-blood-patch.md").read_text(encoding="utf-8").split("---\n", 2)
    return make_piece(body, head=f"---\n{head}---\n", project="../..", layout="trifold", clinic=MEADOW)


@pytest.mark.parametrize("clinic", OTHERS)
def test_the_same_as_alone(brochure: Piece, clinic: Clinic) -> None:
    """A piece made with what another clinic's measured is, byte for byte, the piece made alone."""
    cache = RenderCache()
    render_piece(brochure, cache)
    piece = replace(brochure, clinic=clinic, places=(clinic,))
    alone, after = render_piece(piece), render_piece(piece, cache)
    assert alone == after
    assert alone.pdf is not None


def test_only_its_own_is_laid_out(brochure: Piece, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of another clinic's piece no page is laid out with everything on it, not even to be written."""
    cache = RenderCache()
    render_piece(brochure, cache)
    whole: list[int] = []
    lay_out = Engine.lay_out

    def counted(self: Engine, css: str) -> object:
        document = lay_out(self, css)
        whole.append(sum("end-one-text" in page.anchors for page in document.pages))
        return document

    monkeypatch.setattr(Engine, "lay_out", counted)
    render_piece(replace(brochure, clinic=OTHERS[0], places=(OTHERS[0],)), cache)
    assert whole
    assert sum(whole) == 0


def test_a_clinics_frames_are_laid_out_once(brochure: Piece, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own frames are laid out once for each size that its text is tried in, whatever the title takes."""
    cache = RenderCache()
    render_piece(brochure, cache)
    asked: list[str] = []
    lay_out = Engine.lay_out

    def counted(self: Engine, css: str) -> object:
        asked.append(css)
        return lay_out(self, css)

    monkeypatch.setattr(Engine, "lay_out", counted)
    render_piece(replace(brochure, clinic=OTHERS[0], places=(OTHERS[0],)), cache)
    assert len(asked) == len(set(asked))
    assert len(asked) <= 7


def test_what_is_measured_has_no_marks_of_a_proof(brochure: Piece) -> None:
    """A part that is measured has a proof's marks as empty elements: they are hidden there, and would only cost."""
    part = compose(brochure).only({"back-text"})
    assert "DRAFT" not in part.html
    assert part.html.count('<div class="proof ') == 6


def test_frames_are_told_apart(brochure: Piece) -> None:
    """A frame's mark changes with a word in it, and with no word outside it."""
    one, other = compose(brochure), compose(replace(brochure, clinic=OTHERS[0], places=(OTHERS[0],)))
    marks, others = frame_cache_key(one, "trifold").marks, frame_cache_key(other, "trifold").marks
    assert {frame.name for frame in one.frames} == set(marks)
    assert {name for name in marks if marks[name] != others[name]} == {"cover-clinic", "back-text"}
    part = one.only({"back-text"})
    assert "Meadow Lane" in part.html
    assert "Under x-ray guidance" not in part.html


def test_what_a_frame_stands_in_counts(brochure: Piece) -> None:
    """A frame is not known again in a body of another class, by which a style may set it otherwise."""
    composition = compose(brochure)
    other = replace(composition, body_class="big")
    named = replace(composition, head=replace(composition.head, title="Another"))
    marks = frame_cache_key(composition, "trifold").marks
    assert not set(marks.values()) & set(frame_cache_key(other, "trifold").marks.values())
    assert marks == frame_cache_key(named, "trifold").marks
