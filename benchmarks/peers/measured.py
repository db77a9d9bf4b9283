"""What a command costs: CPU of all its processes, time on the clock, and the most memory that they had together."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_EVERY = 0.25


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU and on the clock, the peak of memory in MB (a shared page counts once), and what it printed."""

    cpu: float
    wall: float
    peak: float
    said: str = ""
    code: int = 0


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end, with all processes that it starts."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, began = _children_cpu(), time.perf_counter()
    child = subprocess.Popen(
        command, cwd=folder, env=inherited | dict(environment or {}), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True,
    )  # fmt: skip
    peaks, ended = [0.0], threading.Event()
    sampler = threading.Thread(target=_sample, args=(child.pid, peaks, ended))
    sampler.start()
    said = child.communicate()[0].decode(errors="replace")
    wall = time.perf_counter() - began
    ended.set()
    sampler.join()
    _end_session(child.pid)
    return Cost(_children_cpu() - before, wall, max(peaks), said, child.returncode)


def median(costs: Iterable[Cost]) -> Cost:
    """The medians of several runs of one command."""
    costs = list(costs)
    cpu, wall, peak = (statistics.median(getattr(cost, name) for cost in costs) for name in ("cpu", "wall", "peak"))
    return Cost(cpu, wall, peak, costs[-1].said, costs[-1].code)


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _end_session(leader: int) -> None:
    """End and count what the command left running: a browser's helpers."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGTERM)
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def _sample(leader: int, peaks: list[float], ended: threading.Event) -> None:
    while not ended.wait(_EVERY):
        peaks.append(sum(_pss(process) for process in _session(leader)) / 1000)


def _session(leader: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError):
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
            if int(fields[3]) == leader:
                found.append(int(stat.parent.name))
    return found


def _pss(process: int) -> float:
    """A process's share of memory in kB."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1])
    return 0.0
