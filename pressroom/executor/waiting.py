"""Tasks that wait for a worker: alike ones go to the same one, which has read what they need."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

Task = TypeVar("Task")
# Seconds until a worker has started; it takes as much CPU, and as much again to read a language and a base.
A_START: Final = 0.7
# A further worker is started if, without it, each of the others would work for at least so many seconds.
A_WORKER: Final = 2.6


def is_worth_a_worker(waiting: float, running: Sequence[float]) -> bool:
    """True if a further worker saves time on the clock.

    `waiting` is the seconds of work that waits, `running` the seconds that each running worker still needs.
    """
    return not running or (waiting + sum(running)) / len(running) >= A_WORKER


@dataclass(slots=True)
class Waiting(Generic[Task]):
    """Tasks by what they have in common, each with its number and about how many seconds it takes."""

    _alike: dict[Hashable, deque[tuple[int, Task, float]]] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(map(len, self._alike.values()))

    @property
    def seconds(self) -> float:
        """About how long all of them take."""
        return sum(seconds for tasks in self._alike.values() for _, _, seconds in tasks)

    def add(self, number: int, task: Task, seconds: float, kind: Hashable) -> None:
        """Let a task wait behind those of its kind."""
        self._alike.setdefault(kind, deque()).append((number, task, seconds))

    def put_back(self, number: int, task: Task, seconds: float, kind: Hashable) -> None:
        """Let a task wait before those of its kind."""
        self._alike.setdefault(kind, deque()).appendleft((number, task, seconds))

    def take(self, own: Hashable, others: Collection[Hashable]) -> tuple[int, Task, float, Hashable]:
        """The next task for a worker whose last one was of its `own` kind: one like it, else one like no other's."""
        kinds = self._alike
        kind = own if own in kinds else next((one for one in kinds if one not in others), next(iter(kinds)))
        number, task, seconds = kinds[kind].popleft()
        if not kinds[kind]:
            del kinds[kind]
        return number, task, seconds, kind

    def drained(self) -> Iterator[int]:
        """The number of each task; none waits any more."""
        while self._alike:
            yield self.take(None, ())[0]
