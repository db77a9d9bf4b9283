"""The interface of an executor, whether its workers are processes or machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

Task = TypeVar("Task", contravariant=True)
Result = TypeVar("Result", covariant=True)
# Seconds that a task is expected to take if its caller does not say.
A_TASK: Final = 3.0


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a task has no result: a fact about the machine or the engine, never about the task's document.

    `machine` is False where the engine raised an exception, which it would raise on every machine.
    """

    reason: str
    hint: str = "build it again"
    machine: bool = True


class Executor(Protocol[Task, Result]):
    """Runs one function on many tasks. Tasks and results are plain values that can be pickled."""

    @property
    def retried(self) -> Mapping[int, str]:
        """The reason why a task was tried again, by its number."""

    def submit(self, number: int, task: Task, seconds: float = A_TASK) -> None:
        """Queue a task; `number` identifies its result. With those that follow it, it takes about so many seconds."""

    def results(self) -> Iterator[tuple[int, Result | Fault]]:
        """Yield each task's number and result as it arrives, in any order, until none is left.

        More tasks may be submitted meanwhile. A task whose worker fails is tried once more before its fault arrives.
        """

    def close(self) -> None:
        """End all workers; tasks without a result are dropped."""
