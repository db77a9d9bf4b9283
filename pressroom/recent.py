"""A table that keeps what was asked for last, for libraries that keep all that they ever read."""

from __future__ import annotations

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
_NONE = object()


class Recent(dict[Key, Value]):
    """At most `most` values; the one that was not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __getitem__(self, key: Key) -> Value:
        """The value, which is now the last to go."""
        value = super().pop(key)
        super().__setitem__(key, value)
        return value

    def get(self, key: Key, default: Value | None = None) -> Value | None:  # type: ignore[override]
        """The same, or the default."""
        return self[key] if key in self else default  # noqa: SIM401  it would ask itself

    def __setitem__(self, key: Key, value: Value) -> None:
        """Put a value there as the last to go."""
        super().pop(key, None)
        super().__setitem__(key, value)
        while len(self) > self._most:
            del self[next(iter(self))]
