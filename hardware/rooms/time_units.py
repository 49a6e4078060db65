"""Recognises recorded times that are not in microseconds, by their size and by how many reads fall into a second."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

# more than several readers can read together; times in a larger unit look like this rate or a higher one
MAX_READS_PER_S: Final = 20_000
_MIN_READS: Final = 50
# a time since 1970 of the years 2008 to 2049, in seconds, and a recording of at most two days
_EPOCH_S: Final = (1_200_000_000, 2_500_000_000)
_TWO_DAYS_S: Final = 172_800


def wrong_unit(times: Sequence[int]) -> str:
    """What the times of a recording, oldest first, seem to be instead of microseconds, and what to do; else empty."""
    if not times:
        return ""
    first, last = times[0], times[-1]
    if first >= _EPOCH_S[0] * 10**9:
        return f"seem to be nanoseconds since 1970 (the first is {first}); divide them by 1,000"
    if first >= _EPOCH_S[0] * 1000 and last < _EPOCH_S[1] * 1000:
        return f"seem to be milliseconds since 1970 (the first is {first}); multiply them by 1,000"
    if first >= _EPOCH_S[0] and last < _EPOCH_S[1] and last - first <= _TWO_DAYS_S:
        return f"seem to be seconds since 1970 (the first is {first}); multiply them by 1,000,000"
    if len(times) >= _MIN_READS and len(times) * 1_000_000 > MAX_READS_PER_S * max(last - first, 1):
        return (
            f"seem to be seconds or milliseconds: {len(times)} reads in {last - first} microseconds are more than "
            "readers can read; multiply them by 1,000,000 or 1,000"
        )
    return ""
