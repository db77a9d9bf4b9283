"""What a failing worker costs, and what it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Hashable
from contextlib import closing
from pathlib import Path

import pytest

from pressroom.diagnostics import PROGRAM_FAULT
from pressroom.executor import local
from pressroom.executor.local import LocalExecutor
from pressroom.executor.process import Limits
from pressroom.executor.protocol import Fault

WORK = "tests.executor.work"


def run(
    name: str,
    tasks: list[object],
    jobs: int = 2,
    limits: Limits | None = None,
    kind: Callable[[object], Hashable] = lambda _: None,
) -> dict[int, object]:
    """The result of each task."""
    with closing(LocalExecutor(f"{WORK}:{name}", jobs, limits, kind=kind)) as executor:
        for number, task in enumerate(tasks):
            executor.submit(number, task)
        return dict(executor.results())


def test_a_worker_runs_many_tasks() -> None:
    """Every task has a result, and no more processes are started than jobs."""
    results = run("pid", [None] * 9)
    assert sorted(results) == list(range(9))
    assert 1 <= len(set(results.values())) <= 2
    assert os.getpid() not in results.values()


@pytest.mark.parametrize(("tasks", "seconds", "workers"), [(30, 0.06, 1), (2, 0.9, 1), (2, 5.0, 2)])
def test_a_further_worker_is_started_only_for_work_that_is_worth_it(tasks: int, seconds: float, workers: int) -> None:
    """Short tasks, or two, are run by one process; of two long ones, each has its own."""
    with closing(LocalExecutor(f"{WORK}:pid", 2)) as executor:
        for number in range(tasks):
            executor.submit(number, None, seconds)
        results = dict(executor.results())
    assert len(set(results.values())) == workers


def test_what_a_task_leaves_is_freed_before_the_next() -> None:
    """A worker's garbage is collected after each task, so none is there in the next one."""
    assert set(run("garbage", [None] * 5, jobs=1).values()) == {0}


def test_tasks_may_follow_from_results() -> None:
    """A task that is submitted while results arrive is run as well."""
    with closing(LocalExecutor(f"{WORK}:pid", 1)) as executor:
        executor.submit(0, None)
        seen = []
        for number, _ in executor.results():
            seen.append(number)
            if number < 3:
                executor.submit(number + 1, None)
    assert seen == [0, 1, 2, 3]


def test_a_worker_that_is_new_gets_what_tasks_share(tmp_path: Path) -> None:
    """What tasks share is sent to a worker once, and again to the one that takes its place."""
    picture = bytes(4000)
    with closing(LocalExecutor(f"{WORK}:size", 1, shared=(Fault,))) as executor:
        for number in range(3):
            executor.submit(number, ("exit" if number == 1 else "", tmp_path / "done", picture))
        results = dict(executor.results())
    assert {result[1] for result in results.values()} == {4000}
    assert len({result[0] for result in results.values()}) > 1


@pytest.mark.parametrize("how", ["exit", "kill", "memory"])
def test_a_worker_that_dies_costs_only_time(how: str, tmp_path: Path) -> None:
    """Its task is tried again in a new process, and no other task is lost."""
    tasks = [(how if number == 2 else "", tmp_path / "done") for number in range(5)]
    results = run("once", tasks)
    assert sorted(results) == [0, 1, 2, 3, 4]
    assert not [result for result in results.values() if isinstance(result, Fault)]
    assert results[2] not in {results[0], results[1], results[3], results[4]}


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("exit", "a worker died with code 3"),
        ("kill", "a worker was killed by SIGKILL"),
        ("memory", "MemoryError"),
        ("import", "map"),
    ],
)
def test_a_task_that_fails_twice_is_a_fault_of_the_machine(how: str, reason: str) -> None:
    """It is reported with the reason, and the others have their results."""
    results = run("always", ["", how, "", ""], jobs=1)
    assert [number for number, result in results.items() if isinstance(result, Fault)] == [1]
    assert reason in results[1].reason
    assert results[1].machine


def test_a_bug_is_no_fault_of_the_machine() -> None:
    """An exception of the engine is reported by its name, at once, and its worker goes on."""
    results = run("always", ["", "bug", ""], jobs=1)
    assert results[1] == Fault("the engine failed: KeyError: 'name'", PROGRAM_FAULT, machine=False)
    assert results[0] == results[2]


def test_a_task_that_spins_is_ended_by_its_cpu_time() -> None:
    """The limit is for each task, and counts CPU time alone."""
    results = run("always", ["", "spin"], jobs=1, limits=Limits(cpu=0.5))
    assert "more than 0.5 s of CPU time" in results[1].reason


def test_a_stopped_worker_is_replaced(tmp_path: Path) -> None:
    """A worker whose CPU time does not advance is ended, and its task is run by another."""
    results = run("once", [("stop", tmp_path / "done")], limits=Limits(stalled=2))
    assert isinstance(results[0], int)


def test_a_large_worker_is_replaced() -> None:
    """Above the limit of resident memory every task has a process of its own."""
    assert len(set(run("pid", [None] * 3, jobs=1, limits=Limits(resident=1)).values())) == 3


@pytest.mark.parametrize(("worth", "workers"), [(0.0, 2), (1000.0, 1)])
def test_a_worker_that_has_grown_is_replaced_between_kinds(worth: float, workers: int) -> None:
    """A worker that has grown begins on no other kind of tasks, if a start costs little of what it did."""
    limits = Limits(grown=1, worth=worth)
    results = run("pid", ["es", "fr", "es", "fr"], jobs=1, limits=limits, kind=str)
    assert len(set(results.values())) == workers
    assert results[0] == results[2]
    assert results[1] == results[3]


def test_a_worker_that_cannot_start_is_one_fault_for_all() -> None:
    """Where there is too little memory to import the engine, every task says so, and none is tried on."""
    with closing(LocalExecutor("pressroom.production.make:make", 2, Limits(size=90 << 20))) as executor:
        for number in range(40):
            executor.submit(number, None)
        results = dict(executor.results())
    assert sorted(results) == list(range(40))
    assert all(isinstance(result, Fault) and result.machine for result in results.values())
    assert len(set(results.values())) <= 2


@pytest.mark.parametrize(("allowed", "made"), [(1, 9), (0, 0)])
def test_fewer_processes_than_jobs_are_enough(allowed: int, made: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the machine starts no more processes, those that run make everything; without any, each task says so."""
    start, started = local.start, []

    def limited(*arguments: object) -> object:
        if len(started) == allowed:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        started.append(arguments)
        return start(*arguments)

    monkeypatch.setattr(local, "start", limited)
    results = run("pid", [None] * 9, jobs=3)
    assert sorted(results) == list(range(9))
    assert len([result for result in results.values() if not isinstance(result, Fault)]) == made


@pytest.mark.parametrize("limit", ["-v 2000000", "-t 20"])
def test_a_limit_of_the_machine_is_kept(limit: str) -> None:
    """A worker asks for no more than the machine allows, and works."""
    code = "from tests.executor.test_local import run; print(run('pid', [None]))"
    command = f'ulimit {limit}; exec "$0" -c "$1"'
    root = Path(__file__).parents[2]
    done = subprocess.run(["sh", "-c", command, sys.executable, code], cwd=root, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Fault" not in done.stdout
