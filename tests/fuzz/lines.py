"""Finds new inputs by mutation: one is kept if it reaches a line of the engine from a line that none came from before.

By sys.settrace, as CPython 3.11 has no sys.monitoring. It needs nothing installed, and is far slower than atheris.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pressroom
from tests.fuzz.mutate import mutated
from tests.fuzz.watch import Watch, keep

_ENGINE: Final = str(Path(pressroom.__file__).parent)
# How much slower a traced reader is.
SLOWER: Final = 10.0


class Coverage:
    """The steps from line to line of the engine that were made so far."""

    def __init__(self) -> None:
        self.steps: set[tuple[str, int, int]] = set()

    def _trace(self, frame: FrameType, event: str, _: Any) -> Any:
        name = frame.f_code.co_filename
        if not name.startswith(_ENGINE):
            return None
        steps, before = self.steps, 0

        def line(inner: FrameType, what: str, __: Any) -> Any:
            nonlocal before
            now = inner.f_lineno
            steps.add((name, before, now))
            before = now
            return line

        return line(frame, event, None)

    def grows(self, run: Callable[[bytes], str], data: bytes) -> bool:
        """Run an input; True if it has no fault and made a new step."""
        before = len(self.steps)
        sys.settrace(self._trace)
        try:
            fault = run(data)
        finally:
            sys.settrace(None)
        return not fault and len(self.steps) > before


def fuzz(watch: Watch, corpus: list[bytes], folder: Path, *, seconds: float, runs: int, seed: int) -> None:
    """Mutate for so much CPU time, or so many inputs if `runs` is not 0; new inputs go into the folder."""
    chance, coverage = random.Random(seed), Coverage()
    for data in corpus:
        coverage.grows(watch.run, data)
    watch.statistics.coverage.append(len(coverage.steps))
    while watch.seconds() < seconds and (not runs or watch.statistics.runs < runs):
        data = mutated(chance.choice(corpus), corpus, chance)
        if coverage.grows(watch.run, data):
            corpus.append(data)
            keep(folder, data)
    watch.statistics.coverage.append(len(coverage.steps))


def smallest(run: Callable[[bytes], str], corpus: Iterable[bytes]) -> list[bytes]:
    """Those of the inputs, the small ones first, that together make all steps."""
    coverage = Coverage()
    return [data for data in sorted(corpus, key=len) if coverage.grows(run, data)]
