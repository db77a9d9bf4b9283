"""Runs a function in a fork of this process, within limits of time and memory, and gives its answer."""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import signal
from collections.abc import Callable

_MEMORY = 4_000_000_000


def in_child(function: Callable[[], object], *, seconds: int, bounded: bool = False) -> object:
    """What the function returns, or a text that says how the child ended. What it prints is lost.

    A `bounded` child has 4 GB of memory; every one ends after so many seconds.
    """
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        _run(function, writes, seconds, bounded)
    os.close(writes)
    with os.fdopen(reads, "rb") as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return f"signal {signal.Signals(os.WTERMSIG(status)).name}"
    return pickle.loads(said) if said else f"ended with {os.WEXITSTATUS(status)}"


def _run(function: Callable[[], object], writes: int, seconds: int, bounded: bool) -> None:
    """Never returns: a child that went on would do its parent's work again."""
    os.setpgid(0, 0)
    signal.alarm(seconds)
    if bounded:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1) + ((2,) if bounded else ()):
        os.dup2(nothing, number)
    code = 1
    with contextlib.suppress(BaseException):
        try:
            said = function()
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
        with os.fdopen(writes, "wb") as answer:
            answer.write(pickle.dumps(said))
        code = 0
    os._exit(code)
