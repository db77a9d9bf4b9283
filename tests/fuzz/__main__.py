"""Fuzzes a reader: `python -m tests.fuzz [TARGET …] [--minutes N] [--seed N]`.

An input is kept if it reaches a line of the engine that none did before (sys.settrace, as CPython 3.11 has no
sys.monitoring). What is kept is in `.cache/fuzz/TARGET/`, where the next run begins; an input that ends in an
unexpected exception, or takes more than 2 s of CPU time, is in `.cache/fuzz/TARGET/failed/`.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback
from pathlib import Path
from types import FrameType
from typing import Any

import pressroom
from tests.fuzz.mutate import mutated
from tests.fuzz.targets import TARGETS, Target, seeds

_ENGINE = str(Path(pressroom.__file__).parent)
_CACHE = Path(__file__).parents[2] / ".cache" / "fuzz"
_SLOW = 2.0


class Coverage:
    """The lines of the engine that were reached so far."""

    def __init__(self) -> None:
        self.lines: set[tuple[str, int]] = set()

    def _trace(self, frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.startswith(_ENGINE):
            return None
        self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self._trace

    def grows(self, target: Target, data: bytes) -> bool:
        """Run a target; True if it reached a new line."""
        before = len(self.lines)
        sys.settrace(self._trace)
        try:
            target(data)
        finally:
            sys.settrace(None)
        return len(self.lines) > before


def fuzz(name: str, seconds: float, chance: random.Random, folder: Path) -> tuple[int, int, int]:
    """Fuzz one target for so much CPU time; returns the runs, the inputs kept and those that failed."""
    target, coverage, runs, failed = TARGETS[name], Coverage(), 0, 0
    (folder / "failed").mkdir(parents=True, exist_ok=True)
    corpus = seeds(name) + [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()]
    for data in corpus:
        coverage.grows(target, data)
    ends = time.process_time() + seconds
    while time.process_time() < ends:
        data, began = mutated(chance.choice(corpus), corpus, chance), time.process_time()
        runs += 1
        try:
            grown = coverage.grows(target, data)
            # Tracing takes ten times as long as the reader.
            wrong = "slow" if time.process_time() - began > 10 * _SLOW else ""
        except Exception:
            grown, wrong = False, traceback.format_exc()
        if wrong:
            failed += 1
            _keep(folder / "failed", data, wrong)
        elif grown:
            corpus.append(data)
            _keep(folder, data)
    return runs, len(corpus), failed


def _keep(folder: Path, data: bytes, why: str = "") -> None:
    name = hashlib.sha256(data).hexdigest()[:16]
    (folder / name).write_bytes(data)
    if why:
        (folder / f"{name}.txt").write_text(why, encoding="utf-8")


def main() -> int:
    """Fuzz what was asked for; 1 if an input failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=1.0, help="CPU time for each target (default: 1)")
    parser.add_argument("--seed", type=int, default=None)
    wanted = parser.parse_args()
    total = 0
    for name in wanted.targets or TARGETS:
        runs, kept, failed = fuzz(name, wanted.minutes * 60, random.Random(wanted.seed), _CACHE / name)
        total += failed
        print(f"{name}: {runs} inputs, {kept} kept, {failed} failed", flush=True)
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
