"""What is installed holds everything that a project elsewhere needs."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.test_lock import RUN, pins

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


@pytest.fixture
def sbom(installed: Path) -> str:
    """What the wheel says it needs."""
    (file,) = installed.glob("*.dist-info/sboms/*")
    assert file.name == "pressroom.cdx.json"
    return file.read_text(encoding="utf-8")


def _components(sbom: str, start: str) -> dict[str, dict[str, Any]]:
    return {c["name"]: c for c in json.loads(sbom)["components"] if c["bom-ref"].startswith(start)}


def test_its_sbom_is_cyclonedx(sbom: str) -> None:
    """The SBOM follows the schema of CycloneDX 1.6 to the letter."""
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom) is None


def test_its_sbom_names_what_is_locked(sbom: str) -> None:
    """Each package of the lock is in the SBOM with its version, its license and the hashes of its files."""
    packages = _components(sbom, "pkg:pypi/")
    assert {name: package["version"] for name, package in packages.items()} == pins(RUN)
    hashes = [each["content"] for package in packages.values() for each in package["hashes"]]
    assert sorted(hashes) == sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", RUN.read_text(encoding="utf-8")))


def test_its_sbom_names_fonts_and_what_the_system_brings(sbom: str) -> None:
    """Debian's packages and the files of the fonts are in the SBOM."""
    lines = (ROOT / "setup/debian-packages.txt").read_text(encoding="utf-8").splitlines()
    wanted = {line.partition("#")[0].strip() for line in lines} - {""}
    assert set(_components(sbom, "pkg:deb/")) == wanted
    fonts = _components(sbom, "font:")
    assert {"NotoSans-Bold.ttf", "NotoSansMath-Regular.ttf"} <= fonts.keys()
    assert all(font["hashes"] and font["licenses"] for font in fonts.values())


def test_its_sbom_is_the_same_each_time(sbom: str, tmp_path: Path) -> None:
    """Two wheels of one checkout have the same SBOM, byte for byte."""
    build = f"from hatchling.build import build_wheel; build_wheel({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if "/sboms/" in name)
        assert archive.read(name).decode() == sbom


def test_licenses_are_those_of_the_packages() -> None:
    """Where a package's metadata names its license as SPDX does, setup/licenses.toml has the same."""
    said = tomllib.loads((ROOT / "setup/licenses.toml").read_text(encoding="utf-8"))
    assert pins(RUN).keys() <= said.keys()
    installed = {
        distribution.name.lower(): distribution.metadata for distribution in importlib.metadata.distributions()
    }
    known = {name: installed[name].get("License-Expression") for name in said if name in installed}
    assert {name: text for name, text in known.items() if text} == {n: said[n] for n, text in known.items() if text}


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
