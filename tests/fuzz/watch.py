"""Runs a target on one input after the other, and keeps what it should not have done.

An input may take 2 s of CPU time, and the target's megabytes. One that ends the process is in the file `running`.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import resource
import signal
import time
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from tests.fuzz.targets.target import Target

CPU_SECONDS: Final = 2.0
# What ends the process: an input that never ends, or that fills the memory.
_END_OF_CPU: Final = 20.0
_END_OF_BYTES: Final = 2 << 30
# Of one fault, so many inputs are kept.
_EACH: Final = 3


@dataclass(slots=True)
class Statistics:
    """How many inputs ran, in how many seconds of CPU time, and how many had which fault."""

    runs: int = 0
    seconds: float = 0.0
    coverage: list[int] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)


def limit_process() -> None:
    """End this process if it takes 2 GB more than it has; the errors that come of it are ours to catch."""
    size = _of_process("VmSize") + _END_OF_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_running(folder: Path) -> tuple[int, bytes]:
    """How many inputs ran before the last one, and the last one."""
    running = (folder / "running").read_bytes() if (folder / "running").is_file() else b""
    return int.from_bytes(running[:8]), running[16 : 16 + int.from_bytes(running[8:16])]


class Watch:
    """A target under watch. `slower` is how much slower it runs than a command does."""

    def __init__(self, target: Target, folder: Path, *, slower: float = 1.0) -> None:
        self.statistics = Statistics()
        self._target, self._failed, self._slower = target, folder / "failed", slower
        self._failed.mkdir(parents=True, exist_ok=True)
        self._began = time.process_time()
        self._peak = _peak_from_here()
        running = os.open(folder / "running", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        os.ftruncate(running, 16 + target.longest)
        self._running = mmap.mmap(running, 16 + target.longest)
        os.close(running)

    def run(self, data: bytes) -> str:
        """Run the target; returns its fault, empty if it did what it may."""
        data = data[: self._target.longest]
        self._running[: 16 + len(data)] = self.statistics.runs.to_bytes(8) + len(data).to_bytes(8) + data
        fault, began = "", time.process_time()
        signal.setitimer(signal.ITIMER_PROF, _END_OF_CPU * self._slower)
        try:
            self._target.run(data)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            fault = _place_of(error)
            said = "".join(traceback.format_exception(error, limit=-12))
        signal.setitimer(signal.ITIMER_PROF, 0)
        self.statistics.runs += 1
        used, peak = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
        if not fault and used > CPU_SECONDS * self._slower:
            fault, said = "slow", f"{used:.1f} s of CPU time, {self._slower:g} times as slow as a command"
        if not fault and peak - self._peak > self._target.memory << 20:
            # All inputs together may have left as much: this one runs again.
            self._peak = _peak_from_here()
            with suppress(Exception):
                self._target.run(data)
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10) - self._peak
            if grown > self._target.memory << 20:
                fault, said = "memory", f"{grown >> 20} MB"
            self._peak = _peak_from_here()
        if fault:
            self._keep(fault, data, said)
        return fault

    def seconds(self) -> float:
        """The CPU time so far."""
        self.statistics.seconds = time.process_time() - self._began
        return self.statistics.seconds

    def write(self, *, done: bool) -> None:
        """Keep the statistics for the parent; `done` if the process ends as it should."""
        self.seconds()
        table = asdict(self.statistics) | {"done": done}
        (self._failed.parent / "statistics.json").write_text(json.dumps(table), encoding="utf-8")

    def _keep(self, fault: str, data: bytes, said: str) -> None:
        count = self.statistics.faults[fault] = self.statistics.faults.get(fault, 0) + 1
        if count <= _EACH:
            keep(self._failed, data, f"{fault}\n{said}")
            self.write(done=False)


def keep(folder: Path, data: bytes, said: str = "") -> None:
    """Keep an input under the hash of its bytes, with what is to be said of it."""
    name = hashlib.sha256(data).hexdigest()[:16]
    (folder / name).write_bytes(data)
    if said:
        (folder / f"{name}.txt").write_text(said, encoding="utf-8", errors="replace")


def _place_of(error: BaseException) -> str:
    """The kind of an error and the last line of the engine or of the tests that it passed."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/site-packages/" not in frame.filename]
    frames = [frame for frame in frames if "/pressroom/" in frame.filename or "/tests/fuzz/" in frame.filename]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {place}"


def _peak_from_here() -> int:
    """The memory that this process has now, in bytes; its peak begins again."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _of_process("VmRSS")


def _of_process(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith(f"{name}:")), 0)
