"""Runs tasks in worker processes on this machine. A crash loses one task only."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from pressroom.executor.parts import Packer
from pressroom.executor.process import Limits, Process, start
from pressroom.executor.protocol import A_TASK, Fault
from pressroom.executor.waiting import Waiting, is_worth_a_worker
from pressroom.executor.warm import WarmWorkers

Task = TypeVar("Task")
Result = TypeVar("Result")


class LocalExecutor(Generic[Task, Result]):
    """At most `jobs` processes for one function, `package.module:name`. Close it when you have the results.

    A further process is started only if it saves time on the clock (`is_worth_a_worker`).

    The processes inherit the environment, so FONTCONFIG_FILE must name the private fonts before the first result. The
    kernel ends them with the thread that started them. With `twice`, a task whose worker fails is tried again,
    and `retried` has the reason by the task's number. Values of the `shared` types in tasks, and long bytes, are
    sent to a process once; without such types each task is sent whole. Tasks of which `kind` says the same go to one
    worker as long as there are others for the rest. With `warm`, it begins with a worker of an earlier build, and
    leaves one for the next.
    """

    def __init__(
        self,
        function: str,
        jobs: int,
        limits: Limits | None = None,
        *,
        twice: bool = True,
        shared: tuple[type, ...] = (),
        kind: Callable[[Task], Hashable] = lambda _: None,
        warm: WarmWorkers | None = None,
    ) -> None:
        self._function, self._jobs, self._limits, self._twice = function, jobs, limits or Limits(), twice
        self._packer = Packer(shared) if shared else None
        self._kind, self._waiting = kind, Waiting[Task]()
        self._again: deque[tuple[int, Task]] = deque()
        self.retried: dict[int, str] = {}
        self._never_ready = 0
        self._warm = warm
        self._workers: list[Process] = [] if warm is None else warm.take()

    def submit(self, number: int, task: Task, seconds: float = A_TASK) -> None:
        """Queue a task; `number` identifies its result. With those that follow it, it takes about so many seconds."""
        self._waiting.add(number, task, seconds, self._kind(task))

    def results(self) -> Iterator[tuple[int, Result | Fault]]:
        """Yield each task's number and result as it arrives, until none is left.

        A task whose worker fails is tried once more, in a new worker that runs alone.
        """
        while self._waiting or self._again or self._busy():
            yield from self._hand_out()
            wait([worker.pipe for worker in self._busy()], timeout=1.0)
            for worker in self._busy():
                if (message := worker.take()) is not None:
                    yield from self._settle(worker, message)

    def close(self) -> None:
        """End all workers, but for one that waits for the next build if that was asked for."""
        if self._warm is not None:
            idle = [worker for worker in self._workers if worker.ready and worker.task is None]
            self._workers = [worker for worker in self._workers if worker not in idle]
            self._warm.put(idle)
        self._end()

    def _end(self) -> None:
        while self._workers:
            self._workers.pop().end()

    def _busy(self) -> list[Process]:
        return [worker for worker in self._workers if worker.task is not None]

    def _hand_out(self) -> Iterator[tuple[int, Fault]]:
        """Give waiting tasks to idle or new workers."""
        while self._waiting and len(self._busy()) < self._jobs and self._has_or_needs_worker():
            yield from self._give_next()
        if self._again and not self._waiting and not self._busy():
            self._end()
            yield from self._give(*self._again.popleft(), A_TASK, None, None)

    def _has_or_needs_worker(self) -> bool:
        """True if a worker is idle, or what waits is worth the start of one."""
        idle = any(worker.task is None for worker in self._workers)
        return idle or is_worth_a_worker(self._waiting.seconds, [worker.to_go for worker in self._workers])

    def _give_next(self) -> Iterator[tuple[int, Fault]]:
        worker = next((worker for worker in self._workers if worker.task is None), None)
        others = [other.kind for other in self._workers if other is not worker]
        number, task, seconds, kind = self._waiting.take(worker.kind if worker else None, others)
        if worker is not None and worker.is_worn_for(kind):
            self._workers.remove(worker)
            worker.end()
            worker = None
        yield from self._give(number, task, seconds, kind, worker)

    def _give(
        self, number: int, task: Task, seconds: float, kind: Hashable, worker: Process | None
    ) -> Iterator[tuple[int, Fault]]:
        if worker is None:
            try:
                worker = start(self._function, self._limits)
            except OSError as error:
                if not self._workers:
                    yield number, Fault(f"no worker can be started: {error.strerror}")
                    return
                # The machine allows fewer processes than jobs: go on with those that run.
                self._jobs = len(self._workers)
                self._waiting.put_back(number, task, seconds, kind)
                return
            self._workers.append(worker)
        worker.kind, worker.seconds = kind, seconds
        packed = self._packer.pack(task) if self._packer else None
        if (fault := worker.give(number, task, packed)) is not None:
            yield from self._settle(worker, fault)

    def _settle(self, worker: Process, message: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
        """Yield a worker's result, or its second fault. A worker is ended after a fault."""
        assert worker.task is not None
        number, task = worker.task
        worker.task = None
        failed = isinstance(message, Fault) and message.machine
        self._never_ready = 0 if worker.ready else self._never_ready + 1
        if failed or worker.is_large():
            self._workers.remove(worker)
            worker.end()
        if failed and self._twice and number not in self.retried:
            self.retried[number] = message.reason
            self._again.append((number, task))
        else:
            yield number, message
        if self._never_ready > self._jobs:
            # No worker starts on this machine: do not try again for every task.
            for left in [*(number for number, _ in self._again), *self._waiting.drained()]:
                yield left, message
            self._again.clear()
