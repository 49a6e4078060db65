"""A clock in microseconds that nobody can set, for reads, taps, scans, and everything that measures a duration.

It shows the computer's time of day as it was when the program started, and counts on from there by CLOCK_BOOTTIME of
Linux, which also runs while the computer sleeps (clock_gettime(2)). When the computer's clock is set meanwhile, this
one goes on; the stamps of stored records are `kiosk.clock.now_us`.
"""

from __future__ import annotations

import time
from typing import Final

US: Final = 1_000_000
"""Microseconds in a second."""


def boot_us() -> int:
    """Microseconds since the computer was started, sleep included."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000


_SHIFT_US: Final = time.time_ns() // 1000 - boot_us()


def now_us() -> int:
    """Microseconds since 1970 UTC by the clock at the program's start. Never jumps and never goes back."""
    return boot_us() + _SHIFT_US
