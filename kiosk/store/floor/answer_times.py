"""How many minutes an answer takes just now, from the answers that were measured; said low enough to be kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

US_PER_MINUTE = 60_000_000
FIRST_MINUTES = 3
"""Promised while nothing was measured."""
MOST_MINUTES = 15
"""A promise above this is none; the mirror says that it takes longer."""
MEASURED = 20


class Promise:
    """The last answer times, from a request's arrival to the piece at the door."""

    def __init__(self, times_us: Iterable[int] = ()) -> None:
        self._times_us: deque[int] = deque(times_us, maxlen=MEASURED)

    def measured(self, took_us: int) -> None:
        self._times_us.append(max(0, took_us))

    @property
    def minutes(self) -> int:
        """Three of four of the last answers came within this; whole minutes, rounded up."""
        if not self._times_us:
            return FIRST_MINUTES
        ordered = sorted(self._times_us)
        third_quarter = ordered[min(len(ordered) - 1, (3 * len(ordered)) // 4)]
        return min(MOST_MINUTES, max(1, -(-third_quarter // US_PER_MINUTE)))
