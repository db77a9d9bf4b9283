"""Runs one command on one project in a process of its own, and says what it used.

A process is forked from a server that has all libraries loaded, so that a case costs what the command costs. The
server forks before anything is set, because Pango starts threads then.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import re
import resource
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from pressroom.cli.main import main
from pressroom.commands.building import batch
from pressroom.production.task import Rendered, Task
from tests.hostile.guard import watch
from tests.inline_executor import InlineExecutor

# What a case may use beyond what the libraries took before it began.
CPU_SECONDS = 2.0
BYTES = 150 << 20
# What ends a case that would go on for ever.
_END_OF_CPU = 10
_END_OF_BYTES = 2 << 30
# No case waits for anything, but a busy machine may let it wait.
_PATIENCE = 300.0

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.hostile.warm"])


_FINDING = re.compile(
    r"^(?P<path>[^\n]*?)(?::(?P<line>\d+))?: (?P<severity>error|warning|note)\[(?P<code>[a-z-]+)\]: ", re.M
)


class Found(NamedTuple):
    """A finding as a person reads it."""

    path: str
    line: int
    severity: str
    code: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: its exit code, what it printed, its findings, the proofs that are there, and what it used.

    `fault` is the traceback of an exception that it let through, or how its process ended. `strange` is what it opened,
    started or connected to without a reason.
    """

    code: int = 0
    said: str = ""
    findings: tuple[Found, ...] = ()
    made: frozenset[str] = frozenset()
    cpu: float = 0.0
    grown: int = 0
    fault: str = ""
    strange: tuple[str, ...] = ()

    @property
    def errors(self) -> set[str]:
        """The codes of its errors."""
        return {found.code for found in self.findings if found.severity == "error"}

    @property
    def words(self) -> set[str]:
        """The words of its output, among which are the verdicts of `verify`."""
        return set(self.said.split())


def run(project: Path, *words: str, render: bool = False) -> Outcome:
    """The outcome of a command on a project; `render` sets pages, where usually an empty file stands for each."""
    here, there = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_work, args=(there, str(project), words, render))
    process.start()
    there.close()
    try:
        outcome: Outcome = here.recv() if here.poll(_PATIENCE) else Outcome(fault=f"no answer in {_PATIENCE:g} s")
    except (EOFError, pickle.UnpicklingError):
        process.join()
        outcome = Outcome(fault=f"its process ended with {process.exitcode}")
    process.kill()
    process.join()
    return outcome


class Unset:
    """An executor that sets nothing: what is sent to it would be made."""

    def __init__(self, function: str, jobs: int, **_: object) -> None:
        self._tasks: list[tuple[int, Task]] = []
        self.retried: dict[int, str] = {}

    def submit(self, number: int, task: Task, seconds: float = 0.0) -> None:
        """Queue a task."""
        pickle.dumps(task)
        self._tasks.append((number, task))

    def results(self) -> Iterator[tuple[int, Rendered]]:
        """Yield an empty file for each task."""
        while self._tasks:
            number, task = self._tasks.pop(0)
            name = f"{task.piece.document.name}.{task.piece.language.tag}"
            yield number, Rendered(name.encode(), 1, ())

    def close(self) -> None:
        """Nothing was started."""


def _work(end: Connection, project: str, words: tuple[str, ...], render: bool) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_END_OF_CPU, _END_OF_CPU + 1))
    size = _memory("VmSize")
    resource.setrlimit(resource.RLIMIT_AS, (size + _END_OF_BYTES, size + _END_OF_BYTES))
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins here
    notes = watch(Path(project), *(Path(word) for word in words if "\0" not in word and Path(word).is_absolute()))
    before, began = _memory("VmRSS"), _cpu()
    batch.LocalExecutor = InlineExecutor if render else Unset  # type: ignore[misc,assignment]
    done = CliRunner().invoke(main, ["--project", project, *words])
    cpu, grown = _cpu() - began, _memory("VmHWM") - before
    fault = ""
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        fault = "".join(traceback.format_exception(done.exception))
    found = tuple(
        Found(m["path"], int(m["line"] or 0), m["severity"], m["code"]) for m in _FINDING.finditer(done.output)
    )
    made = frozenset(path.name.rsplit(".", 4)[0] for path in Path(project).glob("output/current/*/*.pdf"))
    strange = tuple(dict.fromkeys(notes.read_text(encoding="utf-8").splitlines()))
    end.send(Outcome(done.exit_code, done.output, found, made, cpu, grown, fault, strange))
    end.close()
    sys.stdout.flush()


def _cpu() -> float:
    """The CPU time of this process and of those that it waited for, in seconds."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _memory(name: str) -> int:
    """A line of /proc/self/status in bytes; 0 on a system without it."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith(f"{name}:")), 0)
