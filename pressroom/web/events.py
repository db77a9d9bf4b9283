"""Events for open pages: each page that listens gets all of them, and after a lost connection those it missed."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Final

_KEPT: Final = 500
# A page that reads more slowly than this has lost events; it is ended, and asks again.
_WAITING: Final = 1000
# Streams at once, and of one browser, whose tabs share one where scripts run.
_STREAMS: Final = 100
_STREAMS_OF_ONE: Final = 12


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `number` counts from 1; `data` can be written as JSON."""

    number: int
    name: str
    data: dict[str, Any]

    def as_sent(self) -> dict[str, str]:
        """As sse-starlette sends it."""
        return {"id": str(self.number), "event": self.name, "data": json.dumps(self.data, ensure_ascii=False)}


class Hub:
    """Passes events on to all who listen. `send` may be called from any thread once `start` ran in the loop."""

    def __init__(self) -> None:
        self._kept: deque[Event] = deque(maxlen=_KEPT)
        # The session of each stream.
        self._listeners: dict[asyncio.Queue[Event | None], str] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._count = 0

    def start(self) -> None:
        """Use the running loop."""
        self._loop = asyncio.get_running_loop()

    def is_full(self, session: str) -> bool:
        """True if no further stream may be opened, by this session or by anybody."""
        return len(self._listeners) >= _STREAMS or list(self._listeners.values()).count(session) >= _STREAMS_OF_ONE

    def send(self, name: str, **data: object) -> None:
        """Send an event to all pages."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._pass_on, name, data)

    def _pass_on(self, name: str, data: dict[str, Any]) -> None:
        self._count += 1
        event = Event(self._count, name, data)
        self._kept.append(event)
        for queue in list(self._listeners):
            if queue.qsize() > _WAITING:
                self._listeners.pop(queue, None)
                queue.put_nowait(None)
            else:
                queue.put_nowait(event)

    def end(self) -> None:
        """End all streams: the server stops."""
        for queue in self._listeners:
            queue.put_nowait(None)

    async def events(self, after: int | None = None, session: str = "") -> AsyncGenerator[dict[str, str], None]:
        """The events from now on, or after the one with this number."""
        if self.is_full(session):
            # Others that asked in the same moment came first.
            return
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        if after is not None:
            for kept in self._kept:
                if kept.number > after:
                    queue.put_nowait(kept)
        self._listeners[queue] = session
        try:
            yield {"id": str(self._count), "event": "hello", "data": "{}"}
            while (event := await queue.get()) is not None:
                yield event.as_sent()
        finally:
            self._listeners.pop(queue, None)
