from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.all_targets import TARGETS
from tests.fuzz.mutate import mutated
from tests.fuzz.targets import pdfs

ROOT = Path(__file__).parents[2]
RUNS = 40


@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_of_mutations(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is changed in an input, its reader returns or raises what its callers know."""
    # What a machine has in its cache is no input of a test.
    monkeypatch.setattr(pdfs, "PRODUCED", tmp_path)
    target, chance = TARGETS[name], random.Random(7)
    known = target.seeds()
    for _ in range(RUNS):
        target.run(mutated(chance.choice(known), known, chance)[: target.longest])


def test_the_command_keeps_what_it_finds(tmp_path: Path) -> None:
    """Each fault is counted and kept with its reason, and a process that an input ends is followed by another."""
    words = ["faulty", "--also", "tests.fuzz.faulty", "--cache", str(tmp_path), "--runs", "60", "--engine", "lines"]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1, ran.stderr
    engine, said = ran.stdout.splitlines()
    assert engine == "with lines"
    found = re.fullmatch(
        r"faulty: (\d+) inputs in .*, LookupError faulty.py:\d+ \(\d+\); killed by SIGABRT \(\d+\)", said
    )
    assert found is not None, said
    assert int(found[1]) >= 60
    failed = tmp_path / "faulty" / "failed"
    kept = {path.read_text(encoding="utf-8").split()[0]: path.with_suffix("") for path in failed.glob("*.txt")}
    assert kept.keys() == {"LookupError", "killed"}
    again = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *words, "--input", str(kept["killed"])],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert again.stdout.startswith("killed by SIGABRT")
