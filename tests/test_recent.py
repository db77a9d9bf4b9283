"""A table that keeps what was asked for last."""

from __future__ import annotations

from pressroom.recent import Recent


def test_what_was_asked_for_last_is_kept() -> None:
    """The value that was not asked for longest goes first, whether it was asked for by `get` or by its key."""
    table: Recent[str, int] = Recent(2)
    table["a"] = 1
    table["b"] = 2
    assert table.get("a") == 1
    table["c"] = 3
    assert list(table) == ["a", "c"]
    assert table["a"] == 1
    table["d"] = 4
    assert (table.get("c"), table.get("c", 0), table.get("a")) == (None, 0, 1)
