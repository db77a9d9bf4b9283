"""Keeps a worker process for each open document: it stays warm, and what it measured is still there for the next task.

A task has a key. A newer task of the same key replaces one that waits, and the result of one that runs is dropped. A
worker that dies is replaced and its task tried once more; one that has grown large is replaced after its task.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import Any, Final, Generic, TypeVar

from pressroom.executor.process import Limits, Process, start
from pressroom.executor.protocol import Fault

Task = TypeVar("Task")
Result = TypeVar("Result")

# A live view takes about half a second; one that takes a minute has a fault.
LIMITS: Final = Limits(cpu=60.0, stalled=30.0)
# Workers that end before they are ready, after which no more is started for a task.
_MOST_FAILED: Final = 3
_LOOK: Final = 1.0


@dataclass(slots=True)
class _Resident:
    """The worker of an owner (None: none yet), the tasks that wait by key, and the key that it works for.

    `failed` are the keys of tasks whose worker failed once.
    """

    worker: Process | None = None
    waiting: dict[Hashable, Any] = field(default_factory=dict)
    working: Hashable = None
    failed: set[Hashable] = field(default_factory=set)

    @property
    def is_idle(self) -> bool:
        """True if it has nothing to do."""
        return not self.waiting and (self.worker is None or self.worker.task is None)


class Residents(Generic[Task, Result]):
    """Workers for one function, `package.module:name`: one for each owner of tasks, and one more that is warm.

    `settled` is called in the thread of the workers with the owner, the key, and the result or Fault of a task. All
    methods may be called from any thread.
    """

    def __init__(
        self,
        function: str,
        settled: Callable[[Hashable, Hashable, Result | Fault], None],
        limits: Limits = LIMITS,
    ) -> None:
        self._function, self._settled, self._limits = function, settled, limits
        self._residents: dict[Hashable, _Resident] = {}
        self._released: list[Process] = []
        self._spare: Process | None = None
        self._failed = 0
        self._lock, self._closed = threading.Lock(), False
        self._awake, self._alarm = socket.socketpair()
        self._alarm.setblocking(False)
        # The kernel ends a worker with the thread that started it, so one thread starts and keeps them all.
        self._thread = threading.Thread(target=self._run, name="residents", daemon=True)

    def start(self) -> None:
        """Start the warm worker."""
        self._thread.start()

    def give(self, owner: Hashable, key: Hashable, task: Task) -> None:
        """Queue a task for the owner's worker, in place of one with the same key that waits."""
        with self._lock:
            resident = self._residents.setdefault(owner, _Resident())
            resident.waiting.pop(key, None)
            resident.waiting[key] = task
            resident.failed.discard(key)
            self._failed = 0
        self._wake()

    def release(self, owner: Hashable) -> None:
        """End an owner's worker; its tasks are dropped, and another task gets a new worker."""
        with self._lock:
            resident = self._residents.pop(owner, None)
            if resident is not None and resident.worker is not None:
                self._released.append(resident.worker)
        self._wake()

    def owners(self) -> dict[Hashable, int]:
        """The owners that have a worker, with its process id."""
        with self._lock:
            found = {owner: one.worker for owner, one in self._residents.items()}
        return {owner: worker.child.pid for owner, worker in found.items() if worker is not None}

    def close(self) -> None:
        """End all workers and wait for that."""
        with self._lock:
            self._closed = True
        self._wake()
        if self._thread.ident is not None:
            self._thread.join()
        with self._lock:
            self._awake.close()
            self._alarm.close()

    def _wake(self) -> None:
        # It is awake already, or closed.
        with self._lock, suppress(OSError):
            self._alarm.send(b"!")

    def _run(self) -> None:
        try:
            while not self._closed:
                for owner, key, fault in self._hand_out():
                    self._settled(owner, key, fault)
                self._wait()
                for settled in self._collect():
                    self._settled(*settled)
        finally:
            self._end_all()

    def _hand_out(self) -> list[tuple[Hashable, Hashable, Fault]]:
        """Start workers and give them tasks; the tasks of owners without one have a fault if none can be started."""
        with self._lock:
            released, self._released = self._released, []
            for resident in self._residents.values():
                if resident.worker is None and resident.waiting and self._spare is not None:
                    resident.worker, self._spare = self._spare, None
            fault = self._start_spare()
            self._give_waiting()
            faults = []
            if fault is not None:
                for owner, resident in self._residents.items():
                    if resident.worker is None:
                        faults += [(owner, key, fault) for key in resident.waiting]
                        resident.waiting.clear()
        for worker in released:
            worker.end()
        return faults

    def _start_spare(self) -> Fault | None:
        """Start a worker where one is needed, or nothing is to do; returns why none can be started."""
        residents = self._residents.values()
        is_needed = any(one.worker is None and one.waiting for one in residents)
        if self._spare is not None or not (is_needed or all(one.is_idle for one in residents)):
            return None
        if self._failed >= _MOST_FAILED:
            return Fault("no worker starts on this machine", "look at the machine's memory; then save once more")
        try:
            self._spare = start(self._function, self._limits)
        except OSError as error:
            return Fault(f"no worker can be started: {error.strerror}")
        return None

    def _give_waiting(self) -> None:
        for resident in self._residents.values():
            worker = resident.worker
            # What a worker does not read yet could fill the pipe, and stop this thread.
            if worker is not None and worker.ready and worker.task is None and resident.waiting:
                key = next(iter(resident.waiting))
                resident.working = key
                worker.give(0, resident.waiting.pop(key))

    def _wait(self) -> None:
        with self._lock:
            workers = [one.worker for one in self._residents.values() if one.worker is not None]
            pipes = [worker.pipe for worker in (*workers, *filter(None, [self._spare]))]
        if self._awake in wait([*pipes, self._awake], timeout=_LOOK):
            self._awake.recv(1 << 16)

    def _collect(self) -> list[tuple[Hashable, Hashable, Any]]:
        """The results that arrived. A worker that failed is replaced, and its task is tried once more."""
        settled: list[tuple[Hashable, Hashable, Any]] = []
        with self._lock:
            if self._spare is not None and (message := _message(self._spare)) is not None:
                self._failed += 1
                self._released.append(self._spare)
                self._spare = None
            for owner, resident in self._residents.items():
                worker = resident.worker
                if worker is not None and (message := _message(worker)) is not None:
                    settled += self._settle(owner, resident, worker, message)
            self._failed = 0 if self._spare is not None and self._spare.ready else self._failed
        return settled

    def _settle(
        self,
        owner: Hashable,
        resident: _Resident,
        worker: Process,
        message: Any,  # noqa: ANN401  a result of any kind
    ) -> list[tuple[Hashable, Hashable, Any]]:
        given, key = worker.task, resident.working
        worker.task, resident.working = None, None
        failed = isinstance(message, Fault) and message.machine
        if failed or worker.is_large():
            self._released.append(worker)
            resident.worker = None
        if given is None or key in resident.waiting:
            return []
        if failed and key not in resident.failed:
            resident.failed.add(key)
            resident.waiting = {key: given[1], **resident.waiting}
            return []
        resident.failed.discard(key)
        return [(owner, key, message)]

    def _end_all(self) -> None:
        with self._lock:
            workers = [one.worker for one in self._residents.values()]
            self._residents.clear()
        for worker in filter(None, [*workers, *self._released, self._spare]):
            worker.end()


def _message(worker: Process) -> Any:  # noqa: ANN401  a result of any kind
    """A result or a fault of a worker that works or starts; of one that is idle, that it died."""
    if worker.task is None and worker.ready and not worker.pipe.poll():
        return None
    return worker.take()
