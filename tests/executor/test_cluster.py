"""What a lost or foreign machine of a cluster costs, and what it does not."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pressroom.diagnostics import PROGRAM_FAULT, DiagnosticError
from pressroom.executor.cluster import Cluster, ClusterExecutor
from pressroom.executor.dask_link import DaskLink
from pressroom.executor.guest import Terms
from pressroom.executor.process import Limits
from pressroom.executor.protocol import Fault
from tests.executor.cluster import LocalCluster, free_port, kill, local_cluster

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytestmark = pytest.mark.filterwarnings("default")  # those of Dask

WORK = "tests.executor.work"
ROLES = ("scheduler", "worker", "client")
Executor = ClusterExecutor[Any, Any]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """Two workers, for all tests that leave them as they are."""
    with local_cluster(tmp_path_factory.mktemp("cluster"), 2) as running:
        yield running


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[LocalCluster]:
    """Two workers for one test."""
    with local_cluster(tmp_path, 2) as running:
        yield running


def executor(cluster: LocalCluster, name: str, objects: str = "", **options: object) -> Executor:
    """An executor for a function of `tests.executor.work`."""
    return ClusterExecutor(Cluster(cluster.address, objects), Terms(f"{WORK}:{name}"), **options)  # type: ignore[arg-type]


def run(running: Executor, tasks: list[object]) -> dict[int, Any]:
    """The result of each task."""
    with closing(running):
        for number, task in enumerate(tasks):
            running.submit(number, task)
        return dict(running.results())


def once_there(path: Path, then: Callable[[str], None]) -> threading.Thread:
    """Do something as soon as a file has a text."""

    def wait() -> None:
        while not (path.exists() and path.read_text(encoding="utf-8")):
            time.sleep(0.05)
        then(path.read_text(encoding="utf-8"))

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def test_every_worker_runs_tasks(cluster: LocalCluster, tmp_path: Path) -> None:
    """Every task has a result, and each worker has one process for all of its tasks."""
    results = run(executor(cluster, "meeting"), [tmp_path] * 12)
    assert sorted(results) == list(range(12))
    assert len(set(results.values())) == 2
    assert os.getpid() not in results.values()


def test_tasks_may_follow_from_results(cluster: LocalCluster) -> None:
    """A task that is submitted while results arrive is run as well."""
    seen = []
    with closing(executor(cluster, "pid")) as running:
        running.submit(0, None)
        for number, _ in running.results():
            seen.append(number)
            if number < 3:
                running.submit(number + 1, None)
    assert seen == [0, 1, 2, 3]


@pytest.mark.parametrize("shared", [False, True])
def test_results_come_back_or_by_a_folder(cluster: LocalCluster, shared: bool, tmp_path: Path) -> None:
    """A result is the same whichever way it takes, and the folder is empty afterwards."""
    tasks: list[object] = [bytes([number]) * 5000 for number in range(3)]
    results = run(executor(cluster, "large", str(tmp_path) if shared else ""), tasks)
    assert results == dict(enumerate(tasks))
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_a_worker_does_not_see(cluster: LocalCluster) -> None:
    """Workers whose folder for results is another one are refused before they get a task."""
    with pytest.raises(DiagnosticError) as raised:
        run(executor(cluster, "pid", "memory://results"), [None])
    assert raised.value.problem.code == "cluster-refused"
    assert "greeting can't be read" in raised.value.problem.message


@pytest.mark.parametrize("how", ["exit", "kill", "memory"])
def test_a_task_that_ends_its_process_costs_only_time(cluster: LocalCluster, how: str, tmp_path: Path) -> None:
    """It is tried again on another worker, and named; no Dask worker is lost by it."""
    running = executor(cluster, "once")
    results = run(running, [(how if number == 2 else "", tmp_path / "done") for number in range(5)])
    assert not [result for result in results.values() if isinstance(result, Fault)]
    assert [*running.retried] == [2]
    assert all(worker.poll() is None for worker in cluster.workers)


def test_a_task_that_fails_twice_is_a_fault_of_the_machine(cluster: LocalCluster) -> None:
    """It is reported with the reason, and the others have their results."""
    results = run(executor(cluster, "always"), ["", "kill", "", ""])
    assert [number for number, result in results.items() if isinstance(result, Fault)] == [1]
    assert results[1].machine
    assert results[1].reason == "a worker was killed by SIGKILL"


def test_a_bug_is_no_fault_of_the_machine(cluster: LocalCluster) -> None:
    """An exception of the engine is reported by its name, and not tried again."""
    running = executor(cluster, "always")
    results = run(running, ["", "bug"])
    assert results[1] == Fault("the engine failed: KeyError: 'name'", PROGRAM_FAULT, machine=False)
    assert running.retried == {}


def test_a_task_that_spins_is_ended_by_its_cpu_time(cluster: LocalCluster) -> None:
    """The limits of a task hold on the worker's machine."""
    results = run(executor(cluster, "always", limits=Limits(cpu=0.5)), ["", "spin"])
    assert "more than 0.5 s of CPU time" in results[1].reason


