"""Looks up host names within a limited time: a name service that does not answer must not hold up a start."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Collection

from hardware.errors import HostNameError
from hardware.network.host_names import PendingLookup

LIMIT_S = 1.5
"""Longest time for all names together, in seconds."""


def addresses_of(hosts: Collection[str], limit_s: float = LIMIT_S) -> dict[str, frozenset[str]]:
    """The IP addresses of each host; empty for a name that is unknown or not answered in time.

    IP addresses are brought into their usual form without a look-up.
    """
    found = {host: _as_ip(host) for host in hosts}
    lookups = {host: PendingLookup(socket.getaddrinfo, host, None) for host, ip in found.items() if not ip}
    end = time.monotonic() + limit_s
    for host, lookup in lookups.items():
        if lookup.done.wait(max(0.0, end - time.monotonic())):
            found[host] = _resolved(lookup)
    return found


def _as_ip(host: str) -> frozenset[str]:
    try:
        return frozenset({str(ipaddress.ip_address(host))})
    except ValueError:
        return frozenset()


def _resolved(lookup: PendingLookup) -> frozenset[str]:
    try:
        return frozenset(str(where[0]) for _, where in lookup.result())
    except HostNameError:
        return frozenset()
