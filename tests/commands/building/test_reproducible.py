from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pressroom.cli import main

pytestmark = pytest.mark.usefixtures("workers")

ROOT = Path(__file__).parents[3]
# Another day for all of Python, set before anything asks.
LATER = """import time; real = time.time
time.time = lambda: real() + 400 * 86400
time.time_ns = lambda: int(time.time() * 1e9)
from pressroom.cli import main; main()"""


@pytest.fixture(scope="session")
def project(edition: Path) -> Path:
    return edition.parent.parent


def test_another_day_another_place_one_worker(project: Path, edition: Path, tmp_path: Path) -> None:
    """400 days later, in another time zone, in a folder elsewhere and by one worker, every byte is the same."""
    elsewhere = shutil.copytree(project, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("output", ".cache"))
    build = [sys.executable, "-c", LATER, "--project", str(elsewhere), "build", "--jobs", "1", "--format", "json"]
    place = {**os.environ, "TZ": "Asia/Kathmandu", "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
    run = subprocess.run(build, env=place, capture_output=True, text=True, timeout=300)
    assert run.returncode in {0, 1}, run.stderr
    again = elsewhere / "output" / "current" / "manifest.json"
    assert again.read_text(encoding="utf-8") == (edition / "manifest.json").read_text(encoding="utf-8")


def test_an_edition_is_proved(project: Path) -> None:
    """`build --verify` makes everything again, finds it the same, and leaves the edition alone."""
    before = (project / "output" / "current").readlink()
    run = CliRunner().invoke(main, ["--project", str(project), "build", "--verify", "--locale", "fa"])
    assert run.exit_code == 0, run.output
    assert "4 of 4 pieces came out byte for byte as they are" in run.output
    assert (project / "output" / "current").readlink() == before


def test_a_changed_byte_is_found(project: Path, edition: Path, tmp_path: Path) -> None:
    """A manifest that promises another hash is refused, and names the file."""
    output = tmp_path / "output"
    shutil.copytree(edition, output / "current")
    manifest = output / "current" / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    first = text[text.index('"sha256": "') + 11 :][:64]
    manifest.write_text(text.replace(first, "0" * 64), encoding="utf-8")
    asked = ["build", "--verify", "--locale", "de", "--clinic", "praxis-am-see", "--output", str(output)]
    run = CliRunner().invoke(main, ["--project", str(project), *asked])
    assert run.exit_code == 1
    assert "error[not-reproduced]: it was 000000000000" in run.output
