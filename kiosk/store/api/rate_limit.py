"""Token-bucket rate limiter, per client address and in total. Keeps at most `MAX_ADDRESSES` addresses."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final

from kiosk.clock import US

MAX_ADDRESSES: Final = 4096
"""Addresses kept; the one without requests for the longest time is dropped first."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` requests at once, then `per_s` requests per second."""

    burst: float
    per_s: float


class RateLimiter:
    """Limits requests. Thread-safe."""

    def __init__(self, each: Rate, all_together: Rate, now_us: Callable[[], int]) -> None:
        self._each, self._all, self._now = each, all_together, now_us
        self._left: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._left_of_all = (all_together.burst, now_us())
        self._lock = Lock()

    def allows(self, address: str) -> bool:
        """Whether a request from this address is allowed now; a refused one does not count against the others."""
        origin, now = origin_of(address), self._now()
        with self._lock:
            own = _refilled(self._left.pop(origin, (self._each.burst, now)), self._each, now)
            total = _refilled(self._left_of_all, self._all, now)
            good = own >= 1 and total >= 1
            self._left[origin] = (own - good, now)
            self._left_of_all = (total - good, now)
            if len(self._left) > MAX_ADDRESSES:
                self._left.popitem(last=False)
            return good


def _refilled(had: tuple[float, int], rate: Rate, now_us: int) -> float:
    left, at_us = had
    return min(rate.burst, left + max(0, now_us - at_us) / US * rate.per_s)


def origin_of(address: str) -> str:
    """An IPv4 address, or the /64 network of an IPv6 address, since one site has at least that many (RFC 6177).

    An IPv4 address in IPv6 form counts as itself; a text that is no address as one and the same.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(found) if found.is_loopback else f"{IPv6Address(int(found) >> 64 << 64)}/64"
