"""The connection to a Dask scheduler: which workers there are, calls to one of them, and answers as they arrive."""

from __future__ import annotations

import importlib.util
import ipaddress
import logging
import queue
import secrets
import time
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pressroom.diagnostics import DiagnosticError, Span, diagnostic
from pressroom.executor.guest import Call
from pressroom.executor.host import Answer, run
from pressroom.executor.process import Limits

if TYPE_CHECKING:
    from distributed import Client, Future

# Seconds to reach the scheduler, and to reach it again after its connection broke.
_PATIENCE: Final = 10.0
# Dask gives each of these a level of its own. What they say of a lost scheduler is reported as a finding.
_LOGGERS: Final = ("distributed", "distributed.client")


class DaskLink:
    """A client of a scheduler. Close it when you have the answers.

    Raises:
        DiagnosticError: Dask is not installed, the address is open to others, or nothing answers there.
    """

    def __init__(self, address: str, patience: float = _PATIENCE) -> None:
        self.address = _checked(address)
        self._span = Span(self.address)
        self._answers: queue.SimpleQueue[tuple[str, Future[Any]]] = queue.SimpleQueue()
        self._futures: dict[str, Future[Any]] = {}
        self._prefix, self._number = f"pressroom-{secrets.token_hex(4)}", 0
        self._broken = 0.0
        self._client = _connected(self.address, self._span, patience)

    def workers(self) -> dict[str, int]:
        """The threads of each worker that the scheduler has now, by the worker's address.

        Raises:
            DiagnosticError: the scheduler is lost.
        """
        if self._client.status != "running":
            self._broken = self._broken or time.monotonic()
            if time.monotonic() - self._broken > _PATIENCE or self._client.status == "closed":
                raise self.lost()
            return {}
        if self._broken:
            # It is another scheduler now, or has forgotten this client: both know nothing of the tasks.
            raise self.lost()
        found = self._client.scheduler_info(n_workers=-1)["workers"]
        return {address: facts["nthreads"] for address, facts in found.items()}

    def lost(self) -> DiagnosticError:
        """The error for a scheduler that no longer answers."""
        hint = "start it and its workers again, then build again: the last edition is whole"
        return DiagnosticError(diagnostic("cluster-lost", self._span, "the scheduler was lost", hint))

    def send(self, worker: str, call: Call, limits: Limits) -> str:
        """Have a worker answer a call; returns the key that its answer has."""
        self._number += 1
        key = f"{self._prefix}-{self._number}"
        options = {"key": key, "workers": [worker], "allow_other_workers": False, "pure": False}
        future = self._client.submit(run, call, limits, **options)
        self._futures[key] = future
        future.add_done_callback(lambda done: self._answers.put((key, done)))
        return key

    def next(self, timeout: float) -> tuple[str, Answer | Exception] | None:
        """The key and the answer of a call, or what was raised instead; None if none arrives in time.

        Raises:
            DiagnosticError: the scheduler is lost.
        """
        with suppress(queue.Empty):
            key, future = self._answers.get(timeout=timeout)
            if self._futures.pop(key, None) is None:
                return None
            if future.cancelled():
                raise self.lost()
            return key, _answer(future)
        return None

    def forget(self, key: str) -> None:
        """Want no answer to a call any more."""
        if (future := self._futures.pop(key, None)) is not None:
            with suppress(Exception):
                future.cancel()

    def close(self) -> None:
        """Leave the scheduler, which then drops what it has of this build."""
        self._futures.clear()
        with suppress(Exception):
            self._client.close(timeout=2)


def _answer(future: Future[Any]) -> Answer | Exception:
    try:
        # The worker may be lost with its answer, which then never arrives.
        answer: Answer = future.result(timeout=_PATIENCE)
    except Exception as error:
        return error
    return answer


def _connected(address: str, span: Span, patience: float) -> Client:
    if importlib.util.find_spec("distributed") is None or importlib.util.find_spec("fsspec") is None:
        hint = "install it: docs/how-to/use-a-cluster.md"
        raise DiagnosticError(diagnostic("cluster-extra", span, "Dask is not installed here", hint))
    with warnings.catch_warnings():
        # Workers are compared by what decides a byte; Dask's own versions are its own matter.
        warnings.simplefilter("ignore")
        import dask
        from distributed import Client, Security

        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"})
        options: dict[str, Any] = {"timeout": patience, "set_as_default": False}
        try:
            return Client(address, security=Security(require_encryption=address.startswith("tls:")), **options)
        except (OSError, TimeoutError, ValueError) as error:
            message = f"no scheduler answers: {error}".partition("\n")[0]
            hint = "start one: docs/how-to/use-a-cluster.md"
            raise DiagnosticError(diagnostic("cluster-unreachable", span, message, hint)) from error


def _checked(address: str) -> str:
    """The address with its scheme. All who reach a scheduler without TLS can run programs on its machines."""
    address = address if "://" in address else f"tcp://{address}"
    parts = urlsplit(address)
    if parts.scheme == "tls" or (parts.scheme == "tcp" and _is_loopback(parts.hostname or "")):
        return address
    message = "a scheduler runs what anybody sends it, and only TLS or this machine's own address keeps others out"
    hint = "use tls://… with certificates of your own (docs/how-to/use-a-cluster.md), or tcp://127.0.0.1:8786"
    raise DiagnosticError(diagnostic("cluster-open", Span(address), message, hint))


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
