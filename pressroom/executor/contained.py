"""Reads files from outside in processes of their own: one that takes too much, or ends its reader, is one reason."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from typing import Any, Final

from pressroom.executor.local import LocalExecutor
from pressroom.executor.process import Limits
from pressroom.executor.protocol import Fault

# A release of a hundred pages takes a tenth of each.
FOREIGN: Final = Limits(cpu=60.0, stalled=30.0, size=2 << 30)


def contained(function: str, tasks: Sequence[Any], limits: Limits = FOREIGN) -> list[Any]:
    """The result of a function, `package.module:name`, for each task, or the Fault that it ended with.

    A worker reads one file after another. If it dies or passes its limits, only the file it was reading has a fault.
    """
    jobs = max(1, min(len(tasks), os.cpu_count() or 1))
    executor: LocalExecutor[Any, Any] = LocalExecutor(function, jobs, limits, twice=False)
    with closing(executor):
        for number, task in enumerate(tasks):
            executor.submit(number, task)
        results = dict(executor.results())
    return [results[number] for number in range(len(tasks))]


def why_unread(fault: Fault) -> str:
    """Why a file is not read, whose reader ended."""
    return f"its reader was ended: {fault.reason}"
