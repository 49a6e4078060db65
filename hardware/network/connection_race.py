"""Connects to the first address that answers of several, as "Happy Eyeballs" does (RFC 8305, clause 5).

The attempts begin one after another; each gets `ATTEMPT_DELAY_S` before the next begins beside it, or less if it fails.
"""

from __future__ import annotations

import errno
import os
import selectors
import socket
import time
from collections import deque
from collections.abc import Sequence
from typing import Final, Protocol

from hardware.errors import ConnectionLostError
from hardware.network.host_names import Address

# the recommended Connection Attempt Delay (RFC 8305, clause 8)
ATTEMPT_DELAY_S: Final = 0.25
_MAX_REASONS: Final = 4


class Stop(Protocol):
    """What ends a race early: it becomes readable and `woken` True, as `hardware.network.connection.WakeUp` does."""

    woken: bool

    def fileno(self) -> int: ...


def connect_first(addresses: Sequence[Address], stop: Stop, timeout_s: float) -> socket.socket | None:
    """A connected socket, non-blocking; None after a stop.

    Raises the OSError of a single address that refused, else ConnectionLostError with the reason of each address.
    """
    race = _Race(addresses, stop)
    try:
        return race.run(time.monotonic() + timeout_s)
    finally:
        race.close()


class _Race:
    """The attempts under way; `close` ends those that were not the first."""

    def __init__(self, addresses: Sequence[Address], stop: Stop) -> None:
        self._left = deque(addresses)
        self._single = len(addresses) == 1
        self._stop = stop
        self._places: dict[socket.socket, str] = {}
        self._reasons: dict[str, OSError] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(stop, selectors.EVENT_READ)

    def run(self, deadline: float) -> socket.socket | None:
        next_begin = time.monotonic()
        while True:
            now = time.monotonic()
            if self._stop.woken:
                return None
            if now >= deadline or not (self._left or self._places):
                raise self._failure()
            if self._left and (now >= next_begin or not self._places):
                self._begin(self._left.popleft())
                next_begin = now + ATTEMPT_DELAY_S
            until = min(deadline, next_begin) if self._left else deadline
            for key, _ in self._selector.select(max(0.0, until - time.monotonic())):
                link = key.fileobj
                if isinstance(link, socket.socket) and self._won(link):
                    return link

    def _begin(self, address: Address) -> None:
        family, where = address
        try:
            link = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:
            self._reasons[str(where[0])] = error
            return
        self._places[link] = str(where[0])
        link.settimeout(0)
        code = link.connect_ex(where)
        if code in (0, errno.EINPROGRESS):
            self._selector.register(link, selectors.EVENT_WRITE)
        else:
            self._lost(link, code)

    def _won(self, link: socket.socket) -> bool:
        code = link.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        self._selector.unregister(link)
        if code:
            self._lost(link, code)
            return False
        del self._places[link]
        return True

    def _lost(self, link: socket.socket, code: int) -> None:
        self._reasons[self._places.pop(link)] = OSError(code, os.strerror(code))
        link.close()

    def _failure(self) -> Exception:
        if self._single and self._reasons:
            return next(iter(self._reasons.values()))
        silent = [*self._places.values(), *(str(where[0]) for _, where in self._left)]
        if self._single:
            return ConnectionLostError("no connection within the time allowed")
        reasons = {place: (error.strerror or "refused").lower() for place, error in self._reasons.items()}
        reasons |= dict.fromkeys(silent, "no answer")
        shown = [f"{place}: {why}" for place, why in list(reasons.items())[:_MAX_REASONS]]
        return ConnectionLostError("none of its addresses answers (" + "; ".join(shown) + ")")

    def close(self) -> None:
        self._selector.close()
        for link in self._places:
            link.close()
