"""Who is used of a cluster's workers, without a cluster."""

from __future__ import annotations

import pytest

from pressroom.diagnostics import DiagnosticError
from pressroom.executor import staff
from pressroom.executor.guest import Done, Refused
from pressroom.executor.protocol import Fault
from pressroom.executor.staff import Staff, Worker


class Link:
    """A scheduler whose workers a test names; `forgotten` are the calls that nothing waits for."""

    address = "tcp://127.0.0.1:8786"

    def __init__(self, *names: str) -> None:
        self.names, self.forgotten = names, list[str]()

    def workers(self) -> dict[str, int]:
        """One thread each."""
        return dict.fromkeys(self.names, 1)

    def forget(self, key: str) -> None:
        """Keep the key."""
        self.forgotten.append(key)


@pytest.fixture(autouse=True)
def _look_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff, "_LOOK", 0.0)


def crew(link: Link, *accepted: str, patience: float = 60.0) -> Staff:
    """These workers, greeted; some of them accepted."""
    found = Staff(link, patience)  # type: ignore[arg-type]
    look(found)
    for name in accepted:
        found.judge(name, Done(b""))
    return found


def look(found: Staff) -> list[tuple[int, str]]:
    """The tasks of lost workers; new workers have a greeting without an answer."""
    return list(found.look(lambda address, worker: None))


def test_a_worker_is_greeted_before_it_is_used() -> None:
    """Until a worker has answered the greeting it gets no task."""
    found = crew(Link("one"))
    assert found.freest() is None
    found.judge("one", Done(b""))
    assert found.freest() == ("one", found.workers["one"])


def test_each_thread_has_one_task_and_one_that_waits() -> None:
    """The worker with most room is next, and a full one is none."""
    found = crew(Link("one", "two"), "one", "two")
    found.workers["one"].add("a", 0)
    assert found.freest() == ("two", found.workers["two"])
    for key in "bcd":
        _, worker = found.freest() or ("", Worker(1))
        worker.add(key, 1)
    assert found.freest() is None


def test_a_lost_worker_gives_its_tasks_back() -> None:
    """Its greeting is no task, and no answer of it is waited for."""
    link = Link("one", "two")
    found = crew(link, "one", "two")
    found.workers["one"].add("a", 7)
    found.workers["one"].add("b", None)
    link.names = ("two",)
    assert look(found) == [(7, "one")]
    assert link.forgotten == ["a", "b"]
    assert found.take("a") is None


def test_a_worker_that_never_answers_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """After half an hour on the clock its tasks are given to others, and it gets no more."""
    found = crew(Link("one", "two"), "one", "two")
    found.workers["one"].add("a", 7)
    monkeypatch.setattr(staff, "_WALL", -1.0)
    assert look(found) == [(7, "one")]
    look(found)
    assert [*found.workers] == ["two"]
    assert found.refused["one"] == ("it did not answer for -1 s",)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Refused(("another font",)), "another font"),
        (Fault("a worker died with code 3"), "it can't run the engine: a worker died with code 3"),
        (
            ImportError("No module named 'pressroom'"),
            "it can't run the engine: ImportError: No module named 'pressroom'",
        ),
    ],
)
def test_where_all_are_refused_nothing_is_made(answer: Refused | Fault | Exception, reason: str) -> None:
    """The error names the reason, once for all workers that have it."""
    found = crew(Link("one", "two"))
    found.judge("one", answer)
    look(found)
    found.judge("two", answer)
    with pytest.raises(DiagnosticError) as raised:
        look(found)
    assert raised.value.problem.code == "cluster-refused"
    assert raised.value.problem.message == f"no worker can be used: {reason}"


def test_without_workers_a_build_waits_a_while() -> None:
    """A scheduler without workers is an error after this build's patience."""
    assert look(crew(Link())) == []
    found = Staff(Link(), -1.0)  # type: ignore[arg-type]
    with pytest.raises(DiagnosticError) as raised:
        look(found)
    assert raised.value.problem.code == "cluster-empty"
