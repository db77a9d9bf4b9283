"""A worker process as its parent sees it: starts it, watches what it uses, and ends it."""

from __future__ import annotations

import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Hashable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import pressroom
from pressroom.executor.parts import Given, Packed
from pressroom.executor.protocol import Fault
from pressroom.executor.waiting import A_START
from pressroom.executor.worker import READY

_ROOT: Final = Path(pressroom.__file__).parents[1]
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
# The longest step that counts: while the machine slept or the parent was stopped, nothing watched the worker.
_STEP: Final = 2.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may use: CPU seconds for a task, seconds without CPU time, and bytes of address space.

    A worker with more than `resident` bytes in memory is replaced after its task. One with more than `grown`, which has
    used `worth` seconds of CPU, is replaced before it begins on another kind of tasks: libraries keep what each needs.
    """

    cpu: float = 120.0
    stalled: float = 60.0
    size: int = 4 << 30
    resident: int = 1 << 30
    grown: int = 130_000_000
    worth: float = 10.0


@dataclass(slots=True)
class Process:
    """A worker; `task` is the number and the value of its current task, None while it is idle.

    `given` are the parts of tasks that it has, `kind` is that of its last task, which takes about so many `seconds`.
    """

    limits: Limits
    child: subprocess.Popen[bytes]
    pipe: Connection
    task: tuple[int, Any] | None = None
    ready: bool = False
    given: Given = field(default_factory=Given)
    kind: Hashable = None
    seconds: float = 0.0
    _began: int = 0
    _ticks: int = 0
    _stalled: float = 0.0
    _seen: float = field(default_factory=time.monotonic)

    def give(self, number: int, task: Any, packed: Packed | None = None) -> Fault | None:  # noqa: ANN401  any value
        """Send a task, without the parts of it that the worker has; returns a fault if it does not accept it."""
        self.task, self._stalled, self._seen = (number, task), 0.0, time.monotonic()
        self._began = self._ticks = self._stat("stat", 11, 13)
        try:
            self.pipe.send(task if packed is None else self.given.parcel(packed))
        except OSError:
            return self.fault()
        return None

    def take(self) -> Any:  # noqa: ANN401
        """Return None, a result, or the fault of a worker that died, stopped or could not start."""
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
        """The fault of a worker that used too much CPU time, or none for too long; slow progress is no fault."""
        now, ticks = time.monotonic(), self._stat("stat", 11, 13)
        # Without /proc there are no ticks.
        self._stalled = 0.0 if ticks > self._ticks or not ticks else self._stalled + min(now - self._seen, _STEP)
        self._ticks, self._seen = ticks, now
        if ticks - self._began > self.limits.cpu * _TICKS:
            return _fault(f"used more than {self.limits.cpu:g} s of CPU time and was ended")
        if self._stalled > self.limits.stalled:
            return _fault(f"used no CPU time for {self.limits.stalled:g} s and was ended")
        return None

    @property
    def to_go(self) -> float:
        """About how many seconds its task takes, and its start if it has not ended."""
        return self.seconds + (0.0 if self.ready else A_START)

    def is_large(self) -> bool:
        """True if its tasks left so much in memory that a new process is better."""
        return self._resident() > self.limits.resident

    def is_worn_for(self, kind: Hashable) -> bool:
        """True if a new process is better for a task of this kind, and its start costs little of what this one did."""
        is_other = kind != self.kind and self._resident() > self.limits.grown
        return is_other and self._stat("stat", 11, 13) >= self.limits.worth * _TICKS

    def _resident(self) -> int:
        return self._stat("statm", 1, 2) * _PAGE

    def _stat(self, name: str, first: int, end: int) -> int:
        """The sum of fields of the process's file in /proc, counted after the program's name; 0 without /proc."""
        try:
            text = Path(f"/proc/{self.child.pid}/{name}").read_text(encoding="ascii", errors="replace")
        except OSError:
            return 0
        return sum(map(int, text.rpartition(")")[2].split()[first:end]))

    def end(self) -> None:
        """Kill it and wait for it. It has no files on disk."""
        self.pipe.close()
        self.child.kill()
        self.child.wait()

    def fault(self) -> Fault:
        """Say how it died; a worker that still runs has stopped in the middle of a message."""
        try:
            code = self.child.wait(1.0)
        except subprocess.TimeoutExpired:
            return _fault("stopped in the middle of a message and was ended")
        return _fault(f"was killed by {signal.Signals(-code).name}" if code < 0 else f"died with code {code}")


def start(function: str, limits: Limits) -> Process:
    """Start a worker for a function, `package.module:name`, in this process's environment.

    Raises:
        OSError: the machine can't start a process.
    """
    ours, theirs = socket.socketpair()
    # A worker that stops in the middle of a message must not stop its parent.
    timeout = struct.pack("ll", int(limits.stalled) + 1, 0)
    for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
        ours.setsockopt(socket.SOL_SOCKET, option, timeout)
    module, to_parent = "pressroom.executor.worker", (str(theirs.fileno()), str(os.getpid()))
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
    # A signal before the child is registered would leave it behind; the child unblocks these signals itself.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
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
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _fault(reason: str) -> Fault:
    size, _ = resource.getrlimit(resource.RLIMIT_AS)
    hint = "close other programs or use fewer --jobs, then build again"
    if size != resource.RLIM_INFINITY:
        hint = f"this machine allows a process {size >> 20} MB (ulimit -v): allow more, then build again"
    return Fault(f"a worker {reason}", hint)
