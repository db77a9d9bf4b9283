"""What a build leaves behind when it is stopped: nothing but the edition before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pressroom.publish import output_lock

ROOT = Path(__file__).parents[2]
# A build whose workers never finish, and which starts each of them, however little there is to do.
_BUILD = """
from pressroom.commands.building import batch
from pressroom.executor import waiting
waiting.A_WORKER = 0
batch._MAKE = "tests.executor.work:forever"
from pressroom.cli import run
run()
"""


def _until(condition: object) -> None:
    """Wait for what must come; a test that waits in vain fails here instead of hanging."""
    for _ in range(1200):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


def _lives(pid: int) -> bool:
    """True while the process runs; one that nobody has waited for yet is dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_a_build_that_is_stopped_leaves_nothing(number: int, code: int, minimal: Path, tmp_path: Path) -> None:
    """No worker outlives it, whatever stops it; the lock is free and no edition is begun."""
    workers = tmp_path / "workers"
    workers.mkdir()
    command = [sys.executable, "-c", _BUILD, "--project", str(minimal), "build", "--jobs", "2"]
    environment = os.environ | {"TEST_WORKERS": str(workers)}
    build = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    _until(lambda: len(list(workers.iterdir())) == 2)
    build.send_signal(number)
    _, told = build.communicate()
    assert build.returncode == code
    name = signal.Signals(number).name
    assert told == ("" if number == signal.SIGKILL else f"stopped by {name}; the last edition is whole\n")
    _until(lambda: not [worker for worker in workers.iterdir() if _lives(int(worker.name))])
    with output_lock(minimal / "output"):
        assert not (minimal / "output" / "current").exists()
