"""When a command is killed: at a moment by chance, or right before one of its steps that change the disk."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# What Python reports before it does it, besides files that are opened to be written.
_STEPS = frozenset({
    "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate", "os.utime",
    "shutil.copyfile", "shutil.rmtree", "subprocess.Popen",
})  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(slots=True)
class Steps:
    """Counts the steps of this process, and kills it right before number `last`."""

    last: int | None = None
    taken: int = 0

    def start(self) -> None:
        """Count from now on; a process can't stop counting."""
        sync = os.fsync

        def counted_sync(handle: int) -> None:
            self._step()
            sync(handle)

        os.fsync = counted_sync
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _STEPS or (event == "open" and arguments[2] and arguments[2] & _WRITING):
            self._step()

    def _step(self) -> None:
        if self.taken == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.taken += 1


def count_steps(run: Callable[[], None], end: Any) -> None:
    """Run a command, and send through a pipe how many steps it took."""
    steps = Steps()
    steps.start()
    run()
    end.send(steps.taken)


def kill_at(run: Callable[[], None], step: int) -> None:
    """Run a command that is killed right before a step."""
    Steps(step).start()
    run()
