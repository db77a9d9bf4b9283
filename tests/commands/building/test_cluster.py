"""A build on a cluster: the same edition as on one machine, or none."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import pytest

from tests.executor.cluster import ROOT, LocalCluster, free_port, kill, local_cluster

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

Seen = TypeVar("Seen")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its edition, made on this machine, in the folder `output`."""
    project = tmp_path_factory.mktemp("local") / "other-clinic"
    shutil.copytree(ROOT / "tests" / "projects" / "other-clinic", project)
    assert build(project).returncode == 0
    return project


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[LocalCluster]:
    """A cluster of one worker with this engine."""
    with local_cluster(tmp_path, 1) as running:
        yield running


def command(project: Path, *arguments: str) -> list[str]:
    """A build as a person types it."""
    return [sys.executable, "publish.py", "--project", str(project), "build", *arguments]


def build(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a build as a person does."""
    return subprocess.run(command(project, *arguments), cwd=ROOT, capture_output=True, text=True, check=False)


@contextmanager
def started(project: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A build that runs; it is ended with the block."""
    words, pipe = command(project, *arguments), subprocess.PIPE
    with subprocess.Popen(words, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def edition(output: Path) -> dict[str, bytes]:
    """Every file of an edition, and its manifest."""
    files = (path for path in sorted((output / "current").rglob("*")) if path.is_file())
    return {path.relative_to(output / "current").as_posix(): path.read_bytes() for path in files}


def stop_at_a_piece(worker: int, shared: Path, running: subprocess.Popen[str]) -> None:
    """Stop the process in which the cluster's only worker makes a piece, in the middle of it.

    The worker answers the build's greeting by writing it again, and after that works on pieces alone.
    """
    greeting = until(lambda: next(shared.glob("*/greeting"), None), running)
    sent = greeting.stat().st_mtime_ns
    until(lambda: greeting.stat().st_mtime_ns != sent, running)
    (process, before), *_ = until(lambda: cpu_ticks(worker), running).items()
    until(lambda: cpu_ticks(worker).get(process, 0) > before + 4, running)
    os.kill(process, signal.SIGSTOP)


def until(seen: Callable[[], Seen | None], running: subprocess.Popen[str]) -> Seen:
    """Wait until something is seen while a build runs, and return it."""
    while not (found := seen()):
        assert running.poll() is None, running.communicate()
        time.sleep(0.02)
    return found


def cpu_ticks(parent: int) -> dict[int, int]:
    """The CPU time of each process that a Dask worker started."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found[int(stat.parent.name)] = int(fields[11]) + int(fields[12])
    return found


def test_the_edition_is_the_same(local: Path, cluster: LocalCluster, tmp_path: Path) -> None:
    """A cluster that loses a worker in the middle makes the edition of one machine, byte for byte."""
    shared, output = tmp_path / "shared", tmp_path / "output"
    with started(local, "--output", str(output), "--cluster", f"{cluster.port}", "--objects", str(shared)) as running:
        stop_at_a_piece(cluster.workers[0].pid, shared, running)
        cluster.add_worker()
        kill(cluster.workers[0].pid)
        stdout, stderr = running.communicate()
    assert (running.returncode, "piece-retried" in stderr) == (0, True), stdout + stderr
    assert "was lost" in stderr
    assert edition(output) == edition(local / "output")
    assert [*shared.iterdir()] == []


def test_another_engine_is_refused(local: Path, tmp_path: Path) -> None:
    """A worker with other files of the engine makes nothing, and the others make everything."""
    other = tmp_path / "other"
    shutil.copytree(ROOT / "pressroom", other / "pressroom", ignore=shutil.ignore_patterns("__pycache__"))
    (other / "pressroom" / "another.py").touch()
    with local_cluster(tmp_path, 0) as cluster:
        cluster.add_worker(other)
        alone = build(local, "--output", str(tmp_path / "alone"), "--cluster", f"{cluster.port}")
        cluster.add_worker()
        both = build(local, "--output", str(tmp_path / "both"), "--cluster", f"{cluster.port}")
    assert alone.returncode == 69
    assert "error[cluster-refused]" in alone.stderr
    assert "another version of the engine" in alone.stderr
    assert not (tmp_path / "alone" / "current").exists()
    assert both.returncode == 0
    assert "warning[worker-refused]" in both.stderr
    assert edition(tmp_path / "both") == edition(local / "output")


def test_a_lost_scheduler_publishes_nothing(local: Path, cluster: LocalCluster, tmp_path: Path) -> None:
    """The command says that the scheduler was lost, ends with 69, and the last edition stays as it was."""
    output = tmp_path / "output"
    shutil.copytree(local / "output", output, symlinks=True)
    project = shutil.copytree(local, tmp_path / "project", ignore=shutil.ignore_patterns("output"))
    clinics = project / "source" / "clinics.toml"
    clinics.write_text(clinics.read_text(encoding="utf-8").replace("23125 01", "23125 02"), encoding="utf-8")
    before = edition(output)
    shared = tmp_path / "shared"
    with started(project, "--output", str(output), "--cluster", f"{cluster.port}", "--objects", str(shared)) as running:
        stop_at_a_piece(cluster.workers[0].pid, shared, running)
        cluster.scheduler.kill()
        stdout, stderr = running.communicate()
    assert running.returncode == 69, stdout + stderr
    assert "error[cluster-lost]" in stderr
    assert edition(output) == before


def test_nobody_answers(local: Path) -> None:
    """Without a scheduler the command says how to start one, and ends with 69."""
    done = build(local, "--output", str(local / "elsewhere"), "--cluster", f"{free_port()}")
    assert done.returncode == 69
    assert "error[cluster-unreachable]" in done.stderr


def test_a_release_is_made_here(local: Path) -> None:
    """Files for patients are made on this machine, and a folder for results needs a cluster."""
    assert build(local, "--release", "--cluster", "8786").returncode == 2
    assert build(local, "--objects", "shared").returncode == 2
