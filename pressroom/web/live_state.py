"""What is known of the live views that are open: the last good picture of each, and what it waits for."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from pressroom.commands.building.live_view import LiveView, PreparedView
from pressroom.diagnostics import Diagnostic
from pressroom.production.live_proof import LivePage, LiveProof, numbered

# Bytes of pictures that are kept for pages that ask late.
_MOST_PICTURES: Final = 96_000_000


@dataclass(frozen=True, slots=True)
class LiveState:
    """A view as it is now. `proof` is the last that could be drawn; None if none could yet.

    `stuck` says why it is not of today's files, and `good_age` how many seconds ago it was made. `findings` are those
    of the files and of the picture. `is_drawing` is True while a newer one is made.
    """

    view: LiveView
    mark: int
    proof: LiveProof | None
    findings: tuple[Diagnostic, ...]
    stuck: Diagnostic | None
    good_age: float | None
    is_drawing: bool


@dataclass(slots=True)
class OpenView:
    """What is known of an open view; `waiting` are called when it is drawn. Times are of a clock that only measures."""

    view: LiveView
    mark: int = 0
    prepared: PreparedView | None = None
    proof: LiveProof | None = None
    stuck: Diagnostic | None = None
    good: float = 0.0
    began: float = 0.0
    is_drawing: bool = True
    waiting: list[Callable[[], object]] = field(default_factory=list)

    @property
    def owner(self) -> tuple[str, str]:
        """Whose worker draws it."""
        return self.view.document, self.view.locale

    @property
    def age(self) -> float | None:
        """Seconds since the last good picture."""
        return round(time.monotonic() - self.good, 1) if self.proof is not None else None

    @property
    def state(self) -> LiveState:
        """It as it is now."""
        found = (*(self.prepared.findings if self.prepared else ()), *(self.proof.findings if self.proof else ()))
        return LiveState(self.view, self.mark, self.proof, found, self.stuck, self.age, self.is_drawing)

    def changed_since(self, before: PreparedView | None) -> list[dict[str, Any]]:
        """The number and status of each message whose text changed in the files; none if it was not read before."""
        now = self.prepared
        if before is None or not before.texts or now is None or now.task is None:
            return []
        numbers = numbered(now.task.piece.document.messages)
        return [
            {"n": numbers[key], "status": text[1]} for key, text in now.texts.items() if before.texts.get(key) != text
        ]

    def done(self) -> None:
        """Tell all who wait for its picture."""
        waiting, self.waiting, self.is_drawing = self.waiting, [], False
        for tell in waiting:
            tell()


@dataclass(slots=True)
class Pictures:
    """Pages by their hash: those that are shown, and the newest of others."""

    pages: dict[str, LivePage] = field(default_factory=dict)

    def add(self, pages: Iterable[LivePage], shown: Collection[str]) -> None:
        """Keep these pages, and forget the oldest that are not among the `shown` hashes, if there are many."""
        for page in pages:
            self.pages.pop(page.hash, None)
            self.pages[page.hash] = page
        size = sum(len(page.png) for page in self.pages.values())
        for name in [name for name in self.pages if name not in shown]:
            if size <= _MOST_PICTURES:
                return
            size -= len(self.pages.pop(name).png)
