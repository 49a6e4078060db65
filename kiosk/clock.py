"""The computer's clocks in microseconds: the one place that says how the product counts time.

The core does not import it: there, time comes in with each event. Durations are measured with `hardware.clock.now_us`,
which nobody can set; `now_us` is for the stamps of records, and for what follows the calendar.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

US: Final = 1_000_000
"""Microseconds in a second."""


def now_us() -> int:
    """Microseconds since 1970 UTC. May jump when the computer's clock is set."""
    return time.time_ns() // 1000


def monotonic_us() -> int:
    """Microseconds of a clock that never jumps, since an unknown time; for durations."""
    return time.monotonic_ns() // 1000


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks of a program: `now_us` for stamps, `steady_us` for durations."""

    now_us: Callable[[], int]
    steady_us: Callable[[], int]

    def of_run(self) -> Callable[[], int]:
        """A clock that shows the time of day at this call and then counts steadily: setting the computer's clock does
        not change it. For waits and ages of records that the program reads again after a restart."""
        began_us = self.now_us() - self.steady_us()
        return lambda: began_us + self.steady_us()

    def steady_of(self, stamp_us: int, longest_us: int) -> int:
        """The steady time of an earlier stamp.

        A stamp in the future, or longer ago than `longest_us`, was written or is read by a clock that was set: it
        counts as now, or as `longest_us` ago.
        """
        return self.steady_us() - min(max(self.now_us() - stamp_us, 0), longest_us)
