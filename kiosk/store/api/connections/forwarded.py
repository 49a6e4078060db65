"""For whom a reverse proxy on this computer asks."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.store.api.connections.registry import THIS_COMPUTER
from kiosk.store.api.rate_limit import origin_of

MAX_CHARS = 100
"""Of an address as a proxy writes it, with a port."""


def forwarded_for(address: str, headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The origin that the proxy states for a request, in the form of the registry's addresses; empty if it is none.

    `address`: that of the connection; another computer's word is not taken. What the proxy has added is the last
    address of the last `X-Forwarded-For`; those before are what its caller claims.
    """
    if address not in THIS_COMPUTER:
        return ""
    given = [value for name, value in headers if name == b"x-forwarded-for"]
    if not given:
        return ""
    last = given[-1].rpartition(b",")[2].strip()[:MAX_CHARS].decode("latin-1")
    return origin_of(last) or "proxy"
