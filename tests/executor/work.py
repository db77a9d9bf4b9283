"""Functions that workers run in tests; each is named as `tests.executor.work:NAME`."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import ref

if TYPE_CHECKING:
    from pressroom.production.task import Rendered, Task


def pid(task: object) -> int:
    """The process that runs the task."""
    return os.getpid()


class _Circle:
    """Something that only the garbage collector frees."""

    def __init__(self) -> None:
        self.own = self


_left: list[ref[_Circle]] = []


def garbage(task: object) -> int:
    """How much of what earlier tasks left is still there; leaves some itself."""
    _left.append(ref(_Circle()))
    return sum(one() is not None for one in _left[:-1])


def meeting(folder: Path) -> int:
    """The process that runs the task, which ends when two processes have such a task, or after a minute."""
    (folder / str(os.getpid())).touch()
    until = time.monotonic() + 60
    while len([*folder.iterdir()]) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    return os.getpid()


def once(task: tuple[str, Path]) -> int:
    """Fail in the way that the task names, but only once: the file says that it has."""
    how, done = task
    if how and not done.exists():
        done.touch()
        always(how)
    return os.getpid()


def size(task: tuple[str, Path, bytes]) -> tuple[int, int]:
    """The process and the size of what came with the task, after `once`."""
    how, done, picture = task
    return once((how, done)), len(picture)


def always(how: str) -> int:
    """Fail in this way."""
    match how:
        case "exit":
            os._exit(3)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "stop":
            os.kill(os.getpid(), signal.SIGSTOP)
        case "memory":
            raise MemoryError
        case "import":
            raise ImportError("failed to map segment")
        case "bug":
            raise KeyError("name")
        case "spin":
            while True:
                pass
    return os.getpid()


def killed(task: object) -> None:
    """End this process as the kernel does where memory runs out."""
    always("kill")


def broken(task: object) -> None:
    """Raise what the engine must not."""
    always("bug")


def forever(task: object) -> None:
    """Say which process this is, in the folder that the environment names, and never end."""
    (Path(os.environ["TEST_WORKERS"]) / str(os.getpid())).touch()
    while True:
        time.sleep(1)


def not_measured(task: Task) -> Rendered:
    """Make pieces, but die of those that measure for others."""
    from pressroom.production.make import make

    if task.keep_cache:
        always("kill")
    return make(task)


def waits_once(task: tuple[str, Path]) -> int:
    """Say which process started this one, and wait for the end of it; the second time there is nothing to wait for."""
    name, folder = task
    told = folder / name
    if name and not told.exists():
        told.write_text(str(os.getppid()), encoding="utf-8")
        time.sleep(60)
    return os.getppid()


def after(task: tuple[str, Path | None]) -> tuple[str, int]:
    """Wait for a file, if one is named, and return the task's name with this process."""
    name, awaited = task
    while awaited is not None and not awaited.exists():
        time.sleep(0.01)
    return name, os.getpid()


def large(task: bytes) -> bytes:
    """Return what was sent."""
    return task


def differences(setup: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse the machine for these reasons."""
    return setup
