"""When the table of lengths is out of date."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from pressroom.catalog.lengths import Budget, Lengths
from pressroom.commands.catalogs.lengths import _jobs, layouts_hash, outdated
from pressroom.planning.plan import Request, make_plan
from pressroom.project import find_project
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[3]


def test_only_measured_layouts_count(tmp_path: Path) -> None:
    """A changed brochure is nothing to the lengths of a card; a changed card is told, and so is a text that is gone."""
    shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    project = find_project(tmp_path)
    row = Budget("dvt-pe", None, "Call", "act of wallet-card; act of folded-card", {"Latn": 9})
    lengths = Lengths((row,), layouts_hash(Workspace(project), (row,)))
    here = {"dvt-pe": {row.key}}
    brochure = tmp_path / "layouts" / "shared" / "brochure" / "style.css"
    brochure.write_text(brochure.read_text(encoding="utf-8") + "p { margin: 0 }\n", encoding="utf-8")
    assert list(outdated(Workspace(project), lengths, here)) == []
    assert "no message 'Call'" in next(outdated(Workspace(project), lengths, {"dvt-pe": set()})).message
    card = tmp_path / "layouts" / "folded-card" / "layout.toml"
    card.write_text(card.read_text(encoding="utf-8").replace("85.6mm", "85.5mm"), encoding="utf-8")
    assert "the layouts changed" in next(outdated(Workspace(project), lengths, here)).message


def test_a_layout_is_measured_once(tmp_path: Path) -> None:
    """Cards alone and cards on sheets have one layout, which is measured once for them all."""
    shutil.copytree(ROOT / "tests/projects/warning-cards", tmp_path / "cards")
    card = tmp_path / "cards" / "source" / "cards" / "stroke.md"
    text = card.read_text(encoding="utf-8")
    products = "[wallet-card, wallet-card-letter, wallet-card-a4]"
    card.write_text(re.sub("products: .*", f"products: {products}", text), encoding="utf-8")
    plan = make_plan(Workspace.open(tmp_path / "cards"), Request())
    assert [job.product.layout for job in _jobs(plan.jobs) if job.document == "stroke"] == ["wallet-card"]
