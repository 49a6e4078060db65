"""How many minutes an answer takes just now, from the answers that were measured; said low enough to be kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

MINUTE_US = 60_000_000
DEFAULT_MINUTES = 3
"""Promised while nothing was measured."""
MAX_MINUTES = 15
"""A promise above this is none; the mirror says that it takes longer."""
MAX_MEASUREMENTS = 20


class AnswerTimes:
    """The last answer times, from a request's arrival to the piece at the door."""

    def __init__(self, times_us: Iterable[int] = ()) -> None:
        self._times_us: deque[int] = deque(times_us, maxlen=MAX_MEASUREMENTS)

    def measured(self, took_us: int) -> None:
        self._times_us.append(max(0, took_us))

    @property
    def minutes(self) -> int:
        """Three of four of the last answers came within this; whole minutes, rounded up."""
        if not self._times_us:
            return DEFAULT_MINUTES
        ordered = sorted(self._times_us)
        third_quarter = ordered[min(len(ordered) - 1, (3 * len(ordered)) // 4)]
        return min(MAX_MINUTES, max(1, -(-third_quarter // MINUTE_US)))
