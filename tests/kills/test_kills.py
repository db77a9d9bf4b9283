from __future__ import annotations

from tests.kills.__main__ import kills

QUICK = ("update", "sign", "recall", "publish", "prune", "rename", "remove", "import")


def test_a_command_that_is_killed() -> None:
    """Wherever a command is killed, each text is old or new, and the same command finishes the work and sweeps."""
    tally = kills(QUICK, times=4, seed=7)
    assert tally.wrong == []
    assert tally.killed > len(QUICK)
