"""A worker for each open document: it stays, it is replaced when it dies, and the newest task of a key counts."""

from __future__ import annotations

import os
import queue
import signal
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pressroom.executor.process import Limits
from pressroom.executor.protocol import Fault
from pressroom.executor.resident import LIMITS, Residents

Results = Callable[[], tuple[Hashable, Hashable, Any]]


@contextmanager
def residents(name: str, limits: Limits = LIMITS) -> Iterator[tuple[Residents[Any, Any], Results]]:
    """Residents of a function of `tests.executor.work`, and what waits for their next result."""
    settled: queue.Queue[tuple[Hashable, Hashable, Any]] = queue.Queue()
    workers: Residents[Any, Any] = Residents(f"tests.executor.work:{name}", lambda *of: settled.put(of), limits)
    workers.start()
    try:
        yield workers, lambda: settled.get(timeout=60)
    finally:
        workers.close()


def test_a_document_keeps_its_worker() -> None:
    """Each owner has a process of its own, the same for all its tasks."""
    with residents("pid") as (workers, result):
        seen: dict[Hashable, set[int]] = {"a": set(), "b": set()}
        for owner in ("a", "b", "a", "b"):
            workers.give(owner, "page", None)
            settled_owner, key, pid = result()
            assert (settled_owner, key) == (owner, "page")
            seen[owner].add(pid)
        assert len(seen["a"]) == len(seen["b"]) == 1
        assert not seen["a"] & seen["b"]
        assert workers.owners() == {owner: pid for owner, (pid,) in seen.items()}


def test_only_the_newest_task_of_a_key_has_a_result(tmp_path: Path) -> None:
    """What was asked for before is dropped, whether it waits or runs; other keys are not."""
    go = tmp_path / "go"
    with residents("after") as (workers, result):
        workers.give("a", "warm", ("warm", None))
        result()
        workers.give("a", "one", ("first", go))
        workers.give("a", "other", ("other", None))
        workers.give("a", "one", ("second", None))
        workers.give("a", "one", ("third", None))
        go.touch()
        names = [result()[2][0] for _ in range(2)]
    assert sorted(names) == ["other", "third"]


@pytest.mark.parametrize("how", ["exit", "kill", "memory"])
def test_a_worker_that_dies_is_replaced(how: str, tmp_path: Path) -> None:
    """Its task is tried once more in another process."""
    with residents("once") as (workers, result):
        workers.give("a", "page", ("", tmp_path / "unused"))
        first = result()[2]
        workers.give("a", "page", (how, tmp_path / "done"))
        second = result()[2]
        workers.give("a", "page", ("", tmp_path / "unused"))
        assert isinstance(second, int)
        assert second != first
        assert result()[2] == second


def test_a_task_that_ends_two_workers_is_a_fault() -> None:
    """Then the owner's next task gets a new worker."""
    with residents("always") as (workers, result):
        workers.give("a", "page", "kill")
        fault = result()[2]
        assert isinstance(fault, Fault)
        assert fault.reason == "a worker was killed by SIGKILL"
        workers.give("a", "page", "")
        assert isinstance(result()[2], int)


def test_a_worker_that_is_killed_while_idle_is_not_missed() -> None:
    """The next task is done by another."""
    with residents("pid") as (workers, result):
        workers.give("a", "page", None)
        first = result()[2]
        os.kill(first, signal.SIGKILL)
        workers.give("a", "page", None)
        second = result()[2]
        assert isinstance(second, int)
        assert second != first


def test_an_error_of_the_engine_keeps_the_worker() -> None:
    """It would raise the same again."""
    with residents("always") as (workers, result):
        workers.give("a", "page", "")
        first = result()[2]
        workers.give("a", "page", "bug")
        assert "KeyError" in result()[2].reason
        workers.give("a", "page", "")
        assert result()[2] == first


def test_a_worker_that_takes_too_long_is_ended() -> None:
    """Its CPU time is limited."""
    with residents("always", Limits(cpu=0.3)) as (workers, result):
        workers.give("a", "page", "spin")
        assert "0.3 s of CPU time" in result()[2].reason


def test_a_large_worker_is_replaced_after_its_task() -> None:
    """Nobody waits for that."""
    with residents("pid", Limits(resident=1)) as (workers, result):
        pids = set()
        for _ in range(2):
            workers.give("a", "page", None)
            pids.add(result()[2])
    assert len(pids) == 2


def test_workers_end_with_their_owner() -> None:
    """A document that is closed has no process, and none is left at the end."""
    with residents("pid") as (workers, result):
        workers.give("a", "page", None)
        pid = result()[2]
        workers.release("a")
        assert workers.owners() == {}
        workers.give("a", "page", None)
        assert result()[2] != pid
        left = set(workers.owners().values())
    assert not [one for one in {pid, *left} if Path(f"/proc/{one}").exists()]


def test_what_no_machine_can_start_is_a_fault() -> None:
    """It is said once, not tried for ever."""
    with residents("missing") as (workers, result):
        workers.give("a", "page", None)
        fault = result()[2]
    assert isinstance(fault, Fault)
