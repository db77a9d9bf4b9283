"""A build on a cluster: the same edition as on one machine, or none."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.executor.cluster import ROOT, LocalCluster, free_port, kill, local_cluster

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its edition, made on this machine, in the folder `output`."""
    project = tmp_path_factory.mktemp("local") / "other-clinic"
    shutil.copytree(ROOT / "tests" / "projects" / "other-clinic", project)
    assert build(project).returncode == 0
    return project


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[LocalCluster]:
    """Two workers with this engine."""
    with local_cluster(tmp_path, 2) as running:
        yield running


def build(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a build as a person does."""
    command = [sys.executable, "publish.py", "--project", str(project), "build", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def edition(output: Path) -> dict[str, bytes]:
    """Every file of an edition, and its manifest."""
    files = (path for path in sorted((output / "current").rglob("*")) if path.is_file())
    return {path.relative_to(output / "current").as_posix(): path.read_bytes() for path in files}


def in_the_middle(worker: int) -> None:
    """Kill a Dask worker while its process makes a piece: that has used more CPU time than its start takes."""
    while True:
        for stat in Path("/proc").glob("[0-9]*/stat"):
            fields = text.rpartition(")")[2].split() if (text := _text(stat)) else []
            if fields and int(fields[1]) == worker and int(fields[11]) + int(fields[12]) > 150:
                kill(worker)
                return
        time.sleep(0.05)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def test_the_edition_is_the_same(local: Path, cluster: LocalCluster, tmp_path: Path) -> None:
    """A cluster that loses a worker in the middle makes the edition of one machine, byte for byte."""
    threading.Thread(target=in_the_middle, args=[cluster.workers[0].pid], daemon=True).start()
    shared, output = tmp_path / "shared", tmp_path / "output"
    done = build(local, "--output", str(output), "--cluster", f"{cluster.port}", "--objects", str(shared))
    assert (done.returncode, "piece-retried" in done.stderr) == (0, True), done.stdout + done.stderr
    assert "was lost" in done.stderr
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
    threading.Thread(target=in_the_middle, args=[cluster.workers[0].pid], daemon=True).start()
    threading.Thread(target=lambda: (cluster.workers[0].wait(), cluster.scheduler.kill()), daemon=True).start()
    done = build(project, "--output", str(output), "--cluster", f"{cluster.port}")
    assert done.returncode == 69, done.stdout + done.stderr
    assert "error[cluster-lost]" in done.stderr
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
