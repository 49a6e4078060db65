"""Estimate of the minutes that an associate's answer takes, from the last measured answer times."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

MINUTE_US = 60_000_000
DEFAULT_MINUTES = 3
"""Estimate while nothing was measured."""
MAX_MINUTES = 15
"""Largest estimate; at this value the mirror shows that it takes longer."""
MAX_MEASUREMENTS = 20


class AnswerTimes:
    """The last `MAX_MEASUREMENTS` answer times, microseconds from a request's arrival to the piece at the door."""

    def __init__(self, times_us: Iterable[int] = ()) -> None:
        self._times_us: deque[int] = deque(times_us, maxlen=MAX_MEASUREMENTS)

    def add(self, duration_us: int) -> None:
        self._times_us.append(max(0, duration_us))

    @property
    def minutes(self) -> int:
        """Third quartile of the last answer times in whole minutes, rounded up, between 1 and `MAX_MINUTES`."""
        if not self._times_us:
            return DEFAULT_MINUTES
        ordered = sorted(self._times_us)
        third_quartile = ordered[min(len(ordered) - 1, (3 * len(ordered)) // 4)]
        return min(MAX_MINUTES, max(1, -(-third_quartile // MINUTE_US)))
