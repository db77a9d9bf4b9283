"""The program of one local worker: receives tasks from its parent and sends results back.

    python -m pressroom.executor.worker FD PARENT MODULE:FUNCTION BYTES

It starts as a new process, never by a fork: Pango 1.56 starts a thread on first use, and a fork would wait for that
thread without having it.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any, Final

from pressroom.diagnostics import PROGRAM_FAULT
from pressroom.executor.parts import Parcel, Shelf
from pressroom.executor.protocol import Fault

READY: Final = "ready"
_PR_SET_PDEATHSIG: Final = 1
# After so many new objects garbage is collected within a task too; Python's own number is 700.
_BEFORE_COLLECTING: Final = 200_000


def main(fd: str, parent: str, function: str, size: str) -> None:
    """Answer tasks until the parent closes its end of the pipe or dies."""
    _end_with(int(parent))
    # Libraries log what they find in a file; it is reported as a finding, and not printed beside it.
    logging.getLogger().addHandler(logging.NullHandler())
    pipe = Connection(int(fd))
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        _limit_memory(int(size))
        # Modules live to the end: looking for garbage among them takes a tenth of a start.
        gc.disable()
        try:
            module, name = function.split(":")
            work = getattr(import_module(module), name)
        except (ImportError, OSError, MemoryError) as error:
            pipe.send(Fault(f"a worker can't start: {_named(error)}"))
            return
        gc.freeze()
        gc.enable()
        gc.set_threshold(_BEFORE_COLLECTING)
        pipe.send(READY)
        shelf = Shelf()
        while True:
            pipe.send(_answer(work, pipe.recv(), shelf))
            _collect()


def _end_with(parent: int) -> None:
    """Let the kernel kill this process when its parent dies, and leave the terminal's Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    with suppress(AttributeError):  # only Linux has it; elsewhere the end of the pipe is enough
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        sys.exit("the parent died before its worker started")


def _limit_memory(size: int) -> None:
    """Limit the address space to `size` bytes, or to the machine's limit if that is lower."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    lowest = min(limit for limit in (size, soft, hard) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (lowest, hard))


def _answer(work: Callable[[Any], object], task: object, shelf: Shelf) -> object:
    try:
        return work(shelf.opened(task) if isinstance(task, Parcel) else task)
    except (MemoryError, OSError, ImportError) as error:
        # A library that is imported late finds no room, too.
        return Fault(f"it failed: {_named(error)}")
    except Exception as error:
        traceback.print_exc()
        return Fault(f"the engine failed: {_named(error)}", PROGRAM_FAULT, machine=False)


def _collect() -> None:
    """Free what a task left, and never look again at what it keeps.

    The collector looks in vain in most of what a task makes: with it a piece took a tenth longer.
    """
    gc.collect()
    gc.freeze()


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ").replace("\n", " ")


if __name__ == "__main__":
    main(*sys.argv[1:])
