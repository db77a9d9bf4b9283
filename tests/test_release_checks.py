"""`setup/release-checks` runs every check that a release needs, and takes what did not run for no pass."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
Checks = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def checks(tmp_path: Path) -> Checks:
    """Run it with programs that write down how they were called, and end with 0 or as the keywords say."""

    def run(*steps: str, **codes: int) -> subprocess.CompletedProcess[str]:
        programs = {"ci": ".ci/run", "press": "press", "python": ".venv/bin/python", "chroot": "setup/chroot-ci"}
        for name, path in programs.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f'#!/bin/sh\necho "did {name} $*"\nexit {codes.get(name, 0)}\n')
            file.chmod(0o755)
        copy = shutil.copy(ROOT / "setup" / "release-checks", tmp_path / "setup")
        return subprocess.run([copy, *steps], capture_output=True, text=True, check=False)

    return run


def test_every_check_is_made(checks: Checks) -> None:
    """What SECURITY.md promises before a release is what it runs: fuzzing, kills, mutants, two Debians, advisories."""
    done = checks()
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if line.startswith("did ")] == [
        "did ci ",
        "did python -m tests.fuzz --minutes 2",
        "did python -m tests.kills --times 70",
        "did python -m tests.mutants --by-hand",
        "did python -m tests.mutants --sample 50",
        "did chroot bookworm",
        "did chroot trixie",
        "did press advisories",
    ]


@pytest.mark.parametrize(("code", "said"), [(1, "failed with 1"), (69, "not run")])
def test_one_that_does_not_pass(checks: Checks, code: int, said: str) -> None:
    """A step that fails, or that this machine can't run, is named at the end, and the others are run all the same."""
    done = checks(chroot=code)
    assert done.returncode == 1
    assert f"bookworm: {said}" in done.stdout
    assert "advisories: passed" in done.stdout


def test_a_step_by_name(checks: Checks) -> None:
    """Steps may be named; a name that is none is an error before anything runs."""
    assert checks("kills").stdout.count("did ") == 1
    done = checks("kills", "kiils")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no step kiils" in done.stderr
