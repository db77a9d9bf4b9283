"""Invented locales are built like any other, from no catalog, and are nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from pressroom.planning.named import UsageError
from pressroom.planning.plan import Request, make_plan
from tests.commands.conftest import Bench

pytestmark = pytest.mark.usefixtures("fonts")


def _files(minimal: Path) -> set[str]:
    table = json.loads((minimal / "output" / "current" / "manifest.json").read_text(encoding="utf-8"))
    return {file["path"] for file in table["files"]}


def _tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_they_are_built_beside_the_project_s_own(minimal: Path, publish) -> None:
    """Asked for by tag, in either form, they are proofs beside the others; no catalog comes of it."""
    publish(minimal, "build")
    before = _tree(minimal / "locales")
    result: Result = publish(minimal, "build", "--locale", "en_XA", "--locale", "ar-xb")
    assert result.exit_code == 0
    assert "invented" in result.stdout
    invented = {f"{tag}/visit.{tag}.slip.larkspur-clinic.PROOF.pdf" for tag in ("en-XA", "ar-XB")}
    assert invented < _files(minimal)
    assert len(_files(minimal)) == 4
    assert _tree(minimal / "locales") == before
    publish(minimal, "build", "--locale", "es")
    assert invented < _files(minimal)


def test_a_build_of_everything_clears_them_away(minimal: Path, publish) -> None:
    """Who asks for no locale asks for those of patients."""
    publish(minimal, "build", "--locale", "en-XA")
    assert publish(minimal, "build").exit_code == 0
    assert {path.partition("/")[0] for path in _files(minimal)} == {"en", "es"}


def test_an_editor_sees_what_will_not_fit(minimal: Path, publish) -> None:
    """English that just fits is overset when it is longer: millimetres, at the English's own line."""
    source = minimal / "source" / "visit.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text + "\n" + "Please bring every medicine that you take at home. " * 8 + "\n", encoding="utf-8")
    assert "overset" not in publish(minimal, "build", "--locale", "en").stderr
    result = publish(minimal, "build", "--locale", "en-XA", "--format", "json")
    (found,) = [problem for problem in json.loads(result.stdout)["findings"] if problem["code"] == "overset"]
    assert " mm at " in found["message"]
    assert found["path"] == "source/visit.md"


@pytest.mark.parametrize("command", [("check",), ("status",), ("update",), ("new", "en-XA"), ("handoff", "export")])
def test_no_other_command_knows_them(minimal: Path, publish, command: tuple[str, ...]) -> None:
    """They have no catalogs: nothing to check, to update or to send."""
    before = _tree(minimal)
    result = publish(minimal, *command, *(() if "new" in command else ("--locale", "en-XA")))
    assert result.exit_code == 2
    assert _tree(minimal) - before <= {"output"}


def test_they_are_never_released(built: Bench) -> None:
    """A release refuses their name, and says what they are."""
    with pytest.raises(UsageError, match="en-XA") as refused:
        built.release("en-XA")
    assert "only ever a proof" in refused.value.hint
    jobs = make_plan(built.workspace, Request()).jobs
    assert {job.language.tag for job in jobs} == {"en", "es"}


def test_mirrored_english_is_read_from_the_right(built: Bench) -> None:
    """Its page says so, and the letters run so by themselves."""
    from pressroom.compose import compose
    from pressroom.language import find_invented
    from pressroom.planning.prepare import prepare

    mirrored = find_invented("ar-XB")
    plan = make_plan(built.workspace, Request((), ("ar-XB",)), invented=(mirrored,))
    (job,) = [job for job in plan.jobs if job.requested and job.document == "signs"]
    prepared = prepare(job)
    html = compose(prepared.piece).html
    assert '<html lang="ar-XB" dir="rtl">' in html
    assert "كالل" in html
    assert ">2<" in html or "2 " in html
    assert '<span class="value value-emergency" dir="ltr">' in html
