"""A product that gives way to a roomier one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

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
    edit(both / SPANISH, "Use ropa cómoda", ("Use ropa muy cómoda y ancha para su visita de hoy. " * 22).strip())
    code, findings, files = _build(both, publish)
    assert code == 1
    assert [problem["code"] for problem in findings] == ["overset", "overset"]
    assert "of slip) is overset" in findings[0]["message"]
    assert "of strip) is overset" in findings[1]["message"]
    assert files == ["es/visit.es.strip-as-slip.larkspur-clinic.PROOF.pdf"]
