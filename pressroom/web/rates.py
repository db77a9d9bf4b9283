"""How often a client, and all clients together, may ask: buckets that fill again with time."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

from pressroom.web.settings import ServeSettings

# Clients that are remembered; the one that asked longest ago is forgotten first.
_CLIENTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests at once, and so many a second after that."""

    burst: float
    second: float


@dataclass(slots=True)
class _Bucket:
    left: float
    seen: float


class Rates:
    """Counts the requests of each client and of all of them."""

    def __init__(self, client: Rate, everybody: Rate) -> None:
        self._client, self._everybody = client, everybody
        self._all: _Bucket | None = None
        self._clients: OrderedDict[str, _Bucket] = OrderedDict()

    def wait(self, client: str, now: float, cost: float = 1.0) -> int:
        """0 if the client may ask `now`, in seconds of any clock; else after how many seconds it may ask again."""
        if self._all is None:
            self._all = _Bucket(self._everybody.burst, now)
        own = self._clients.pop(client, None) or _Bucket(self._client.burst, now)
        self._clients[client] = own
        if len(self._clients) > _CLIENTS:
            self._clients.popitem(last=False)
        pairs = ((own, self._client), (self._all, self._everybody))
        for bucket, rate in pairs:
            bucket.left = min(rate.burst, bucket.left + (now - bucket.seen) * rate.second)
            bucket.seen = now
        lacking = max((cost - bucket.left) / rate.second for bucket, rate in pairs)
        if lacking > 0:
            return max(1, ceil(lacking))
        for bucket, _ in pairs:
            bucket.left -= cost
        return 0


# A page of the desk has dozens of pictures; one person with many tabs stays far below.
LOCAL: Final = Rate(burst=1000, second=100), Rate(burst=4000, second=400)
# Who looks up papers by hand asks once in some seconds. Everybody together: what two cores answer easily.
PUBLIC: Final = Rate(burst=60, second=1), Rate(burst=300, second=50)
# A file to verify takes a process of its own for a second or two.
FILE_COST: Final = 10.0


def client_of(scope: Scope, headers: Headers, settings: ServeSettings) -> str:
    """Who asks: the peer's address, or what our own proxy says of it; a network's for IPv6.

    A header of the request is believed only if browsers come through a proxy (`--origin https://…`) and the peer is on
    this machine, as that proxy is. Each proxy adds the address that it saw at the end, so the last one is ours.
    """
    peer = (scope.get("client") or ("", 0))[0]
    if settings.is_public and is_loopback(peer):
        named = headers.getlist("x-forwarded-for")
        peer = named[-1].rpartition(",")[2].strip() if named else peer
    try:
        address = ip_address(peer)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        # One household or one attacker has a whole network of 64 bits.
        return address.exploded[:19]
    return str(address)


def is_loopback(address: str) -> bool:
    """True if this is an address of this machine."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
