"""A brochure in Nastaliq, whose tails and dots hang far below their lines: nothing is drawn over them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Publish

ROOT = Path(__file__).parents[3]


@pytest.fixture
def walks(tmp_path: Path) -> Path:
    """The walking group with the layouts and their Urdu words."""
    project = Path(shutil.copytree(ROOT / "tests" / "projects" / "walking-group", tmp_path / "walks"))
    shutil.copytree(ROOT / "layouts", project / "layouts")
    words = "locales/ur/LC_MESSAGES/layouts.po"
    shutil.copy(ROOT / words, project / words)
    return project


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("product", ["bilingual-flyer", "flyer"])
def test_tails_stay_off_bars(walks: Path, publish: Publish, product: str) -> None:
    """A title hangs over no bar of a fact, and a row to write in over no bar of the table below it."""
    result = publish(walks, "build", "walking-group", "--locale", "ur", "--product", product)
    assert result.exit_code == 0, result.output
    assert "error[" not in result.output
