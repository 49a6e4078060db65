"""On which devices the page is seen now. The page says so every few seconds; on a silent device it is not."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Final

from kiosk.clock import US

LEASE_US: Final = 15 * US
"""How long a page that said so counts as seen; it says so every 5 s."""
MAX_PAGES: Final = 1024


class SeenPages:
    """By session (hash of its token). Thread-safe. `now_us`: a clock that nobody sets."""

    def __init__(self, now_us: Callable[[], int]) -> None:
        self._now, self._lock = now_us, Lock()
        self._until: dict[str, int] = {}

    def told(self, session: str, *, seen: bool) -> None:
        """The page of a session is seen, or is not any more."""
        now_us = self._now()
        with self._lock:
            self._until.pop(session, None)
            if seen:
                self._until[session] = now_us + LEASE_US
            if len(self._until) > MAX_PAGES:
                self._until = {name: until for name, until in self._until.items() if until > now_us}

    def until_us(self, session: str) -> int:
        """Until when the page counts as seen if it says nothing more; 0 if it is not seen now."""
        with self._lock:
            until_us = self._until.get(session, 0)
        return until_us if until_us > self._now() else 0
