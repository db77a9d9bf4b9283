"""Fuzzes one target until its time is over, with one child after the other."""

from __future__ import annotations

import json
import os
import re
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.fuzz.child import Order, run_child
from tests.fuzz.targets.target import Target
from tests.fuzz.watch import keep, read_running

# `#12 INITED cov: 345 ft: 678 corp: …`
_COVERAGE: Final = re.compile(r"^#\d+\s+[A-Z]\w+\s+cov: (\d+)", re.M)
_MOST_ENDS: Final = 20
_SHOWN: Final = 3_000


@dataclass(slots=True)
class Campaign:
    """What came of one target: inputs, seconds of CPU time, coverage at the beginning and the end, and faults."""

    runs: int = 0
    seconds: float = 0.0
    coverage: list[int] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)
    corpus: int = 0

    def add(self, statistics: dict[str, Any]) -> None:
        """Count the faults that one child wrote down, and what it did if it ended as it should."""
        for fault, count in statistics.get("faults", {}).items():
            self.faults[fault] = self.faults.get(fault, 0) + count
        if statistics.get("done"):
            self.runs += statistics["runs"]
            self.seconds += statistics["seconds"]
            self.coverage += statistics["coverage"]

    def __str__(self) -> str:
        covered = f"{self.coverage[0]} → {self.coverage[-1]}" if self.coverage else "?"
        faults = "; ".join(f"{fault} ({count})" for fault, count in self.faults.items())
        did = f"{self.runs} inputs in {self.seconds:.0f} s, coverage {covered}, corpus {self.corpus}"
        return f"{did}, {faults or 'no fault'}"


def fuzz(target: Target, folder: Path, *, engine: str, seconds: float, seed: int, runs: int = 0) -> Campaign:
    """Fuzz one target for so much CPU time; a child that an input ends is followed by another."""
    campaign, ends = Campaign(), 0
    (folder / "failed").mkdir(parents=True, exist_ok=True)
    while campaign.seconds < seconds and ends < _MOST_ENDS and (not runs or campaign.runs < runs):
        for file in ("statistics.json", "running"):
            (folder / file).unlink(missing_ok=True)
        status, used = run_child(target, folder, Order(engine, seconds - campaign.seconds, runs, seed + ends))
        log = (folder / "log").read_text(encoding="utf-8", errors="replace")
        statistics = statistics_of(folder)
        campaign.add(statistics)
        campaign.coverage += [int(cov) for cov in _COVERAGE.findall(log)]
        if not statistics.get("done"):
            ends, reason = ends + 1, reason_of(status)
            count, data = read_running(folder)
            campaign.runs, campaign.seconds = campaign.runs + count + 1, campaign.seconds + used
            campaign.faults[reason] = campaign.faults.get(reason, 0) + 1
            keep(folder / "failed", data, f"{reason}\n{log[-_SHOWN:]}")
    campaign.corpus = len(list((folder / "corpus").iterdir()))
    return campaign


def statistics_of(folder: Path) -> dict[str, Any]:
    """What a child wrote down; empty if it ended before."""
    path = folder / "statistics.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def reason_of(status: int) -> str:
    """How a child ended that an input ended."""
    if not os.WIFSIGNALED(status):
        return f"ended with {os.waitstatus_to_exitcode(status)}"
    name = signal.Signals(os.WTERMSIG(status)).name
    return "hang" if name == "SIGPROF" else f"killed by {name}"
