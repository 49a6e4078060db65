"""Signs that a reverse proxy stands before the store and hides who asks. Kept in memory, for health and doctor.

What a stranger of the shop's network writes into headers is no proof: signs of another computer are a hint, those of
this computer (only a program of it can connect from there) are not.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, unique
from threading import Lock
from typing import Final
from urllib.parse import urlsplit

from kiosk.store.api.connections.registry import THIS_COMPUTER
from kiosk.store.api.rate_limit import origin_of

log = logging.getLogger(__name__)
Headers = Iterable[tuple[bytes, bytes]]
_FORWARDED_FOR: Final = b"x-forwarded-for"
_NAMES: Final = frozenset({b"forwarded", b"x-real-ip", b"via", b"cf-connecting-ip", b"true-client-ip"})
_PHONES: Final = ("/r/", "/m")
"""Pages of shoppers' phones, which nobody opens on the store's computer but by `listen.public_url`."""
MIN_MIRRORS: Final = 3
"""So many mirrors or stands with one address: a mirror's computer may have a stand as well."""
MIN_BEFORE: Final = 3
"""Addresses before the last one of X-Forwarded-For, while that is always the same."""
MAX_KEPT: Final = 16
"""Addresses kept of each kind."""


@unique
class ProxySign(Enum):
    """Why callers cannot be told apart."""

    UNNAMED = "unnamed"
    """A proxy on this computer sends no `X-Forwarded-For`: all of its callers count as this computer."""
    NO_ADDRESS = "no-address"
    """A proxy on this computer sends an `X-Forwarded-For` without an address: its callers count as one."""
    ANOTHER_BEFORE = "another-before"
    """A proxy on this computer always names the same address, after others: that of a proxy before it."""
    ELSEWHERE = "elsewhere"
    """Requests of another computer have headers of a proxy: its callers count as that computer."""
    ONE_ADDRESS = "one-address"
    """Several mirrors have one address: a proxy, or a router that translates addresses, stands between."""


@dataclass(frozen=True, slots=True)
class SeenProxy:
    """A sign. `address`: of the proxy; `count`: of requests, or of mirrors (ONE_ADDRESS)."""

    sign: ProxySign
    address: str
    count: int


@dataclass(slots=True)
class ProxySigns:
    """What was seen since the start. `public_url`: of `listen`, empty for none; `port`: where the store listens."""

    public_url: str = ""
    port: int = 0
    _counts: Counter[tuple[ProxySign, str]] = field(default_factory=Counter)
    _last: set[str] = field(default_factory=set)
    _before: set[str] = field(default_factory=set)
    _of_caller: dict[str, str] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def request(self, address: str, path: str, headers: Headers) -> None:
        """A request has arrived, from an address of the registry's form."""
        local = address in THIS_COMPUTER
        forwarded, host, proxied = b"", b"", False
        for name, value in headers:
            if name == _FORWARDED_FOR:
                forwarded, proxied = value, True
            elif name in _NAMES or name.startswith(b"x-forwarded-"):
                proxied = True
            elif name == b"host":
                host = value
        if not local:
            if proxied:
                self._note(ProxySign.ELSEWHERE, address)
        elif forwarded:
            self._stated(address, forwarded.decode("latin-1"))
        elif proxied or self._is_for_a_phone(path, host):
            self._note(ProxySign.UNNAMED, address)

    def caller(self, address: str, caller: str) -> None:
        """A request was accepted as one of this caller (`room/1`, `session/...`)."""
        if caller.startswith("room/") and self._of_caller.get(caller) != address:
            with self._lock:
                self._of_caller[caller] = address

    def seen(self) -> tuple[SeenProxy, ...]:
        """The signs that stand, those of this computer first."""
        with self._lock:
            found = [SeenProxy(sign, address, count) for (sign, address), count in self._counts.items()]
            mirrors = Counter(each for each in self._of_caller.values() if each not in THIS_COMPUTER)
            if len(self._last) == 1 and len(self._before) >= MIN_BEFORE:
                found += [SeenProxy(ProxySign.ANOTHER_BEFORE, one, len(self._before)) for one in self._last]
        found += [SeenProxy(ProxySign.ONE_ADDRESS, a, n) for a, n in mirrors.items() if n >= MIN_MIRRORS]
        return tuple(sorted(found, key=lambda one: (_ORDER.index(one.sign), one.address)))

    def _stated(self, address: str, forwarded: str) -> None:
        *before, last = (part.strip() for part in forwarded.split(","))
        origin = origin_of(last)
        if not origin:
            self._note(ProxySign.NO_ADDRESS, address)
            return
        with self._lock:
            _keep(self._last, origin)
            if before:
                _keep(self._before, before[-1][:64])

    def _is_for_a_phone(self, path: str, host: bytes) -> bool:
        """Whether only a proxy asks like this from this computer: by the public name, or for a page of phones."""
        public = urlsplit(self.public_url)
        if not public.hostname or public.port == self.port or origin_of(public.hostname) in THIS_COMPUTER:
            return False
        return path.startswith(_PHONES) or host.decode("latin-1").lower() == public.netloc.lower()

    def _note(self, sign: ProxySign, address: str) -> None:
        with self._lock:
            kept = sum(of is sign for of, _ in self._counts)
            if (sign, address) not in self._counts and kept >= MAX_KEPT:
                return
            self._counts[sign, address] += 1
            first = self._counts[sign, address] == 1
        if first and sign in _WARNED:
            log.warning("a reverse proxy on this computer %s: see `cheval doctor`", _WARNED[sign])


_ORDER: Final = tuple(ProxySign)
_WARNED: Final = {
    ProxySign.UNNAMED: "sends no X-Forwarded-For, so all of its callers count as this computer",
    ProxySign.NO_ADDRESS: "sends an X-Forwarded-For without an address, so all of its callers count as one",
}


def _keep(kept: set[str], value: str) -> None:
    if len(kept) < MAX_KEPT:
        kept.add(value)
