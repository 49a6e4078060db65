"""Addresses of a host, looked up within a time limit: the system's resolver may take half a minute without a network.

One lookup runs at a time, in a thread of its own. While a new one fails or hangs, the addresses of the last one serve.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from functools import partial
from threading import Event, Lock

from hardware.threads.supervised import start_job

FRESH_S = 60.0
"""How long addresses are used without a new lookup."""
Resolve = Callable[[str, int], list[str]]


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class UnknownHostError(TimeoutError):
    """No address of the host was found in that time."""


class HostAddress:
    """The addresses of one host. Safe to use from any thread."""

    def __init__(self, host: str, port: int, resolve: Resolve = resolved) -> None:
        self._host, self._port, self._resolve = host, port, resolve
        self._lock = Lock()
        self._known: list[str] = []
        self._known_at_s = 0.0
        self._running: Event | None = None

    def connected(self, timeout_s: float) -> socket.socket:
        """A TCP connection to the first address that takes one. Raises OSError.

        An address that does not answer takes half of the time that is left, and comes last the next time: a network
        may drop everything that goes to one of them (IPv6 without a way out).
        """
        end_s = time.monotonic() + timeout_s
        last: OSError = UnknownHostError("no address of the host is known")
        known = self.addresses(timeout_s)
        for number, address in enumerate(known, 1):
            left_s = end_s - time.monotonic()
            if left_s <= 0:
                break
            try:
                sock = socket.create_connection(
                    (address, self._port), left_s if number == len(known) else left_s / 2
                )
            except OSError as error:
                last = error
                self._put_last(address)
                continue
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
        raise last

    def _put_last(self, address: str) -> None:
        with self._lock:
            if address in self._known:
                self._known = [*(one for one in self._known if one != address), address]

    def addresses(self, timeout_s: float) -> tuple[str, ...]:
        """The addresses, empty if none is known in that time."""
        with self._lock:
            if self._known and time.monotonic() - self._known_at_s < FRESH_S:
                return tuple(self._known)
            if self._running is None:
                done = Event()
                start_job(f"address of {self._host}", partial(self._look, done))
                self._running = done
            running = self._running
        # known addresses are not worth a long wait for new ones
        running.wait(min(timeout_s, 1.0) if self._known else timeout_s)
        with self._lock:
            return tuple(self._known)

    def _look(self, done: Event) -> None:
        found: list[str] = []
        try:
            found = self._resolve(self._host, self._port)
        except OSError:
            return
        finally:
            with self._lock:
                if found:
                    self._known, self._known_at_s = found, time.monotonic()
                self._running = None
            done.set()
