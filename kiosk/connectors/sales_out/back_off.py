"""When a destination that does not answer is tried again. Pure.

The waits are short, so that a queue of a whole day begins to drain soon after the destination is back: while it is away
one document is tried, not the queue.
"""

from __future__ import annotations

from typing import Final

FIRST_S: Final = 0.5
LONGEST_S: Final = 15.0
MAX_ASKED_S: Final = 3600.0
"""The longest wait that a destination may ask for (Retry-After)."""


def wait_s(tries: int, jitter: float, asked_s: float = 0.0) -> float:
    """Seconds until the next try, after so many: 0.5, 1, 2 ... 15, of which up to half is left out at random.

    `jitter`: 0 to 1, so that shops that lost one destination together do not all come back in the same instant.
    `asked_s`: what the destination has asked for; nothing is left out of it.
    """
    whole = min(FIRST_S * 2.0 ** min(max(tries, 1) - 1, 20), LONGEST_S)
    return max(whole * (1.0 - jitter / 2), min(asked_s, MAX_ASKED_S))
