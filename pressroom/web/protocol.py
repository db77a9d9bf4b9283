"""HTTP/1.1 as uvicorn speaks it, with a limit of time for headers, one of connections, and headers on every refusal."""

from __future__ import annotations

import asyncio
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from pressroom.web.headers import HEADERS

# Connections at once. A browser opens six.
CONNECTIONS: Final = 400
# Seconds in which the headers of a request must arrive. What comes after them is limited by `read_body`.
HEADERS_IN: Final = 10.0


class Protocol(H11Protocol):
    """One connection. Behind `Guard` nothing answers without the headers; here are the answers before it."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, unless too many are open."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            transport.write(_answer(b"503 Service Unavailable", b"too many connections are open: try again soon"))
            transport.close()
            return
        self._wait_for_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._no_longer_late()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what arrived."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._no_longer_late()
        elif self._late is None and self.conn.trailing_data[0]:
            self._wait_for_headers()

    def on_response_complete(self) -> None:
        """Be ready for the next request, of which a part may be here already."""
        super().on_response_complete()
        if self._late is None and self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._wait_for_headers()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP: two lengths, a bare line feed, too long headers."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.write(_answer(b"400 Bad Request", b"this is not a request that the server understands"))
        self.transport.close()

    def _wait_for_headers(self) -> None:
        self._late = self.loop.call_later(HEADERS_IN, self._close)

    def _no_longer_late(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close(self) -> None:
        self.transport.close()


def _answer(status: bytes, text: bytes) -> bytes:
    fields = {"content-type": "text/plain; charset=utf-8", "cache-control": "no-store", "connection": "close"}
    fields |= {**HEADERS, "content-length": str(len(text))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return b"HTTP/1.1 " + status + b"\r\n" + lines.encode("ascii") + b"\r\n" + text
