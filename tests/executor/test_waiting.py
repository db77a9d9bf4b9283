"""Which of the tasks that wait is next."""

from __future__ import annotations

from pressroom.executor.waiting import Waiting


def _waiting(kinds: str) -> Waiting[str]:
    waiting = Waiting[str]()
    for number, kind in enumerate(kinds):
        waiting.add(number, f"{kind}{number}", 1.0, kind)
    return waiting


def test_a_worker_stays_with_its_kind() -> None:
    """A worker gets the tasks of its kind first, then one of a kind that is no other worker's, then any."""
    waiting = _waiting("abbac")
    assert [waiting.take(own, others)[1] for own, others in [(None, []), (None, ["a"])]] == ["a0", "b1"]
    assert waiting.take("b", ["a"])[1] == "b2"
    assert waiting.take("b", ["a"])[1] == "c4"
    assert waiting.take("c", ["a"])[1] == "a3"
    assert len(waiting) == 0


def test_tasks_without_a_kind_are_taken_in_order() -> None:
    """Without kinds the first that came is the first to go, and one that is put back is the next."""
    waiting = Waiting[str]()
    for number in range(3):
        waiting.add(number, str(number), 0.5, None)
    first = waiting.take(None, [])
    waiting.put_back(*first)
    assert waiting.seconds == 1.5
    assert list(waiting.drained()) == [0, 1, 2]
