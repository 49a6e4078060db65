"""Addresses of a host name, looked up without blocking the driver: `getaddrinfo` has no time limit of its own."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Sequence
from itertools import chain, zip_longest
from typing import Any, Final, TypeAlias

from hardware.errors import HostNameError
from hardware.threads.supervised import start_job

MAX_ADDRESSES: Final = 16
# how often a waiting driver looks whether it is closed
_CHECK_S: Final = 0.02

Address: TypeAlias = tuple[int, tuple[Any, ...]]
"""Address family and the address as `socket.connect` takes it."""
Lookup: TypeAlias = Callable[..., Sequence[tuple[Any, Any, int, str, tuple[Any, ...]]]]
"""A function like `socket.getaddrinfo`."""


def is_ip_address(host: str) -> bool:
    """Whether a host is an IPv4 or IPv6 address, also one with a zone (`fe80::1%eth0`)."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether this host is the computer itself (RFC 1122, 3.2.1.3; RFC 6761, 6.3)."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().removesuffix(".") == "localhost"


def host_and_port(host: str, port: int) -> str:
    """HOST:PORT as in an address; an IPv6 address in brackets (RFC 3986, clause 3.2.2)."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class HostNames:
    """Looks up host names for one driver, one name at a time; for use by one thread.

    A lookup runs in a thread of its own, which a hanging name service may keep for a minute. Until it ends, further
    attempts wait for the same lookup. While the name service fails, the last known addresses of the name are used.
    """

    def __init__(self, lookup: Lookup = socket.getaddrinfo) -> None:
        self._lookup = lookup
        self._pending: PendingLookup | None = None
        self._known: dict[tuple[str, int], tuple[Address, ...]] = {}
        self._worked: str | None = None
        # addresses that were of no use, the last one at the end
        self._failed: dict[str, None] = {}

    def addresses(
        self, host: str, port: int, timeout_s: float, stopped: Callable[[], bool]
    ) -> tuple[Address, ...] | None:
        """The addresses in the order in which to try them; None if `stopped` returned True while waiting.

        Raises HostNameError if there is no answer within `timeout_s`, or the name is unknown or impossible,
        unless its addresses are known from before.
        """
        if is_ip_address(host):
            return _in_turn(
                socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
            )
        try:
            found = self._found(host, port, timeout_s, stopped)
        except HostNameError:
            if (host, port) not in self._known:
                raise
            found = self._known[host, port]
        if found is None:
            return None
        self._known = {(host, port): found}
        return self._in_order(found)

    def ended(self, place: str, *, failed: bool) -> None:
        """A connection to this IP address has ended. `failed`: it was of no use, as to another device of this name."""
        if not failed:
            self._worked = place
        elif place != self._worked:
            self._failed.pop(place, None)
            self._failed[place] = None

    def _in_order(self, found: tuple[Address, ...]) -> tuple[Address, ...]:
        """The address that worked before comes first, those that failed last, the one that failed last at the end."""
        turns = {place: turn for turn, place in enumerate(self._failed, 1)}
        if len(turns) > MAX_ADDRESSES:
            self._failed.clear()
        return tuple(sorted(found, key=lambda one: (one[1][0] != self._worked, turns.get(one[1][0], 0))))

    def _found(
        self, host: str, port: int, timeout_s: float, stopped: Callable[[], bool]
    ) -> tuple[Address, ...] | None:
        if self._pending is None or self._pending.name != (host, port):
            self._pending = PendingLookup(self._lookup, host, port)
        deadline = time.monotonic() + timeout_s
        while not self._pending.done.wait(_CHECK_S):
            if stopped():
                return None
            if time.monotonic() > deadline:
                raise HostNameError(
                    f"the name service does not answer for {host[:80]}; write the IP address instead of the name"
                )
        pending, self._pending = self._pending, None
        return pending.result()


class PendingLookup:
    """A lookup in a thread of its own, which is abandoned if nothing waits for it any more.

    `done` is set when `result` gives the addresses, or raises HostNameError.
    """

    def __init__(self, lookup: Lookup, host: str, port: int | None) -> None:
        self.name = (host, port)
        self.done = threading.Event()
        self._lookup = lookup
        self._result: tuple[Address, ...] = ()
        self._why = "no address"
        start_job(f"lookup of {host}", self._run)

    def _run(self) -> None:
        try:
            self._result = _in_turn(self._lookup(*self.name, type=socket.SOCK_STREAM))
        except OSError as error:
            self._why = (error.strerror or str(error)).lower()
        except ValueError:
            # also UnicodeError: an empty part between two dots, or one of more than 63 letters
            self._why = "is not a host name"
        finally:
            self.done.set()

    def result(self) -> tuple[Address, ...]:
        """The addresses. Raises HostNameError for a name that is unknown or impossible."""
        if not self._result:
            raise HostNameError(f"{self.name[0][:80]}: {self._why}; check the name, or write the IP address")
        return self._result


def _in_turn(found: Sequence[tuple[Any, Any, int, str, tuple[Any, ...]]]) -> tuple[Address, ...]:
    """Addresses of both families in turn, each family in the order of the system (RFC 8305, clause 4)."""
    families: dict[int, dict[tuple[Any, ...], None]] = {}
    for family, _, _, _, where in found:
        families.setdefault(family, {})[where] = None
    turns = zip_longest(*([(family, where) for where in places] for family, places in families.items()))
    return tuple(filter(None, chain.from_iterable(turns)))[:MAX_ADDRESSES]
