from __future__ import annotations

from benchmarks.life_cycles import lives


def test_some_random_lives():
    """One update reaches the fixed point, accepts no other message's text and loses none; the benchmark lives 200."""
    assert list(lives(4, seed=1)) == []
