"""A worker that waits for the next build."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing

import pytest

from pressroom.executor.local import LocalExecutor
from pressroom.executor.process import Limits
from pressroom.executor.warm import WarmWorkers


@pytest.fixture
def warm() -> Iterator[WarmWorkers]:
    """Two workers at most; all have ended after the test."""
    with closing(WarmWorkers(2)) as workers:
        yield workers


def pids(warm: WarmWorkers, tasks: int = 1, kind: str = "", limits: Limits | None = None) -> set[object]:
    """The processes that run the tasks of one build."""
    with closing(LocalExecutor("tests.executor.work:pid", warm.jobs, limits, kind=str, warm=warm)) as executor:
        for number in range(tasks):
            executor.submit(number, kind, 5.0)
        results = {result for _, result in executor.results()}
        assert executor.retried == {}
        return results


def is_there(pid: object) -> bool:
    """True if the process has not ended."""
    try:
        os.kill(int(str(pid)), 0)
    except ProcessLookupError:
        return False
    return True


def test_the_next_build_has_the_same_worker(warm: WarmWorkers) -> None:
    """One worker of a build stays for the next one, however many the build had."""
    first = pids(warm, tasks=4)
    assert sum(map(is_there, first)) == 1
    (second,) = pids(warm)
    assert second in first


def test_one_that_has_grown_is_replaced(warm: WarmWorkers) -> None:
    """The worker of an earlier build makes more of its language, but begins on no other one once it has grown."""
    grown = Limits(grown=1, worth=0.0)
    (one,) = pids(warm, kind="es", limits=grown)
    assert pids(warm, kind="es", limits=grown) == {one}
    assert one not in pids(warm, kind="fr", limits=grown)
    assert not is_there(one)


def test_other_fonts_have_another_worker(warm: WarmWorkers, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process reads the list of fonts once, so a worker is used again with the fonts that it started with alone."""
    monkeypatch.setenv("FONTCONFIG_FILE", "one")
    (one,) = pids(warm)
    monkeypatch.setenv("FONTCONFIG_FILE", "two")
    (two,) = pids(warm)
    monkeypatch.setenv("FONTCONFIG_FILE", "one")
    assert one != two
    assert pids(warm) == {one}


def test_few_wait(warm: WarmWorkers, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker of the fonts that were not used for longest ends when a third set is used."""
    made = []
    for name in ("one", "two", "three"):
        monkeypatch.setenv("FONTCONFIG_FILE", name)
        made += pids(warm)
    assert [is_there(pid) for pid in made] == [False, True, True]


def test_a_worker_that_died_is_not_used(warm: WarmWorkers) -> None:
    """If the worker that waits is killed meanwhile, the next build starts another one, and says nothing of it."""
    (first,) = pids(warm)
    ((worker,),) = [warm.take()]
    worker.child.kill()
    worker.child.wait()
    warm.put([worker])
    with closing(LocalExecutor("tests.executor.work:pid", 1, warm=warm)) as executor:
        executor.submit(0, None)
        assert dict(executor.results())[0] != first
        assert executor.retried == {}


def test_all_end() -> None:
    """No worker is left when no build follows."""
    warm = WarmWorkers(1)
    (pid,) = pids(warm)
    warm.close()
    assert not is_there(pid)
