"""What it took to measure a piece, as `build --explain` says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """How many layouts a piece took.

    `disagreed` are frames that a page has shown to be of another height than calculated, `unread` those that could only
    be measured in a layout, each with the reason.
    """

    layouts: int = 0
    disagreed: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


def together(works: Iterable[Work]) -> Work:
    """The work of several pieces."""
    works = tuple(works)
    return Work(
        sum(one.layouts for one in works),
        tuple(sorted({name for one in works for name in one.disagreed})),
        tuple(sorted({frame for one in works for frame in one.unread})),
    )
