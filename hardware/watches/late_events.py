"""Recognises events that a reader kept for some time before it sent them, although its clock is wrong.

A reader that lost its connection sends what it stored meanwhile: without this check a garment of a minute ago would
appear in the room. Pure: times are arguments, in microseconds.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from hardware.clock import US

MAX_LATE_US: Final = 2 * US
"""An event that comes this much later than a fresh one is left out."""
# the smallest difference is that of one or two such times, because clocks drift
_WINDOW_US: Final = 60 * US
_LEARNING_US: Final = 2 * US
_RELEARN_US: Final = 5 * US
# differences of fresh events vary less; those of stored events fall while they are sent
_STEADY_US: Final = US


class LateEvents:
    """Compares the stamps of events with our clock. The smallest difference of late is that of a fresh event.

    It is known at once if the reader reports its time (`set_clock`), or if both clocks agree; else it is learned in the
    first 2 s, whose events count as late. If for 5 s only late events come, all by the same time, then the reader's
    clock was changed, and the difference is learned anew. `max_late_us` must be longer than the reader collects events
    before it sends them.
    """

    def __init__(self, max_late_us: int = MAX_LATE_US) -> None:
        self._max_late_us = max_late_us
        self._fresh: _Smallest | None = None
        self._first_us = self._smallest_us = 0
        self._learning_since_us: int | None = None

    def set_clock(self, reader_us: int, ours_us: int) -> None:
        """The reader's clock was at `reader_us` when ours was at `ours_us`."""
        self._fresh = _Smallest(ours_us - reader_us, ours_us)
        self._learning_since_us = None

    def is_late(self, stamp_us: int | None, received_us: int) -> bool:
        """Whether an event with this stamp, received now, is too old. An event without a stamp never is."""
        if stamp_us is None:
            return False
        difference = received_us - stamp_us
        if self._fresh is None and abs(difference) <= self._max_late_us:
            self._fresh = _Smallest(difference, received_us)
        if self._fresh is not None and difference <= self._fresh.value_us + self._max_late_us:
            self._fresh.add(difference, received_us)
            self._learning_since_us = None
            return False
        return not self._learned(difference, received_us)

    def _learned(self, difference: int, received_us: int) -> bool:
        """Only late events so far: whether it is clear by now that this one is fresh by the reader's clock."""
        if self._learning_since_us is None or difference < self._first_us - _STEADY_US:
            self._learning_since_us = received_us
            self._first_us = self._smallest_us = difference
        self._smallest_us = min(self._smallest_us, difference)
        long_us = _LEARNING_US if self._fresh is None else _RELEARN_US
        if (
            received_us - self._learning_since_us < long_us
            or difference > self._smallest_us + self._max_late_us
        ):
            return False
        self._fresh = _Smallest(self._smallest_us, received_us)
        self._learning_since_us = None
        return True


class _Smallest:
    """The smallest value of the last one to two minutes."""

    def __init__(self, value_us: int, at_us: int) -> None:
        self.value_us = self._current = self._previous = value_us
        self._since_us = at_us

    def add(self, value_us: int, at_us: int) -> None:
        if at_us - self._since_us > _WINDOW_US:
            self._previous, self._current, self._since_us = self._current, value_us, at_us
        self._current = min(self._current, value_us)
        self.value_us = min(self._previous, self._current)


def stamp_of(text: object) -> int | None:
    """Microseconds since 1970 UTC of a time in ISO 8601 (RFC 3339) form; None for anything else."""
    if not isinstance(text, str) or len(text) > 40:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return round(moment.timestamp() * US) if moment.tzinfo is not None else None
    except (ValueError, OverflowError, OSError):
        return None
