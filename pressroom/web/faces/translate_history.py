"""Remembers what was saved in this browser, so that it can be undone until the server ends."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final, Generic, TypeVar

T = TypeVar("T")
_MOST: Final = 500
_DEEP: Final = 20


class History(Generic[T]):
    """The last changes of each message, by who made them and where; the oldest are forgotten."""

    def __init__(self) -> None:
        self._changes: OrderedDict[tuple[str, ...], list[T]] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, key: tuple[str, ...], change: T) -> None:
        """Remember one more change."""
        with self._lock:
            changes = self._changes.setdefault(key, [])
            changes.append(change)
            del changes[:-_DEEP]
            self._changes.move_to_end(key)
            while len(self._changes) > _MOST:
                self._changes.popitem(last=False)

    def last(self, key: tuple[str, ...]) -> T | None:
        """The last change; None if there is none to undo."""
        with self._lock:
            changes = self._changes.get(key)
            return changes[-1] if changes else None

    def changed(self) -> list[tuple[str, ...]]:
        """Those that have something to undo."""
        with self._lock:
            return [key for key, changes in self._changes.items() if changes]

    def forget(self, key: tuple[str, ...]) -> None:
        """Forget the last change: it was undone, or can't be."""
        with self._lock:
            if self._changes.get(key):
                self._changes[key].pop()
