"""When a clinic's piece is set as another one was, and that it then has the bytes that it has alone."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pressroom.compose import Piece, SharedFrames, compose, drawings
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.project import Clinic
from pressroom.render import set_piece
from pressroom.render.cache import RenderCache
from pressroom.render.composed_before import composed
from pressroom.render.proof import render_piece
from pressroom.render.twin_setting import find_twin
from pressroom.workspace.workspace import Workspace

PROJECT = Path(__file__).parents[1] / "projects" / "other-clinic"
PLAIN = Clinic("meadow", "Meadow Clinic", ("11 Meadow Lane", "Larkspur"), "911", "801-555-0142")
SHORTER = Clinic("brook", "Brook (old)", ("7 Brook Road", "Hill & Dale"), "911", "801-555-0199")


@cache
def _piece() -> Piece:
    workspace = Workspace.open(PROJECT)
    job = next(job for job in make_plan(workspace, Request()).jobs if job.product.layout != "web-page")
    piece = prepare(job).piece
    assert piece is not None
    return piece


def of_clinic(clinic: Clinic) -> Piece:
    """The project's own piece, for an invented clinic."""
    piece = _piece()
    return replace(
        piece, clinic=clinic, places=(clinic,), control=replace(piece.control, inputs=clinic.id[:4] + "0a1b")
    )


@cache
def _remembered() -> RenderCache:
    known = RenderCache(twins={})
    render_piece(of_clinic(PLAIN), known)
    return known


def is_twin(clinic: Clinic) -> bool:
    """True if this clinic's piece is set as that of the first one."""
    piece = of_clinic(clinic)
    return find_twin(piece, compose(piece), _remembered()) is not None


def test_a_twin_has_the_bytes_that_it_has_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the texts of a clinic are on one line each, copyfit does not run again, and the file is the same."""
    alone, known = render_piece(of_clinic(SHORTER)), _remembered()
    with monkeypatch.context() as patched:
        patched.setattr(set_piece, "fit_with_labels", None)
        twin = render_piece(of_clinic(SHORTER), known)
    assert (twin.pdf, twin.sizes, twin.left_out) == (alone.pdf, alone.sizes, alone.left_out)
    assert twin.joined is not None


@pytest.mark.parametrize(
    "clinic",
    [
        replace(
            SHORTER, name="A Clinic Whose Name Would Never Be on One Line of Any of the Frames That It Is Printed In"
        ),
        replace(SHORTER, phone=""),
        replace(SHORTER, name="Клиника"),
    ],
    ids=["long", "no number", "another script"],
)
def test_who_has_no_twin(clinic: Clinic) -> None:
    """A piece is fitted by itself where a text may take another line, another script, or another frame differs."""
    assert is_twin(SHORTER)
    assert not is_twin(clinic)


def test_pages_that_end_elsewhere_are_fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    """If a frame of a twin ends elsewhere on its pages than was remembered, the piece is fitted by itself."""
    known, fitted = _remembered(), []
    assert known.twins is not None
    twins = {
        key: replace(twin, ends={name: end + 1 for name, end in twin.ends.items()}) for key, twin in known.twins.items()
    }
    real = set_piece.fit_with_labels
    monkeypatch.setattr(set_piece, "fit_with_labels", lambda *of: fitted.append(1) or real(*of))
    made = render_piece(of_clinic(SHORTER), replace(known, twins=twins))
    assert fitted == [1]
    assert made.pdf == render_piece(of_clinic(SHORTER)).pdf


def test_only_a_clinics_frames_are_composed_again() -> None:
    """A composition that is made from another clinic's is that which is made alone."""
    drawn = drawings(_piece())
    before = dict[str, SharedFrames]()
    first = composed(of_clinic(PLAIN), drawn, before)
    assert first == compose(of_clinic(PLAIN), drawn=drawn)
    again = composed(of_clinic(SHORTER), drawn, before)
    assert again == compose(of_clinic(SHORTER), drawn=drawn)
    own = {part.frame for part in again.parts if part.imprint}
    assert own
    assert all(one is other for one, other in zip(first.parts, again.parts, strict=True) if one.frame not in own)
    abroad = of_clinic(replace(SHORTER, emergency="112"))
    for other in (abroad, replace(abroad, address="https://a.example/b")):
        assert composed(other, drawn, before) == compose(other, drawn=drawn)
