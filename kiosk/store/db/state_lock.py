"""Locks for state in memory. A thread that holds one waits for the database only for milliseconds (`Database`).

So a locked database delays what needs it, and nothing else. `StateLock.give_way` is for work that may come later.
"""

from __future__ import annotations

import threading
import time
from typing import Final

QUIET_S: Final = 0.02
"""A lock that nobody has taken for so long is quiet."""
GIVE_WAY_S: Final = 0.3
"""The longest time for which `give_way` waits, so that no thread waits for ever while many others need the lock."""


class HeldLocks(threading.local):
    """How many state locks the present thread holds."""

    def __init__(self) -> None:
        self.count = 0


class StateLock:
    """A reentrant lock that is counted among the locks that its thread holds."""

    def __init__(self, held: HeldLocks) -> None:
        self._lock, self._held = threading.RLock(), held
        self._changed = threading.Condition(threading.Lock())
        self._waiting = self._giving_way = 0
        """Threads that wait for the lock, and those that let them pass. Both are changed under `_changed`."""
        self._taken_s = self._waited_s = -GIVE_WAY_S
        """When the lock was taken last, and when by a thread that had to wait for it. Changed under the lock."""

    def __enter__(self) -> None:
        waits = not self._lock.acquire(blocking=False)
        if waits:
            self._wait()
        self._held.count += 1
        self._taken_s = time.monotonic()
        if waits:
            self._waited_s = self._taken_s

    def __exit__(self, *_: object) -> None:
        self._held.count -= 1
        self._lock.release()
        if self._giving_way:
            with self._changed:
                self._let_pass()

    @property
    def awaited(self) -> int:
        """How many threads wait for the lock now."""
        return self._waiting

    @property
    def is_busy(self) -> bool:
        """Whether a thread waits for the lock, or one that had waited got it in the last 20 ms."""
        return self._waiting > 0 or time.monotonic() - self._waited_s < QUIET_S

    def give_way(self, limit_s: float = GIVE_WAY_S) -> None:
        """Returns when no thread waits for the lock, or after `limit_s` seconds; at once under a state lock."""
        if not self._waiting or self._held.count:
            return
        with self._changed:
            self._giving_way += 1
            try:
                self._changed.wait_for(lambda: not self._waiting, limit_s)
            finally:
                self._giving_way -= 1

    def until_quiet(self, limit_s: float = GIVE_WAY_S) -> None:
        """Returns when nobody has taken the lock for 20 ms, or after `limit_s` seconds; at once under a state lock."""
        if self._held.count:
            return
        end_s = time.monotonic() + limit_s
        while (now_s := time.monotonic()) < end_s:
            quiet_s = self._taken_s + QUIET_S
            if not self._waiting and now_s >= quiet_s:
                return
            time.sleep(max(0.001, min(quiet_s, end_s) - now_s))

    def _wait(self) -> None:
        with self._changed:
            self._waiting += 1
        try:
            self._lock.acquire()
        finally:
            with self._changed:
                self._waiting -= 1
                self._let_pass()

    def _let_pass(self) -> None:
        """Wakes one of the threads that gave way, where nobody waits. The next one follows when that one has ended."""
        if not self._waiting:
            self._changed.notify()
