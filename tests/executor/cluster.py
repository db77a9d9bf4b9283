"""A Dask cluster on this machine's own address, for tests: one process for the scheduler, and one for each worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
# -P: not this folder's engine, but that of the environment.
PYTHON = [sys.executable, "-P", "-m"]
DASK = [*PYTHON, "distributed.cli.dask_scheduler"], [*PYTHON, "distributed.cli.dask_worker"]


@dataclass(slots=True)
class LocalCluster:
    """A scheduler at `port`; workers are started one by one, and can be killed."""

    port: int
    folder: Path
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    protocol: str = "tcp"

    @property
    def address(self) -> str:
        """The scheduler's address."""
        return f"{self.protocol}://127.0.0.1:{self.port}"

    def add_worker(self, root: Path = ROOT) -> subprocess.Popen[bytes]:
        """Start a worker with the engine that is in `root`, and wait until it has said that it is there."""
        log = self.folder / f"worker-{len(self.workers)}.log"
        options = ["--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        options += ["--local-directory", str(self.folder), "--protocol", self.protocol]
        worker = _start([*DASK[1], self.address, *options], log, root)
        self.workers.append(worker)
        _await(log, "Registered to", worker)
        return worker

    def stop(self) -> None:
        """Kill all that runs."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@contextmanager
def local_cluster(folder: Path, workers: int, protocol: str = "tcp") -> Iterator[LocalCluster]:
    """A cluster of so many workers, until the end of the block."""
    port = free_port()
    log = folder / "scheduler.log"
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--protocol", protocol]
    cluster = LocalCluster(port, folder, _start([*DASK[0], *options], log), protocol=protocol)
    try:
        _await(log, "Scheduler at", cluster.scheduler)
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.stop()


def free_port() -> int:
    """A port of this machine's own address that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def kill(process: int) -> None:
    """End a process as a power cut does."""
    os.kill(process, signal.SIGKILL)


def _start(command: list[str], log: Path, root: Path = ROOT) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(command, stdout=out, stderr=out, env=os.environ | {"PYTHONPATH": str(root)})


def _await(log: Path, words: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if words in log.read_text(encoding="utf-8", errors="replace"):
            return
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        time.sleep(0.1)
    raise TimeoutError(words)
