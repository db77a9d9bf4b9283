from __future__ import annotations

from tests.kills.__main__ import kills


def test_a_command_that_is_killed() -> None:
    """Wherever an update, a signature or a recall is killed, each text is old or new, and the next one works."""
    tally = kills(["update", "sign", "recall"], times=3, seed=7)
    assert tally.wrong == []