def test_a_process_that_has_grown_is_replaced_between_kinds(cluster: LocalCluster) -> None:
    """On a machine of a cluster no process begins on another kind of tasks once it has grown, and none fails."""
    running = executor(cluster, "pid", limits=Limits(grown=1, worth=0.0), kind=str)
    results = run(running, ["es"] * 4 + ["fr"] * 4)
    assert not {results[number] for number in range(4)} & {results[number] for number in range(4, 8)}
    assert running.retried == {}


def test_a_lost_worker_costs_only_time(own_cluster: LocalCluster, tmp_path: Path) -> None:
    """The task of a worker that is killed in the middle is run by another one, and named."""
    running = executor(own_cluster, "waits_once")
    once_there(tmp_path / "first", lambda worker: kill(int(worker)))
    results = run(running, [("first", tmp_path), *[("", tmp_path)] * 4])
    assert sorted(results) == list(range(5))
    assert not [result for result in results.values() if isinstance(result, Fault)]
    assert running.retried[0].endswith("was lost")
    assert results[0] != int((tmp_path / "first").read_text(encoding="utf-8"))


def test_a_worker_may_come_later(tmp_path: Path) -> None:
    """A build waits for a first worker, and uses whatever joins."""
    with local_cluster(tmp_path, 0) as empty:
        starting = threading.Thread(target=empty.add_worker)
        starting.start()
        results = run(executor(empty, "pid"), [None])
        starting.join()
    assert [*results] == [0]


def test_a_lost_scheduler_is_one_error(own_cluster: LocalCluster, tmp_path: Path) -> None:
    """A scheduler that ends is reported, and nothing waits for it."""
    once_there(tmp_path / "first", lambda worker: own_cluster.scheduler.kill())
    with pytest.raises(DiagnosticError) as raised:
        run(executor(own_cluster, "waits_once"), [("first", tmp_path)])
    assert raised.value.problem.code == "cluster-lost"


def test_dask_prints_no_traceback(cluster: LocalCluster) -> None:
    """What Dask logs of a scheduler that it can't reach again is off: the finding says it."""
    with closing(DaskLink(cluster.address)):
        assert not logging.getLogger("distributed.client").isEnabledFor(logging.ERROR)


def test_nobody_is_there(tmp_path: Path) -> None:
    """A scheduler without workers, and an address without a scheduler, are errors."""
    with local_cluster(tmp_path, 0) as empty, pytest.raises(DiagnosticError) as raised:
        run(executor(empty, "pid", patience=1.0), [None])
    assert raised.value.problem.code == "cluster-empty"
    with pytest.raises(DiagnosticError) as raised:
        DaskLink(f"tcp://127.0.0.1:{free_port()}", patience=1.0)
    assert raised.value.problem.code == "cluster-unreachable"


def test_a_foreign_worker_is_refused(cluster: LocalCluster) -> None:
    """A machine that differs from the build's gets no task, and the error says how it differs."""
    terms = Terms(f"{WORK}:pid", prepare=f"{WORK}:differences")
    running: Executor = ClusterExecutor(Cluster(cluster.address), terms, ("it has another font",))
    with pytest.raises(DiagnosticError) as raised:
        run(running, [None])
    assert raised.value.problem.code == "cluster-refused"
    assert "it has another font" in raised.value.problem.message


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_machines_with_the_same_authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With TLS the settings of Dask name the certificates; a build with another authority gets no answer."""
    for name in ("ours", "theirs"):
        command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=cluster"
        files = ["-keyout", f"{tmp_path}/{name}.key", "-out", f"{tmp_path}/{name}.pem"]
        subprocess.run([*command.split(), *files], check=True, capture_output=True)
    ours, theirs = _tls(tmp_path / "ours"), _tls(tmp_path / "theirs")
    for key, value in ours.items():
        monkeypatch.setenv(f"DASK_DISTRIBUTED__COMM__TLS__{key.replace('.', '__').replace('-', '_').upper()}", value)
    import dask

    with local_cluster(tmp_path, 1, "tls") as cluster:
        with dask.config.set({f"distributed.comm.tls.{key}": value for key, value in ours.items()}):
            results = run(executor(cluster, "pid"), [None] * 3)
        with (
            dask.config.set({f"distributed.comm.tls.{key}": value for key, value in theirs.items()}),
            pytest.raises(DiagnosticError) as raised,
        ):
            DaskLink(cluster.address, patience=2.0)
    assert sorted(results) == [0, 1, 2]
    assert raised.value.problem.code == "cluster-unreachable"


def _tls(stem: Path) -> dict[str, str]:
    roles = {f"{role}.{kind}": f"{stem}.{end}" for role in ROLES for kind, end in (("cert", "pem"), ("key", "key"))}
    return {"ca-file": f"{stem}.pem"} | roles


@pytest.mark.parametrize(
    "address", ["tcp://192.0.2.7:8786", "cluster.example.org:8786", "ucx://127.0.0.1:8786", "tcp://[2001:db8::1]:8786"]
)
def test_an_open_address_is_refused(address: str) -> None:
    """Without TLS only this machine's own address is used: others on the network could run programs."""
    with pytest.raises(DiagnosticError) as raised:
        DaskLink(address)
    assert raised.value.problem.code == "cluster-open"
