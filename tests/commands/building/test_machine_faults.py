"""What fails on a machine says nothing of a document."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pressroom.commands.building import batch

ROOT = Path(__file__).parents[3]
SPANISH = "locales/es/LC_MESSAGES/visit.po"
Publish = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("workers")
_PARENT = """
import os, sys
from pressroom.cli import main
try:
    main()
except SystemExit as end:
    loaded = "weasyprint" in sys.modules or "libpangoft2" in open("/proc/self/maps").read()
    print(end.code, loaded, len(os.listdir("/proc/self/task")))
"""


def _paths(project: Path) -> list[str]:
    manifest = json.loads((project / "output" / "current" / "manifest.json").read_text(encoding="utf-8"))
    return sorted(file["path"] for file in manifest["files"])


@pytest.mark.parametrize(("work", "code"), [("killed", "machine-failed"), ("broken", "render-crashed")])
def test_a_fault_is_not_remembered(
    work: str, code: str, minimal: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is an error of this build; an earlier proof stays in the edition, and the next build makes the piece."""
    publish(minimal, "build")
    before = _paths(minimal)
    catalog = minimal / SPANISH
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("ropa cómoda", "ropa ancha"), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(batch, "_MAKE", f"tests.executor.work:{work}")
        failed = publish(minimal, "build", "--format", "json")
        assert failed.exit_code == 1
        assert [d["path"] for d in json.loads(failed.stdout)["findings"] if d["code"] == code] == ["source/visit.md"]
        assert _paths(minimal) == before
        assert "nothing made, 1 unchanged, 1 failed on this machine" in publish(minimal, "build").stdout
    again = publish(minimal, "build")
    assert (again.exit_code, "1 made, 1 unchanged" in again.stdout) == (0, True)


def test_nothing_is_said_of_a_piece_that_failed(minimal: Path, publish: Publish, monkeypatch) -> None:
    """`build --verify` reports the fault, and does not say that the piece came out otherwise."""
    publish(minimal, "build")
    monkeypatch.setattr(batch, "_MAKE", "tests.executor.work:killed")
    found = publish(minimal, "build", "--verify", "--format", "json")
    assert found.exit_code == 1
    assert {d["code"] for d in json.loads(found.stdout)["findings"]} == {"machine-failed"}


def test_one_fault_costs_no_other_clinic(
    other_clinic: Path, publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The piece that measures for other clinics may fail: theirs are made without its measures."""
    monkeypatch.setattr(batch, "_MAKE", "tests.executor.work:not_measured")
    failed = publish(other_clinic, "build", "--locale", "de", "--format", "json")
    faults = [d for d in json.loads(failed.stdout)["findings"] if d["code"] == "machine-failed"]
    made = _paths(other_clinic)
    assert faults
    assert made


def test_the_parent_sets_no_text(minimal: Path) -> None:
    """A build's own process sets no text and starts no thread; of Pango it asks only the version."""
    command = [sys.executable, "-c", _PARENT, "--project", str(minimal), "build"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 False 1"
