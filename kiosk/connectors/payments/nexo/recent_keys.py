"""A bounded set of keys for many threads; the oldest are dropped first."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

MAX_KEYS: Final = 1_000


class RecentKeys:
    """The last thousand keys that were added."""

    def __init__(self) -> None:
        self._keys: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def add(self, key: str) -> None:
        with self._lock:
            self._keys[key] = None
            self._keys.move_to_end(key)
            while len(self._keys) > MAX_KEYS:
                self._keys.popitem(last=False)

    def discard(self, key: str) -> bool:
        """Takes a key out; whether it was there."""
        with self._lock:
            there = key in self._keys
            self._keys.pop(key, None)
        return there

    def __contains__(self, key: str) -> bool:
        with self._lock:
            return key in self._keys
