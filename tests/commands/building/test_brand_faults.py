"""A fault of the brand is reported at its line of brand.toml, once for a build, whatever pieces show it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    """An invented card with this project's layouts, in English."""
    project = Path(shutil.copytree(ROOT / "tests" / "projects" / "warning-cards", tmp_path / "cards"))
    shutil.copytree(ROOT / "layouts", project / "layouts")
    settings = project / "pyproject.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"ar", "zh-Hans"', ""), encoding="utf-8")
    return project


def _line(project: Path, begin: str) -> int:
    lines = (project / "layouts/brand.toml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(begin))


@pytest.mark.usefixtures("fonts")
def test_contrast_once(publish, cards: Path, edit) -> None:
    """Cards and web pages in a faint colour give one finding, at the colour."""
    edit(cards / "layouts/brand.toml", '\nalarm = "#a60010"', '\nalarm = "#ff6070"')
    edit(cards / "layouts/brand.toml", 'alarm = "0 100 90 35"', "")
    output = publish(cards, "build").output
    assert output.count("error[preflight-contrast]") == 1
    assert f"layouts/brand.toml:{_line(cards, 'alarm')}: error[preflight-contrast]: text in" in output
    assert re.search(r'hint: write alarm = "#[0-9a-f]{6}"', output)


@pytest.mark.usefixtures("fonts")
def test_no_inks(publish, cards: Path, edit) -> None:
    """A press file of a colour without inks names the colour's line and inks to write."""
    edit(cards / "layouts/brand.toml", 'alarm = "0 100 90 35"', "")
    output = publish(cards, "build", "--product", "wallet-card-press", "--product", "folded-card-press").output
    assert output.count("error[press]") == 1
    place = f"layouts/brand.toml:{_line(cards, 'alarm')}: error[press]: alarm (#a60010) has no inks"
    assert place in output
    assert 'hint: write alarm = "0 98 100 43" under [press]' in output


def test_too_much_ink(publish, cards: Path, edit) -> None:
    """Inks that no press prints are refused where they are written."""
    edit(cards / "layouts/brand.toml", "0 100 90 35", "90 100 90 35")
    output = publish(cards, "build").output
    assert output.count("error[ink-colour]: alarm has 315 % of ink, and a press prints 280 % at most") == 1
