"""Which files are checked whole, and what is found in one that is checked by its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment

from pressroom.compose import Piece, compose, template
from pressroom.drawing.read import read_drawing
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.production import by_parts, make
from pressroom.production.task import Task
from pressroom.project import Clinic
from pressroom.render import base_and_imprint
from pressroom.render.cache import RenderCache
from pressroom.render.own_words import own_words
from pressroom.render.proof import render_piece
from pressroom.workspace.workspace import Workspace

PROJECT = Path(__file__).parents[1] / "projects" / "other-clinic"
CLINICS = [
    Clinic(f"clinic-{at}", f"Meadow {at}", (f"{at} Meadow Lane",), "911", f"801-555-01{at:02}") for at in range(6)
]


@cache
def _piece(locale: str = "") -> Piece:
    workspace = Workspace.open(PROJECT)
    plan = make_plan(workspace, Request())
    jobs = [job for job in plan.jobs if job.product.layout != "web-page" and locale in ("", job.language.tag)]
    piece = prepare(next(job for job in jobs if not (job.product.sheet or job.product.inks))).piece
    assert piece is not None
    return piece


def of_clinic(number: int, locale: str = "", **changes: object) -> Piece:
    """The project's own piece, for an invented clinic."""
    clinic, piece = CLINICS[number], _piece(locale)
    control = replace(piece.control, inputs=f"{number:08x}")
    return replace(piece, clinic=clinic, places=(clinic,), control=control, **changes)


@pytest.fixture(autouse=True)
def _no_other_tests_base() -> None:
    """A process keeps the cache that it opened last; another test had one of the same bytes."""
    make._opened.cache_clear()


def test_the_first_file_of_a_shape_is_checked_whole(whole_checks: list[bytes]) -> None:
    """Of three clinics whose files have one shape the first is checked whole; one without a number is again."""
    first = make.make(Task(of_clinic(0), keep_cache=True))
    others = [make.make(Task(of_clinic(at), first.cache)) for at in (1, 2)]
    assert first.diagnostics == others[0].diagnostics == others[1].diagnostics
    assert whole_checks == [first.data]
    silent = replace(CLINICS[3], phone="")
    other = make.make(Task(replace(of_clinic(3), clinic=silent, places=(silent,)), first.cache))
    assert whole_checks == [first.data, other.data]


def test_templates_are_compiled_for_the_next_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece that has another one's cache compiles no template, whatever its process did before."""

    def forget() -> None:
        for known in (template._environment, template._pages, template._module):
            known.cache_clear()

    forget()
    first = make.make(Task(of_clinic(0), keep_cache=True))
    forget()
    monkeypatch.setattr(Environment, "compile", None)
    assert make.make(Task(of_clinic(1), first.cache)).data


def test_what_is_always_checked_whole(whole_checks: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the sample is checked whole though its shape was, and any file if the task asks for it."""
    first = make.make(Task(of_clinic(0), keep_cache=True))
    asked = make.make(Task(of_clinic(1), first.cache, whole=True))
    monkeypatch.setattr(by_parts, "_SAMPLE", 1)
    sampled = make.make(Task(of_clinic(2), first.cache))
    assert whole_checks == [first.data, asked.data, sampled.data]


def test_a_release_is_checked_whole() -> None:
    """Each release is checked whole, whatever was checked before."""
    cache = RenderCache()
    proof = render_piece(of_clinic(0), cache)
    assert proof.joined is not None
    by_parts.remember_whole(proof)
    assert proof.joined.shared.seen.shapes
    assert by_parts.is_checked_whole(proof.joined, of_clinic(0, marking="release"))


def test_a_drawing_by_parts_is_that_of_the_whole_file(whole_checks: list[bytes]) -> None:
    """What people sign of a file is the same read by its parts and whole, text for text."""
    first = make.make(Task(of_clinic(0), keep_cache=True))
    for number in (1, 4):
        read = make.make(Task(of_clinic(number), first.cache))
        proof = render_piece(of_clinic(number))
        assert read.data == proof.pdf
        assert read.drawing == read_drawing(proof.pdf or b"", proof.left_out).drawn
    assert whole_checks == [first.data]


@pytest.mark.parametrize("followed", [False, True])
def test_when_a_base_is_read_by_itself(followed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """No base is read by itself for one file; a second one is read whole too, before any is read by its parts."""
    readings: list[str] = []

    def watched(module: object, name: str) -> None:
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *of: readings.append(name) or real(*of))

    watched(by_parts, "read_base")
    watched(make, "read_drawing")
    monkeypatch.setattr(by_parts, "_SAMPLE", 2**32)
    first = make.make(Task(of_clinic(0), keep_cache=True, followed=followed))
    alone = list(readings)
    drawings = [make.make(Task(of_clinic(at), first.cache)).drawing for at in (1, 2)]
    assert alone == (["read_drawing", "read_base"] if followed else ["read_drawing"])
    assert readings[len(alone) :] == ([] if followed else ["read_drawing", "read_base"])
    assert drawings == [make.make(Task(of_clinic(at))).drawing for at in (1, 2)]


def test_a_second_file_that_reads_otherwise_by_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A base is read whole in all its files if the first comparison of one fails; no file is read by parts then."""
    monkeypatch.setattr(by_parts, "_SAMPLE", 2**32)
    first = make.make(Task(of_clinic(0), keep_cache=True))
    real = by_parts.read_base

    def other(*of: object) -> object:
        base = real(*of)
        assert base is not None
        return replace(base, digest="0" * 32)

    monkeypatch.setattr(by_parts, "read_base", other)
    made = [make.make(Task(of_clinic(at), first.cache)) for at in (1, 2)]
    assert [one.diagnostics for one in made] == [first.diagnostics] * 2
    monkeypatch.undo()
    assert [one.drawing for one in made] == [make.make(Task(of_clinic(at))).drawing for at in (1, 2)]


def test_the_first_file_says_its_clinics_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A first file that lacks a word of its clinic is not made, though no base was read."""
    other = own_words(compose(of_clinic(1)))
    monkeypatch.setattr(base_and_imprint, "own_words", lambda _: other)
    made = make.make(Task(of_clinic(0)))
    assert made.data is None
    assert [finding.code for finding in made.diagnostics] == ["joint-broken"]


def test_one_imprint_with_another_clinics_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with the frames of another clinic is not made; it is right in all but its words."""
    monkeypatch.setattr(by_parts, "_SAMPLE", 2**32)
    first = make.make(Task(of_clinic(0), keep_cache=True))
    real: Callable[..., object] = base_and_imprint.prepared_imprint
    kept: list[object] = []

    def swapped(*of: object) -> object:
        kept.append(real(*of))
        return kept[0]

    monkeypatch.setattr(base_and_imprint, "prepared_imprint", swapped)
    made = [make.make(Task(of_clinic(number), first.cache)) for number in (1, 2, 1)]
    made.append(make.make(Task(of_clinic(3), first.cache, whole=True)))
    assert [one.data is not None for one in made] == [True, False, True, False]
    assert [finding.code for finding in made[3].diagnostics] == ["joint-broken"]
    (finding,) = made[1].diagnostics
    assert finding.code == "joint-broken"
    assert "does not say" in finding.message
