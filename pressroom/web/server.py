"""Runs the application on this machine's own address until a signal ends it."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn

from pressroom.web.application import create_application
from pressroom.web.settings import ServeSettings
from pressroom.workspace.workspace import Workspace

LOOPBACK: Final = "127.0.0.1"
# Seconds that answers may still take after a signal.
_GRACE: Final = 3
_BACKLOG: Final = 128


class _Server(uvicorn.Server):
    """A server that SIGINT and SIGTERM end cleanly; uvicorn itself would raise the signal again afterwards."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    def _stop(self) -> None:
        self.should_exit = True
        # Streams of events never end by themselves.
        self.config.app.state.hub.end()  # type: ignore[union-attr]


def open_socket(port: int) -> socket.socket:
    """A socket that listens on loopback; with port 0 on a free port. Raises OSError if the port is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
        listening.listen(_BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening


def make_server(workspace: Workspace, settings: ServeSettings) -> uvicorn.Server:
    """The server of a project; tests run it in a thread."""
    config = uvicorn.Config(
        create_application(workspace, settings),
        http="h11",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE,
        limit_concurrency=200,
    )
    return _Server(config)


def serve(workspace: Workspace, settings: ServeSettings, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM; calls `ready` once browsers can connect."""
    server = make_server(workspace, settings)
    with listening:
        ready()
        server.run(sockets=[listening])
