"""Runs tasks on a Dask cluster. A machine that is lost costs time only; one that would make other bytes is refused.

Dask connects the machines and carries bytes. Which worker runs which task is decided here: each part is sent to a
worker once, and the tasks that a lost worker had are known by their numbers.
"""

from __future__ import annotations

import pickle
import secrets
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, Generic, TypeVar

from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.executor.dask_link import DaskLink
from pressroom.executor.guest import GREETING, Call, Done, Missing, Refused, Terms
from pressroom.executor.host import Answer
from pressroom.executor.objects import Objects, ObjectsError
from pressroom.executor.parts import Packed, Packer
from pressroom.executor.process import Limits
from pressroom.executor.protocol import A_TASK, Fault
from pressroom.executor.staff import Staff, Worker
from pressroom.fingerprint import content_hash

Task = TypeVar("Task")
Result = TypeVar("Result")

# How often a task may be on a worker that is lost. No task can end a Dask worker, so the machines are at fault.
_LOSSES: Final = 3
# How many waiting tasks are looked at for the one of which a worker has most parts.
_LOOKED_AT: Final = 32


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where tasks run: the address of a scheduler, and of a folder for results that all machines reach, or empty."""

    address: str
    objects: str = ""


class ClusterExecutor(Generic[Task, Result]):
    """Runs one function on the workers of a cluster. Close it when you have the results.

    `terms` say what a worker must have, and `setup` is the value that it is compared with; values of the `shared` types
    are sent to a worker once. `retried` has the reason why a task was tried again, by its number.

    Raises:
        DiagnosticError: Dask is not installed, the address is open to others, or nothing answers there.
    """

    def __init__(
        self,
        cluster: Cluster,
        terms: Terms,
        setup: object = None,
        *,
        shared: tuple[type, ...] = (),
        kind: Callable[[Task], Hashable] = lambda _: None,
        limits: Limits | None = None,
        patience: float = 30.0,
    ) -> None:
        self.retried: dict[int, str] = {}
        self._kind, self._kinds = kind, dict[int, Hashable]()
        self._packer, self._limits, self._span = Packer(shared), limits or Limits(), Span(cluster.address)
        packed = self._packer.pack(setup)
        name = content_hash(packed.data)
        self._common = {**packed.parts, name: packed.data}
        self._objects = Objects(f"{cluster.objects.rstrip('/')}/{secrets.token_hex(8)}") if cluster.objects else None
        self._terms = replace(terms, setup=name, objects=self._objects.address if self._objects else "")
        self._tasks: dict[int, Packed] = {}
        self._waiting: deque[int] = deque()
        self._failed: dict[int, str] = {}
        self._losses: Counter[int] = Counter()
        self._link = DaskLink(cluster.address)
        self._staff = Staff(self._link, patience)

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """The workers that were refused, with the reasons."""
        hint = "the others made everything; install the same there: docs/how-to/use-a-cluster.md"
        return tuple(
            diagnostic("worker-refused", self._span, f"the worker {address} was not used: {'; '.join(reasons)}", hint)
            for address, reasons in sorted(self._staff.refused.items())
        )

    def submit(self, number: int, task: Task, seconds: float = A_TASK) -> None:
        """Queue a task; `number` identifies its result. It takes about so many seconds."""
        self._tasks[number], self._kinds[number] = self._packer.pack(task), self._kind(task)
        self._waiting.append(number)

    def results(self) -> Iterator[tuple[int, Result | Fault]]:
        """Yield each task's number and result as it arrives, until none is left.

        Raises:
            DiagnosticError: the scheduler was lost, no worker can be used, or the folder for results can't.
        """
        self._open_objects()
        while self._tasks:
            for number, address in self._staff.look(self._greet):
                yield from self._after_loss(number, address)
            self._hand_out()
            if (arrived := self._link.next(timeout=1.0)) is not None:
                yield from self._settle(*arrived)

    def close(self) -> None:
        """Leave the cluster, which drops what it has of this build, and remove the folder for results."""
        self._link.close()
        if self._objects is not None:
            with suppress(ObjectsError):
                self._objects.remove_all()

    def _open_objects(self) -> None:
        if self._objects is None:
            return
        try:
            self._objects.put(GREETING, GREETING.encode())
        except ObjectsError as error:
            hint = "see that the folder is there and that you may write it; s3:// needs s3fs, here and on every worker"
            raise DiagnosticError(diagnostic("cluster-objects", self._span, str(error), hint)) from error

    def _greet(self, address: str, worker: Worker) -> None:
        """Send the setup; until its answer, the worker gets no task."""
        call = Call(self._terms, GREETING, None, frozenset(self._common), self._common)
        worker.has |= self._common.keys()
        worker.add(self._link.send(address, call, self._limits), None)

    def _hand_out(self) -> None:
        while self._waiting and (free := self._staff.freest()) is not None:
            address, worker = free
            number = self._best_for(worker, address)
            self._waiting.remove(number)
            task = self._tasks[number]
            parts = {**self._common, **task.parts}
            missing = {name: data for name, data in parts.items() if name not in worker.has}
            worker.has |= parts.keys()
            call = Call(self._terms, f"{number}", task.data, frozenset(parts), missing, self._kinds[number])
            worker.add(self._link.send(address, call, self._limits), number)

    def _best_for(self, worker: Worker, address: str) -> int:
        """Of the tasks that wait longest, the one for which the fewest bytes must be sent."""

        def cost(number: int) -> tuple[bool, int]:
            parts = self._tasks[number].parts
            failed_here = self._failed.get(number) == address
            return failed_here, sum(len(data) for name, data in parts.items() if name not in worker.has)

        return min(islice(self._waiting, _LOOKED_AT), key=cost)

    def _settle(self, key: str, answer: Answer | Exception) -> Iterator[tuple[int, Any]]:
        """Yield a result, or a fault that came twice; else the task waits again."""
        if (found := self._staff.take(key)) is None:
            return
        address, number = found
        if number is None or isinstance(answer, Refused):
            self._staff.judge(address, answer)
        elif isinstance(answer, Missing):
            self._staff.workers[address].has.clear()
        else:
            yield from self._read(number, address, answer)
            return
        if number is not None:
            self._waiting.appendleft(number)

    def _read(self, number: int, address: str, answer: Done | Fault | Exception) -> Iterator[tuple[int, Any]]:
        if isinstance(answer, Exception):
            # The worker was lost with its answer, or a message was too much for Dask.
            answer = Fault(f"Dask failed: {type(answer).__name__}: {answer}")
        elif isinstance(answer, Done):
            try:
                yield from self._finished(number, pickle.loads(self._data(answer, number)))
                return
            except ObjectsError as error:
                answer = Fault(f"its result can't be used: {error}")
        if not answer.machine or number in self._failed:
            yield from self._finished(number, answer)
        else:
            self._failed[number], self.retried[number] = address, f"{answer.reason}, on {address}"
            self._waiting.appendleft(number)

    def _data(self, done: Done, number: int) -> bytes:
        """The bytes of a result; from the folder for results they are those that the worker wrote, or refused."""
        if self._objects is None:
            return done.data
        data = self._objects.get(f"{number}", done.digest)
        with suppress(ObjectsError):
            self._objects.remove(f"{number}")
        return data

    def _after_loss(self, number: int, address: str) -> Iterator[tuple[int, Fault]]:
        """Let the task of a lost worker wait again; after several such losses it is a fault."""
        self._losses[number] += 1
        reason = f"the worker {address} was lost"
        if self._losses[number] < _LOSSES:
            self.retried[number] = reason
            self._waiting.appendleft(number)
        else:
            yield from self._finished(number, Fault(f"{reason}, as {_LOSSES - 1} others before it"))

    def _finished(self, number: int, result: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
        del self._tasks[number]
        yield number, result
