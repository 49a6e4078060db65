"""How long transactions wait in their present state, by a clock that nobody sets."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

MAX_KEYS: Final = 4096
"""Transactions that are remembered: those that changed last."""


class WaitingAges:
    """Notes when a transaction has changed. Safe from any thread. `clock_s`: seconds of a monotonic clock."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s, self._lock = clock_s, Lock()
        self._since: OrderedDict[str, float] = OrderedDict()

    def changed(self, key: str) -> None:
        """A transaction has changed now."""
        with self._lock:
            self._since[key] = self._clock_s()
            self._since.move_to_end(key)
            if len(self._since) > MAX_KEYS:
                self._since.popitem(last=False)

    def waited_s(self, key: str) -> float | None:
        """Seconds since the last change; None if there was none since the start of the store."""
        with self._lock:
            since_s = self._since.get(key)
            return None if since_s is None else self._clock_s() - since_s
