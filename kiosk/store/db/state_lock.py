"""Locks for state in memory. A thread that holds one waits for the database only for milliseconds (`Database`).

So a locked database delays what needs it, and nothing else.
"""

from __future__ import annotations

import threading


class HeldLocks(threading.local):
    """How many state locks the present thread holds."""

    def __init__(self) -> None:
        self.count = 0


class StateLock:
    """A reentrant lock that is counted among the locks that its thread holds."""

    def __init__(self, held: HeldLocks) -> None:
        self._lock, self._held = threading.RLock(), held

    def __enter__(self) -> None:
        self._lock.acquire()
        self._held.count += 1

    def __exit__(self, *_: object) -> None:
        self._held.count -= 1
        self._lock.release()
