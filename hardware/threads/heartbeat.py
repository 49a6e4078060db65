"""Heartbeat of a loop: when it last completed a round, by a clock that nobody sets."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import inf


class Heartbeat:
    """Safe from any thread. `late_s`: seconds without a beat after which it is late; `clock`: seconds, monotonic.

    The default clock does not run while the computer sleeps, so no loop is late after a suspend.
    """

    def __init__(self, late_s: float = inf, clock: Callable[[], float] = time.monotonic) -> None:
        self.late_s, self._clock = late_s, clock
        self._count, self._last_s = 0, clock()

    def beat(self) -> None:
        """One round is complete."""
        self._last_s = self._clock()
        self._count += 1

    @property
    def count(self) -> int:
        """The number of beats."""
        return self._count

    @property
    def age_s(self) -> float:
        """Seconds since the last beat, or since the object was made."""
        return self._clock() - self._last_s

    @property
    def is_late(self) -> bool:
        """Whether the last beat is longer ago than it should be."""
        return self.age_s > self.late_s
