"""Divides long work of one thread into parts of milliseconds, so that requests of the shop run in between.

Python runs one thread at a time: each time that a request has waited for the disk or the network, it waits for the
computing thread as well, by default 5 ms, and a request does so many times. Between two parts nothing is computed.
"""

from __future__ import annotations

import time
from threading import Event
from typing import Final

from kiosk.store.errors import ImportStoppedError

WORK_S: Final = 0.002
WAIT_S: Final = 0.004


class Pace:
    """For one thread at a time; `stop` may be called by any. `work_s`: length of a part; `wait_s`: of the pauses."""

    def __init__(self, work_s: float = WORK_S, wait_s: float = WAIT_S) -> None:
        self._work_s, self._wait_s = work_s, wait_s
        self._stopped = Event()
        self._began_s = time.monotonic()

    @property
    def stopped(self) -> bool:
        """Whether the work is to end."""
        return self._stopped.is_set()

    def step(self) -> None:
        """To be called after each small step: waits where a part is over. Raises ImportStoppedError after `stop`."""
        if time.monotonic() - self._began_s < self._work_s:
            return
        if self._stopped.wait(self._wait_s):
            raise ImportStoppedError
        self._began_s = time.monotonic()

    def stop(self) -> None:
        """Ends the work at its next pause."""
        self._stopped.set()
