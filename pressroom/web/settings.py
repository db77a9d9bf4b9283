"""What the server is asked to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from pressroom.catalog.template import UNREVISED

# How a browser on this machine may call it.
_LOCAL: Final = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """How `serve` was called. `today` and `now` read the clock; `now` gives the moment as gettext writes it.

    `origin` is the address that browsers use, without a path: `http://localhost:8017`, or that of a reverse proxy. With
    `verify_only` the server shows the verify face alone, and writes nothing. With `commit` each record that is
    saved is committed to git.
    """

    origin: str
    today: Callable[[], date]
    port: int = 8017
    verify_only: bool = False
    commit: bool = False
    now: Callable[[], str] = lambda: UNREVISED

    @property
    def is_public(self) -> bool:
        """True if browsers on other machines come through a proxy with TLS."""
        return self.origin.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """What a request may name as its host, against DNS rebinding."""
        own = {urlsplit(self.origin).netloc}
        return frozenset(own if self.is_public else own | {f"{name}:{self.port}" for name in _LOCAL})

    @property
    def origins(self) -> frozenset[str]:
        """What a browser may name as the origin of a form."""
        return frozenset(f"{'https' if self.is_public else 'http'}://{host}" for host in self.hosts)
