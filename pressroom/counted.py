"""Counts things in English: `1 file`, `2 files`, `1 block waits`, `3 blocks wait`."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """The number and the words in their form; without `many` the plural of `one` ends in -s."""
    return f"{count} {form(count, one, many)}"


def form(count: int, one: str, many: str = "") -> str:
    """The words alone, in the form that they have after this number."""
    return one if count == 1 else many or f"{one}s"
