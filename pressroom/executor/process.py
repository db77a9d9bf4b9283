"""A local worker as its parent sees it: how it starts, what it uses, and how it ends."""

from __future__ import annotations

import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import pressroom
from pressroom.executor.protocol import Fault
from pressroom.executor.worker import READY

_ROOT: Final = Path(pressroom.__file__).parents[1]
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
# The longest step that counts as watched: a machine that slept, or a parent that was stopped, watched nobody.
_STEP: Final = 2.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may use.

    CPU seconds for a task, seconds in which its CPU time does not advance, bytes of address space, and the resident
    bytes above which it is replaced after a task.
    """

    cpu: float = 120.0
    stalled: float = 60.0
    size: int = 4 << 30
    resident: int = 1 << 30


@dataclass(slots=True)
class Process:
    """One worker; `task` is the number and the value of what it works on, None while it is idle."""

    limits: Limits
    child: subprocess.Popen[bytes]
    pipe: Connection
    task: tuple[int, Any] | None = None
    ready: bool = False
    _began: int = 0
    _ticks: int = 0
    _stalled: float = 0.0
    _seen: float = field(default_factory=time.monotonic)

    def give(self, number: int, task: Any) -> Fault | None:  # noqa: ANN401  a task is its function's affair
        """Send a task; the fault where the worker does not take it."""
        self.task, self._stalled, self._seen = (number, task), 0.0, time.monotonic()
        self._began = self._ticks = self._stat("stat", 11, 13)
        try:
            self.pipe.send(task)
        except OSError:
            return self.fault()
        return None

    def take(self) -> Any:  # noqa: ANN401
        """Return what has arrived: None, a result, or the fault of a worker that died, stopped or could not start."""
        if not self.pipe.poll():
            return self._overdue()
        try:
            message = self.pipe.recv()
        except (EOFError, OSError):
            return self.fault()
        if message == READY:
            self.ready = True
            return None
        return message

    def _overdue(self) -> Fault | None:
        """The fault of a worker that used too much CPU time, or none for too long; wall time alone is no fault."""
        now, ticks = time.monotonic(), self._stat("stat", 11, 13)
        # No ticks at all: the system does not say.
        self._stalled = 0.0 if ticks > self._ticks or not ticks else self._stalled + min(now - self._seen, _STEP)
        self._ticks, self._seen = ticks, now
        if ticks - self._began > self.limits.cpu * _TICKS:
            return Fault(f"a worker used more than {self.limits.cpu:g} s of CPU time and was ended", _hint())
        if self._stalled > self.limits.stalled:
            return Fault(f"a worker used no CPU time for {self.limits.stalled:g} s and was ended", _hint())
        return None

    def is_large(self) -> bool:
        """True where what the tasks left behind is worth a new process."""
        return self._stat("statm", 1, 2) * _PAGE > self.limits.resident

    def _stat(self, name: str, first: int, end: int) -> int:
        """The sum of these fields of the process's file in /proc, counted after the program's name; 0 without /proc."""
        try:
            text = Path(f"/proc/{self.child.pid}/{name}").read_text(encoding="ascii", errors="replace")
        except OSError:
            return 0
        return sum(map(int, text.rpartition(")")[2].split()[first:end]))

    def end(self) -> None:
        """Kill it and wait for it; nothing of its own is on disk."""
        self.pipe.close()
        self.child.kill()
        self.child.wait()

    def fault(self) -> Fault:
        """Say how it died; one that lives is stopped in the middle of a message."""
        try:
            code = self.child.wait(1.0)
        except subprocess.TimeoutExpired:
            return Fault("a worker stopped in the middle of a message and was ended", _hint())
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"died with code {code}"
        return Fault(f"a worker {how}", _hint())


def start(function: str, limits: Limits) -> Process:
    """Start a worker for the function, named as `package.module:name`, in this process's environment.

    Raises:
        OSError: the machine starts no process.
    """
    ours, theirs = socket.socketpair()
    # A worker that is stopped in the middle of a message must not stop its parent.
    patience = struct.pack("ll", int(limits.stalled) + 1, 0)
    for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
        ours.setsockopt(socket.SOL_SOCKET, option, patience)
    module, to_parent = "pressroom.executor.worker", (str(theirs.fileno()), str(os.getpid()))
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
    # A signal between the start of a child and its registration would leave it behind; it unblocks them itself.
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", module, *to_parent, function, str(limits.size)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
            env=os.environ | {"PYTHONPATH": path},
        )
        return Process(limits, child, Connection(ours.detach()))
    finally:
        theirs.close()
        ours.close()
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)


def _hint() -> str:
    size, _ = resource.getrlimit(resource.RLIMIT_AS)
    if size == resource.RLIM_INFINITY:
        return "close other programs or use fewer --jobs, then build again"
    return f"this machine allows a process {size >> 20} MB (ulimit -v): allow more, then build again"
