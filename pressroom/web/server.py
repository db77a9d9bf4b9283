"""Runs the application on this machine's own address until a signal ends it."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import uvicorn

from pressroom.web.application import create_application
from pressroom.web.protocol import Protocol
from pressroom.web.settings import ServeSettings
from pressroom.workspace.workspace import Workspace

LOOPBACK: Final = "127.0.0.1"
LOOPBACK_6: Final = "::1"
_NO_IPV6: Final = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, errno.EPROTONOSUPPORT)
# Two free ports of one number may take some tries.
_TRIES: Final = 5
# Seconds that answers may still take after a signal; what is being written is finished in any case.
_GRACE: Final = 1
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


def open_sockets(port: int) -> tuple[socket.socket, ...]:
    """Sockets that listen on loopback, IPv4 and IPv6; with port 0 on a free port. Raises OSError if it is taken.

    A browser asks `::1` first for `localhost`. If only 127.0.0.1 were ours, another user's program could answer there.
    """
    for last in (False,) * (_TRIES if port == 0 else 0) + (True,):
        first = _listening(socket.AF_INET, LOOPBACK, port)
        try:
            return first, _listening(socket.AF_INET6, LOOPBACK_6, first.getsockname()[1])
        except OSError as error:
            if error.errno in _NO_IPV6:
                return (first,)
            first.close()
            if last:
                raise
    raise AssertionError


def _listening(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind((address, port))
        listening.listen(_BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening


def make_server(workspace: Workspace, settings: ServeSettings) -> uvicorn.Server:
    """The server of a project; tests run it in a thread."""
    config = uvicorn.Config(
        create_application(workspace, settings),
        http=Protocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        # What goes wrong in a page is printed by the guard. What strangers send is no news.
        log_level="critical",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE,
    )
    return _Server(config)


def serve(
    workspace: Workspace, settings: ServeSettings, listening: Sequence[socket.socket], ready: Callable[[], None]
) -> None:
    """Serve until SIGINT or SIGTERM; calls `ready` once browsers can connect."""
    server = make_server(workspace, settings)
    try:
        ready()
        server.run(sockets=[*listening])
    finally:
        for one in listening:
            one.close()
