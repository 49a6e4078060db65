"""A clock that stands still while nobody of the staff is in the shop, for waits that only the staff can end."""

from __future__ import annotations

from typing import Final

from kiosk.clock import US, Clocks
from kiosk.core.domain.hours.opening_hours import ShopHours

AFTER_CLOSING_US: Final = 30 * 60 * US
"""How long after closing time the staff counts as present: the last shoppers are in the rooms until then."""


class StaffedTime:
    """To be used by one thread, at least every few seconds. `clocks`: the store's; without them times of the calls."""

    def __init__(self, hours: ShopHours, clocks: Clocks | None = None) -> None:
        self._hours, self._clocks = hours, clocks
        self._seen_us: int | None = None
        self._closed_us = 0

    def staffed(self, now_us: int) -> bool:
        """Whether the shop is open, or was until half an hour ago."""
        return (
            self._hours.is_open(now_us)
            or self._hours.open_seconds_between(now_us - AFTER_CLOSING_US, now_us) > 0
        )

    def read(self, now_us: int) -> int:
        """Microseconds of a clock that never jumps and counts staffed time only."""
        steady_us = self._clocks.steady_us() if self._clocks is not None else now_us
        if self._seen_us is not None and not self.staffed(now_us):
            self._closed_us += steady_us - self._seen_us
        self._seen_us = steady_us
        return steady_us - self._closed_us

    def read_at(self, stamp_us: int, now_us: int, longest_us: int) -> int:
        """What the clock showed at an earlier stamp, as far as that is known; at most `longest_us` ago.

        A stamp in the future was written or is read by a clock that was set: it counts as now.
        """
        waited_us = min(max(now_us - stamp_us, 0), longest_us)
        open_us = int(self._hours.open_seconds_between(max(stamp_us, now_us - _MAX_LOOK_US), now_us) * US)
        return self.read(now_us) - min(waited_us, open_us)


_MAX_LOOK_US: Final = 7 * 24 * 3600 * US
