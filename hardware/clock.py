"""The computer's clock in microseconds, for the time stamps of reads, taps and scans.

`hardware` may not import `kiosk`, so this function exists in `kiosk.clock` as well.
"""

from __future__ import annotations

import time
from typing import Final

US: Final = 1_000_000
"""Microseconds in a second."""


def now_us() -> int:
    """Microseconds since 1970 UTC. May jump when the computer's clock is set."""
    return time.time_ns() // 1000
