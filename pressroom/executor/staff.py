"""The workers of a cluster as a build sees them: who is there, who may be used, who was lost, and with which tasks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pressroom.diagnostics import DiagnosticError, Span, diagnostic
from pressroom.executor.dask_link import DaskLink
from pressroom.executor.guest import Done, Refused
from pressroom.executor.host import Answer
from pressroom.executor.protocol import Fault

# Seconds between two looks at the list of workers.
_LOOK: Final = 1.0
# Seconds on the clock without an answer, after which a worker counts as lost. CPU time and stalls of a task are limited
# beside it, so this is for a machine that went away without a word.
_WALL: Final = 1800.0


@dataclass(slots=True)
class Worker:
    """A Dask worker: its threads, if it may be used (None: not known yet), the parts it has, and its calls.

    `calls` are the number of the task (None: a greeting) and the time of each, by key.
    """

    threads: int
    accepted: bool | None = None
    has: set[str] = field(default_factory=set)
    calls: dict[str, tuple[int | None, float]] = field(default_factory=dict)

    def add(self, key: str, number: int | None) -> None:
        """It has this call now."""
        self.calls[key] = number, time.monotonic()

    @property
    def load(self) -> float:
        """Calls for each of its threads."""
        return len(self.calls) / self.threads

    @property
    def overdue(self) -> bool:
        """True if a call had no answer for very long."""
        return any(time.monotonic() - sent > _WALL for _, sent in self.calls.values())


@dataclass(slots=True)
class Staff:
    """All workers by address, and the reasons of those that were refused; `patience` is seconds without any worker."""

    link: DaskLink
    patience: float
    workers: dict[str, Worker] = field(default_factory=dict)
    refused: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _looked: float = 0.0
    _alone: float = field(default_factory=time.monotonic)

    def look(self, greet: Callable[[str, Worker], None]) -> Iterator[tuple[int, str]]:
        """Greet new workers; yield the tasks of those that were lost, with the worker's address. Once a second.

        Raises:
            DiagnosticError: the scheduler is lost, or no worker can be used.
        """
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        self._looked = now
        there = self.link.workers()
        for address in [one for one, worker in self.workers.items() if one not in there or worker.overdue]:
            if address in there:
                self.refused[address] = (f"it did not answer for {_WALL:g} s",)
            yield from self._lost(address)
        for address, threads in there.items():
            if address not in self.workers and address not in self.refused:
                self.workers[address] = Worker(threads)
                greet(address, self.workers[address])
        if any(worker.accepted is not False for worker in self.workers.values()):
            self._alone = now
        elif self.refused or now - self._alone > self.patience:
            raise self._nobody()

    def freest(self) -> tuple[str, Worker] | None:
        """The worker with most room for a task; a second task for each thread waits there, so that none is idle."""
        free = [(worker.load, address) for address, worker in self.workers.items() if worker.accepted]
        load, address = min(free, default=(2.0, ""))
        return (address, self.workers[address]) if load < 2.0 else None

    def take(self, key: str) -> tuple[str, int | None] | None:
        """The worker's address and the task's number of a call that was answered; None if no task waits for it."""
        for address, worker in self.workers.items():
            if key in worker.calls:
                return address, worker.calls.pop(key)[0]
        return None

    def judge(self, address: str, answer: Answer | Exception) -> None:
        """Use a worker, or not, by its answer to a greeting; one that was refused keeps no task."""
        worker = self.workers[address]
        if isinstance(answer, Done):
            worker.accepted = True
            return
        worker.accepted = False
        if isinstance(answer, Refused):
            self.refused[address] = answer.reasons
        else:
            said = answer.reason if isinstance(answer, Fault) else f"{type(answer).__name__}: {answer}"
            self.refused[address] = (f"it can't run the engine: {said}",)

    def _lost(self, address: str) -> Iterator[tuple[int, str]]:
        for key, (number, _) in self.workers.pop(address).calls.items():
            self.link.forget(key)
            if number is not None:
                yield number, address

    def _nobody(self) -> DiagnosticError:
        hint = "see docs/how-to/use-a-cluster.md"
        reasons = sorted({"; ".join(reasons) for reasons in self.refused.values()})
        if reasons:
            message = f"no worker can be used: {' · '.join(reasons)}"
            return DiagnosticError(diagnostic("cluster-refused", Span(self.link.address), message, hint))
        message = f"the scheduler has no worker, for {self.patience:g} s"
        return DiagnosticError(diagnostic("cluster-empty", Span(self.link.address), message, hint))
