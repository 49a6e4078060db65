"""Tells events that a reader kept during a lost connection from new ones, whatever its clock shows.

The IoT Connector keeps up to 150,000 tag events for up to 500 minutes while no client is connected, and sends them
later, by default 100 a second (schema "retention"). Such an event is no read of now. Time is an argument.
"""

from __future__ import annotations

from typing import Final

from hardware.clock import US

# later than this an event is old; a batch waits 2 s by default (schema "batching", reportingInterval)
MAX_LATE_US: Final = 5 * US
# a delay that stays the same within this range for this time is a wrong clock: the delay of kept events shrinks
_STEADY_US: Final = US // 2
_STEADY_FOR_US: Final = 3 * US
# how far one event may move the offset upwards, so that it follows a slow clock
_FOLLOW_US: Final = US // 1000


class ReaderClock:
    """Offset of a reader's clock from ours, learned from the responses and events of one reader."""

    def __init__(self) -> None:
        self._offset_us: int | None = None
        self._candidate: tuple[int, int] | None = None

    def learn(self, reader_us: int, now_us: int) -> None:
        """The reader's clock shows `reader_us` now, as a response to a request of now tells."""
        self._offset_us = now_us - reader_us

    def is_new(self, stamped_us: int | None, now_us: int) -> bool:
        """Whether an event with this timestamp that arrives now is a read of now. Without a timestamp it is."""
        if stamped_us is None:
            return True
        delay = now_us - stamped_us
        if self._offset_us is None and abs(delay) <= MAX_LATE_US:
            self._offset_us = delay
        if self._offset_us is not None and delay - self._offset_us <= MAX_LATE_US:
            self._offset_us += min(delay - self._offset_us, _FOLLOW_US)
            self._candidate = None
            return True
        return self._is_steady(delay, now_us)

    def _is_steady(self, delay: int, now_us: int) -> bool:
        """Whether the same delay was seen for so long that the clock must be wrong; then it is the new offset."""
        if self._candidate is None or abs(delay - self._candidate[0]) > _STEADY_US:
            self._candidate = (delay, now_us)
        elif now_us - self._candidate[1] >= _STEADY_FOR_US:
            self._offset_us, self._candidate = delay, None
            return True
        return False
