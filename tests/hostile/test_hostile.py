from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from pressroom.diagnostics import documented_codes
from tests.hostile.case import PIECES, Case, copy_of_project, read_index
from tests.hostile.child import BYTES, CPU_SECONDS, Outcome, run

CASES = read_index()
# What a terminal would obey, or a reader would not see.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def outcome_of(case: Case, project: Path) -> Outcome:
    """Put the case's input into the project and run its command."""
    command, *rest = case.does.split(" ")
    if command in ("build", "render"):
        if case.where == "manifest":
            assert run(project, "build", "--jobs", "1").code == 0
        case.put(project)
        asked = rest if command == "build" else ["harm", "--locale", "en", *rest]
        return run(project, "build", *asked, "--jobs", "1", render=command == "render")
    if case.where != "-":
        case.put(project)
    if command == "verify-line":
        return run(project, "verify", "--", case.line)
    words = [word.replace("{file}", str(project / case.path)) for word in (command, *rest)]
    return run(project, *words)


def test_the_project_itself_is_right(tmp_path: Path) -> None:
    """Without hostile input there is no finding, and all proofs are made."""
    outcome = run(copy_of_project(tmp_path / "project"), "build", "--jobs", "1", render=True)
    assert outcome.fault == ""
    assert outcome.findings == ()
    assert outcome.made == PIECES


def test_names_are_unique() -> None:
    """A case is found by its name, and there are as many as agreed."""
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []
    assert len(CASES) >= 150


def test_each_finding_has_its_place() -> None:
    """A case says where each of its errors must be: only a verdict and a wrong command line have no place."""
    codes = documented_codes().keys()
    lacking = [case.name for case in CASES if case.codes & codes and len(case.places) != len(case.code.split())]
    assert lacking == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_input(case: Case, tmp_path: Path) -> None:
    """Hostile input gets its code at its place and stops its own pieces, or passes for a reason; neither costs much."""
    project = copy_of_project(tmp_path / "project")
    outcome = outcome_of(case, project)
    assert outcome.fault == ""
    assert outcome.cpu < CPU_SECONDS, f"{outcome.cpu:.1f} s of CPU time"
    assert outcome.grown < BYTES, f"{outcome.grown >> 20} MB"
    assert outcome.strange == ()
    assert not (unseen := _UNSEEN.search(outcome.said)), f"a terminal obeys {unseen[0]!r}"
    errors = outcome.errors
    if case.passes:
        assert errors == set()
    else:
        assert case.codes <= errors | outcome.words, outcome.said[-2000:]
        found = {(one.path, one.line, one.code) for one in outcome.findings if one.severity == "error"}
        wanted = {(*place, code) for place, code in zip(case.places, case.code.split(), strict=False)}
        assert wanted <= {(path.removeprefix(f"{project}/"), line, code) for path, line, code in found}
        # `status` answers what it was asked, and its exit code does not judge.
        assert outcome.code in (1, 2) or case.does == "status"
    if case.does.split(" ")[0] == "build":
        assert outcome.made == case.left
