"""The computer's clocks in microseconds: the one place that says how the product counts time.

The core does not import it: there, time comes in with each event.
"""

from __future__ import annotations

import time
from typing import Final

US: Final = 1_000_000
"""Microseconds in a second."""


def now_us() -> int:
    """Microseconds since 1970 UTC. May jump when the computer's clock is set."""
    return time.time_ns() // 1000


def monotonic_us() -> int:
    """Microseconds of a clock that never jumps, since an unknown time; for durations."""
    return time.monotonic_ns() // 1000
