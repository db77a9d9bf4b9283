"""An executor without workers, for tests of what a build makes and not of how."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterator
from importlib import import_module


class InlineExecutor:
    """Runs tasks in this process, which has WeasyPrint and the fonts: a worker starts slower than a piece is made.

    Tasks and results are pickled on their way, as between processes.
    """

    def __init__(self, function: str, jobs: int, limits: object = None, **_: object) -> None:
        module, name = function.split(":")
        self._work = getattr(import_module(module), name)
        self._tasks: deque[tuple[int, bytes]] = deque()
        self.retried: dict[int, str] = {}

    def submit(self, number: int, task: object, seconds: float = 0.0) -> None:
        """Queue a task."""
        self._tasks.append((number, pickle.dumps(task)))

    def results(self) -> Iterator[tuple[int, object]]:
        """Yield the results in the order of the tasks."""
        while self._tasks:
            number, task = self._tasks.popleft()
            yield number, pickle.loads(pickle.dumps(self._work(pickle.loads(task))))

    def close(self) -> None:
        """Nothing was started."""
