"""Parses the `at` column of a history into whole seconds since 1970 UTC.

Values that are empty or not a time become `UNREADABLE`; whether a time is plausible is decided by the reader.
"""

from datetime import UTC, datetime
from typing import Any

import numpy as np

from recommender.arrays import Longs
from recommender.inputs.catalogue import encode_text, to_text

# Seconds that no time has: before the year 1.
UNREADABLE = -(2**62)
# A number of seconds, milli- or microseconds is below its limit until the year 5138; larger numbers are nanoseconds.
_UNITS = ((1e11, 1), (1e14, 10**3), (1e17, 10**6))
_NANOSECONDS = 10**9


def event_times(column: Any) -> Longs:
    """The times of an Arrow column of any type (times, dates, numbers, ISO 8601 texts), in seconds.

    Numbers may be seconds, milli-, micro- or nanoseconds since 1970; the unit is that of the median, so that single
    wrong numbers do not change it.
    """
    import pyarrow as pa
    import pyarrow.types as types

    if types.is_timestamp(column.type) or types.is_date(column.type):
        seconds = column.cast(pa.timestamp("s"), safe=False).cast(pa.int64())
        return _filled(seconds)
    if types.is_integer(column.type):
        return _epoch(_filled(column.cast(pa.int64(), safe=False)))
    if types.is_floating(column.type):
        return _floating(np.array(column.to_numpy(), np.float64))
    codes, words = encode_text(to_text(column))
    return np.array([*(_parsed(word) for word in words), UNREADABLE], np.int64)[codes]


def _filled(column: Any) -> Longs:
    return np.array(column.fill_null(UNREADABLE).to_numpy(), np.int64)


def _floating(at: Any) -> Longs:
    readable = np.isfinite(at) & (np.abs(at) < -UNREADABLE)
    return _epoch(np.where(readable, at, UNREADABLE).astype(np.int64))


def _epoch(at: Longs) -> Longs:
    readable = at > UNREADABLE
    median = float(np.median(np.abs(at[readable]))) if readable.any() else 0.0
    unit = next((unit for limit, unit in _UNITS if median < limit), _NANOSECONDS)
    return np.where(readable, at // unit, UNREADABLE)


def _parsed(word: str) -> int:
    try:
        when = datetime.fromisoformat(word.strip())
        return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        # OverflowError: the first or last day that Python can represent, in another time zone
        return UNREADABLE
