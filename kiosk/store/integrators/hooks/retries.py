"""When a delivery is tried again, and when it is given up. Pure."""

from __future__ import annotations

from enum import Enum, unique
from typing import Final

FIRST_S: Final = 1.0
LONGEST_S: Final = 900.0
MAX_LOST: Final = 105
"""Tries of an event while the receiver is away: some 24 hours."""
MAX_REJECTED: Final = 5
"""Tries of an event that the receiver refuses: some 15 s; the next ones wait behind it."""


@unique
class Failure(Enum):
    """Why an event was not taken."""

    LOST = "lost"
    """The receiver is away, or does not work."""
    REJECTED = "rejected"
    """It answers, and refuses this event."""


def wait_s(tries: int, jitter: float) -> float:
    """Seconds until the next try, after so many: 1, 2, 4 ... 900, of which up to half is left out at random.

    `jitter`: 0 to 1. So stores that lost one receiver together do not all come back in the same instant.
    """
    whole = min(FIRST_S * 2.0 ** min(tries - 1, 20), LONGEST_S)
    return whole * (1.0 - jitter / 2)


def is_given_up(tries: int, failure: Failure) -> bool:
    """Whether an event becomes a dead letter after so many tries."""
    return tries >= (MAX_REJECTED if failure is Failure.REJECTED else MAX_LOST)
