"""What runs in a thread of a Dask worker: it hands each task to a contained process, which it watches and replaces.

So a piece that crashes, runs away or takes too much memory ends that process, and never the Dask worker. Nothing here
reads a task: its bytes pass through.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from multiprocessing.connection import wait
from typing import Any, Final

from pressroom.executor.guest import Call, Done, Missing, Refused, Terms
from pressroom.executor.process import Limits, Process, start
from pressroom.executor.protocol import Fault

_WORK: Final = "pressroom.executor.guest:work"
# Bytes of parts that a machine keeps; the oldest go first, and a task that lacks one asks for it again.
_ROOM: Final = 256 << 20

Answer = Done | Missing | Refused | Fault


class _Thread(threading.local):
    """The contained process of a thread, what it serves, and the parts it has. The kernel ends it with the thread."""

    process: Process | None = None
    serves: tuple[Terms, Limits] | None = None
    given: frozenset[str] = frozenset()


_THREAD: Final = _Thread()
_PARTS: Final = dict[str, bytes]()
_LOCK: Final = threading.Lock()


def run(call: Call, limits: Limits) -> Answer:
    """Have a call answered by this thread's process. Only bytes are read that the build sent."""
    if (parts := _kept(call)) is None:
        return Missing()
    process = _process(call, limits)
    if isinstance(process, Fault):
        return process
    given = {name: data for name, data in parts.items() if name not in _THREAD.given}
    _THREAD.given |= given.keys()
    answer = process.give(0, replace(call, parts=given)) or _answer(process)
    process.task = None
    # A process that was refused has its fonts, and can't have others.
    if isinstance(answer, Refused) or (isinstance(answer, Fault) and answer.machine) or process.is_large():
        _end()
    return answer


def _kept(call: Call) -> dict[str, bytes] | None:
    """The parts that a call needs, from this one or earlier ones; None if some are not there."""
    with _LOCK:
        for name, data in call.parts.items():
            _PARTS[name] = data
        found = {name: _PARTS[name] for name in call.needs if name in _PARTS}
        for name in found:
            # Used last, dropped last.
            _PARTS[name] = _PARTS.pop(name)
        room = sum(map(len, _PARTS.values()))
        while room > _ROOM:
            room -= len(_PARTS.pop(next(iter(_PARTS))))
    return found if len(found) == len(call.needs) else None


def _process(call: Call, limits: Limits) -> Process | Fault:
    """This thread's process; a new one for other terms, because fonts are set once in a process, or if it has grown."""
    serves = call.terms, limits
    if _THREAD.process is not None and (_THREAD.serves != serves or _THREAD.process.is_worn_for(call.kind)):
        _end()
    if _THREAD.process is None:
        try:
            _THREAD.process, _THREAD.serves, _THREAD.given = start(_WORK, limits), serves, frozenset()
        except OSError as error:
            return Fault(f"no worker can be started: {error.strerror}")
    _THREAD.process.kind = call.kind
    return _THREAD.process


def _end() -> None:
    if _THREAD.process is not None:
        _THREAD.process.end()
    _THREAD.process = None


def _answer(process: Process) -> Any:  # noqa: ANN401  what the process sent, or its fault
    while (message := process.take()) is None:
        wait([process.pipe], timeout=1.0)
    return message
