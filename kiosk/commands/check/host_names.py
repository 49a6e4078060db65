"""Looks up host names within a limited time: a name service that does not answer must not hold up a start."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Collection

LIMIT_S = 1.5
"""Longest time for all names together, in seconds."""


def addresses_of(hosts: Collection[str], limit_s: float = LIMIT_S) -> dict[str, frozenset[str]]:
    """The IP addresses of each host; empty for a name that is unknown or not answered in time.

    IP addresses are brought into their usual form without a look-up.
    """
    found = {host: _as_ip(host) for host in hosts}
    names = [host for host in hosts if not found[host]]
    answers: queue.SimpleQueue[tuple[str, frozenset[str]]] = queue.SimpleQueue()
    for name in names:
        threading.Thread(target=lambda name=name: answers.put((name, _resolved(name))), daemon=True).start()
    end = time.monotonic() + limit_s
    for _ in names:
        try:
            name, addresses = answers.get(timeout=max(0.0, end - time.monotonic()))
        except queue.Empty:
            break
        found[name] = addresses
    return found


def _as_ip(host: str) -> frozenset[str]:
    try:
        return frozenset({str(ipaddress.ip_address(host))})
    except ValueError:
        return frozenset()


def _resolved(name: str) -> frozenset[str]:
    try:
        return frozenset(
            str(where[0]) for *_, where in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
        )
    except (OSError, UnicodeError):
        return frozenset()
