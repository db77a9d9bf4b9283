"""Which of the tasks that wait is next."""

from __future__ import annotations

import pytest

from pressroom.executor.waiting import A_START, Waiting, is_worth_a_worker


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


@pytest.mark.parametrize(
    ("waiting", "running", "worth"),
    [
        (0.06, [], True),  # nobody runs
        (8 * 0.15, [0.15 + A_START], False),  # one clinic's telephone number: nine pieces of three languages
        (39 * 0.06, [0.0], False),  # one message, forty clinics
        (89 * 0.06, [0.0], True),
        (89 * 0.06, [0.06, 0.06], True),
        (89 * 0.06, [0.06] * 3, False),
        (0.9, [0.9 + A_START], False),
        (2 * 0.9, [0.9 + A_START], True),  # three documents that are new
        (11 * 0.9, [0.9 + A_START] * 9, True),
        (10 * 0.9, [0.9 + A_START] * 10, False),  # of twenty, each of ten workers makes two
        (47 * 0.9, [0.9 + A_START] * 15, True),
    ],
)
def test_a_further_worker_must_save_time(waiting: float, running: list[float], worth: bool) -> None:
    """It is started if those that run have so much to go that its own start pays, however many cores there are."""
    assert is_worth_a_worker(waiting, running) == worth
