"""A bilingual card for every reader: where ID-1 is too small for a language, one twice as tall takes its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[3]


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(
    ("tag", "made_as"),
    [("es", "bilingual-card"), ("ar", "bilingual-card"), ("km", "bilingual-card"), ("my", "bilingual-tall-card")],
)
def test_every_language_has_one(tag: str, made_as: str) -> None:
    """The card is made in the size that holds the language, with no text too long for it."""
    from pressroom.production.make import make
    from pressroom.production.task import Task

    project = Workspace.open(ROOT)
    plan = make_plan(project, Request(("dvt-pe",), (tag,), products=("bilingual-card",)))
    job = next(job for job in plan.jobs if job.requested)
    piece = prepare(job).piece
    assert piece is not None
    made = make(Task(piece))
    assert made.data is not None
    assert made.made_as == made_as
    assert not [d for d in made.diagnostics if d.code in ("overset", "preflight-safe")]
