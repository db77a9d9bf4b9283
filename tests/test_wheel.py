"""What is installed holds everything that a project elsewhere needs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked in a folder, as an installation has it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = f"from hatchling.build import build_wheel; build_wheel({str(folder)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_it_has_the_command_and_the_extractors(installed: Path) -> None:
    """`pressroom` is a command, and Babel finds how messages are extracted."""
    (entries,) = installed.glob("*.dist-info/entry_points.txt")
    text = entries.read_text("utf-8")
    assert "pressroom = pressroom.cli:run" in text
    assert "pressroom_words" in text


@pytest.mark.parametrize("folder", ["layouts", "docs"])
def test_it_has_every_file_of(installed: Path, folder: str) -> None:
    """The layouts and the docs of this repository are what is packaged, byte for byte."""
    there = {p.relative_to(ROOT): p.read_bytes() for p in (ROOT / folder).rglob("*") if p.is_file()}
    packaged = installed / "pressroom" / "packaged"
    assert there == {p.relative_to(packaged): p.read_bytes() for p in (packaged / folder).rglob("*") if p.is_file()}


def test_of_the_catalogs_it_has_the_words_of_the_layouts_alone(installed: Path) -> None:
    """No text of this clinic is in the package."""
    there = {p.relative_to(ROOT) for p in (ROOT / "locales").glob("*/LC_MESSAGES/layouts.po")}
    packaged = installed / "pressroom" / "packaged"
    assert there == {p.relative_to(packaged) for p in (packaged / "locales").rglob("*") if p.is_file()}


def test_it_has_every_data_file_of_the_engine(installed: Path) -> None:
    """Tables, templates and styles are in the wheel as they are in the engine's folder."""
    engine = {p.relative_to(ROOT) for p in (ROOT / "pressroom").rglob("*") if p.suffix not in {".pyc", ""}}
    assert engine <= {p.relative_to(installed) for p in installed.rglob("*")}


def test_a_project_elsewhere_is_made_and_checked_with_it(installed: Path, tmp_path: Path) -> None:
    """No file of this checkout is needed: the packaged layouts and the merge driver are found."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def pressroom(folder: Path, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "pressroom", *arguments],
            cwd=folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "made clinic" in pressroom(tmp_path, "init", "clinic", "--country", "PL", "--languages", "uk")
    assert (tmp_path / "clinic/setup/git-merge-po").read_bytes() == (ROOT / "setup/git-merge-po").read_bytes()
    assert "0 errors" in pressroom(tmp_path / "clinic", "check")
    assert "trifold-a4" in pressroom(tmp_path / "clinic", "products")
