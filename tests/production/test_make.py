"""A product that gives way to a roomier one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from pressroom.compose import Piece
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.production.make import make
from pressroom.production.task import Task
from pressroom.render import proof, set_piece
from pressroom.render.numbers import Disagreement
from pressroom.workspace.workspace import Workspace

LONG = ("Use ropa muy cómoda y ancha para su visita de hoy. " * 22).strip()
SPANISH = "locales/es/LC_MESSAGES/visit.po"
pytestmark = pytest.mark.usefixtures("fonts")


@pytest.fixture
def both(minimal: Path) -> Path:
    """The smallest project, whose product is a strip half as high that gives way to the slip."""
    layouts = minimal / "layouts"
    shutil.copytree(layouts / "slip", layouts / "strip")
    layout = layouts / "strip" / "layout.toml"
    text = layout.read_text(encoding="utf-8").replace('"60mm"', '"30mm"').replace('"38mm"', '"10mm"')
    layout.write_text(text.replace('"48mm"', '"18mm"'), encoding="utf-8")
    with (layouts / "products.toml").open("a", encoding="utf-8") as file:
        file.write('\n[strip]\nlayout = "strip"\notherwise = "slip"\n')
    source = minimal / "source" / "visit.md"
    source.write_text(source.read_text(encoding="utf-8").replace("[slip]", "[strip]"), encoding="utf-8")
    return minimal


def _build(project: Path, publish: Callable[..., Result]) -> tuple[int, list[dict[str, Any]], list[str]]:
    result = publish(project, "build", "--locale", "es", "--format", "json")
    findings = [
        problem for problem in json.loads(result.stdout)["findings"] if problem["code"] in ("overset", "gives-way")
    ]
    manifest = json.loads((project / "output" / "current" / "manifest.json").read_text(encoding="utf-8"))
    return result.exit_code, findings, [file["path"] for file in manifest["files"]]


def test_gives_way(both: Path, publish: Callable[..., Result]) -> None:
    """What the small product does not hold is made as the other one, and a warning says so."""
    code, findings, files = _build(both, publish)
    assert (code, [problem["code"] for problem in findings]) == (0, ["gives-way"])
    assert files == ["es/visit.es.strip-as-slip.larkspur-clinic.PROOF.pdf"]


def test_neither_holds_it(both: Path, publish: Callable[..., Result], edit: Callable[[Path, str, str], None]) -> None:
    """Where the other one is overset as well, both are spoken of, the roomier one first, and its proof is made."""
    edit(both / SPANISH, "Use ropa cómoda", LONG)
    code, findings, files = _build(both, publish)
    assert code == 1
    assert [problem["code"] for problem in findings] == ["overset", "overset"]
    assert "of slip) is overset" in findings[0]["message"]
    assert "of strip) is overset" in findings[1]["message"]
    assert files == ["es/visit.es.strip-as-slip.larkspur-clinic.PROOF.pdf"]


def test_giving_way_costs_one_layout(both: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That one checks what was calculated: how much of the text would have to go is not counted."""
    first, _ = _of_two_clinics(both)
    assert first.instead is not None
    monkeypatch.setattr(set_piece, "letters_to_cut", None)
    made = make(Task(first))
    assert (made.made_as, made.work.layouts) == ("slip", 1 + make(Task(first.instead)).work.layouts)


def test_what_must_go_is_said_where_neither_holds_it(both: Path, edit: Callable[[Path, str, str], None]) -> None:
    """The first product's finding is the one that it has where no other may take its place."""
    edit(both / SPANISH, "Use ropa cómoda", LONG)
    first, _ = _of_two_clinics(both)
    assert set(make(Task(first)).diagnostics) > set(make(Task(replace(first, instead=None))).diagnostics)


def _of_two_clinics(project: Path) -> tuple[Piece, Piece]:
    """The Spanish pieces of two clinics."""
    with (project / "source" / "clinics.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[brook]\nname = "Brook"\naddress = ["2 Hill", "Dale"]\nphone = "801-555-0199"\nemergency = "911"\n'
        )
    jobs = make_plan(Workspace.open(project), Request(locales=("es",))).jobs
    other, first = (prepare(job).piece for job in jobs if job.language.tag == "es")
    assert first is not None
    assert other is not None
    return first, other


def _followed(first: Piece) -> bytes:
    """What the first clinic's piece measured for those that follow."""
    return make(Task(first, keep_cache=True, followed=True)).cache


@pytest.mark.parametrize("case", ["gives way", "neither holds it", "nothing takes its place"])
def test_a_further_clinics_piece_is_not_fitted(
    both: Path, edit: Callable[[Path, str, str], None], monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    """What does not hold the text is not fitted for a further clinic, whose piece is the one that it is alone."""
    if case == "neither holds it":
        edit(both / SPANISH, "Use ropa cómoda", LONG)
    first, other = _of_two_clinics(both)
    if case == "nothing takes its place":
        first, other = replace(first, instead=None), replace(other, instead=None)
    cache, alone = _followed(first), make(Task(other, whole=True))
    with monkeypatch.context() as patched:
        patched.setattr(set_piece, "fit_with_labels", None)
        made = make(Task(other, cache))
    assert (made.data, made.diagnostics, made.drawing) == (alone.data, alone.diagnostics, alone.drawing)
    assert made.data
    assert made.made_as == ("strip" if case == "nothing takes its place" else "slip")


def test_a_page_that_differs_is_fitted(both: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An overset piece whose pages are not as those of the first clinic's were is fitted by itself."""
    first, other = (replace(piece, instead=None) for piece in _of_two_clinics(both))
    cache, alone, real, laid = _followed(first), make(Task(other)), proof.lay_out_set, list[int]()

    def differs_once(*of: Any) -> object:
        laid.append(1)
        if len(laid) == 1:
            raise Disagreement(frozenset({"text"}))
        return real(*of)

    monkeypatch.setattr(proof, "lay_out_set", differs_once)
    made = make(Task(other, cache))
    assert len(laid) == 2
    assert (made.data, made.diagnostics) == (alone.data, alone.diagnostics)


def test_what_can_take_no_place(both: Path) -> None:
    """Where the other product can't be made either, the overset proof is made, with the findings of both."""
    first, _ = _of_two_clinics(both)
    assert first.instead is not None
    refused = replace(first.instead, brand={**first.brand, "colour-ink": "#eeeeee"})
    made = make(Task(replace(first, instead=refused)))
    assert made.made_as == "strip"
    assert made.data == make(Task(replace(first, instead=None))).data


def test_measurements_that_cannot_be_read_are_made_again(both: Path) -> None:
    """A kept value of classes that are gone costs time alone."""
    first, _ = _of_two_clinics(both)
    made, alone = make(Task(first, b"a class that is gone")), make(Task(first))
    assert (made.data, made.diagnostics) == (alone.data, alone.diagnostics)
