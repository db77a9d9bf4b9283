"""Keeps a worker from one build to the next, for `build --watch`: it has started and read its libraries already."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pressroom.executor.process import Process

# Sets of fonts, each of one edit after another: all languages, one language.
_MOST: Final = 2


@dataclass(slots=True)
class WarmWorkers:
    """A build may start so many `jobs`; one of its workers waits for the next build. Close it when no build follows.

    Fontconfig reads its list once in a process, so a worker waits for a build with the fonts that it started with:
    FONTCONFIG_FILE has another name for other fonts.
    """

    jobs: int
    _waiting: dict[str, Process] = field(default_factory=dict)

    def take(self) -> list[Process]:
        """The worker that waits with the fonts of this environment; none if it has ended meanwhile."""
        worker = self._waiting.pop(_fonts(), None)
        if worker is not None and worker.child.poll() is not None:
            worker.end()
            worker = None
        return [] if worker is None else [worker]

    def put(self, workers: Sequence[Process]) -> None:
        """Keep the first of these workers, which have nothing to do, and end the others."""
        for worker in workers[1:]:
            worker.end()
        for worker in workers[:1]:
            self._waiting[_fonts()] = worker
        while len(self._waiting) > _MOST:
            self._waiting.pop(next(iter(self._waiting))).end()

    def close(self) -> None:
        """End the workers that wait."""
        while self._waiting:
            self._waiting.popitem()[1].end()


def _fonts() -> str:
    return os.environ.get("FONTCONFIG_FILE", "")
