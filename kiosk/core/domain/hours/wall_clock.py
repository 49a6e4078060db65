"""When a clock on the wall of the shop first shows a time, and last shows an earlier one.

When clocks are set forward, a time of the wall clock is missing; when they are set back, it is shown twice. Both ends
of a span follow from what the wall clock shows: the shop opens when it first shows the opening time or a later one, and
closes when it shows a time before the closing time for the last time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_US: Final = timedelta(microseconds=1)
_SECOND: Final = timedelta(seconds=1)
FIRST_US: Final = (datetime(1900, 1, 1, tzinfo=UTC) - _EPOCH) // _US
LAST_US: Final = (datetime(9000, 1, 1, tzinfo=UTC) - _EPOCH) // _US


def local_date(at_us: int, zone: tzinfo) -> date:
    """The date in a zone at a time (microseconds since 1970). Times outside the years 1900 to 9000 count as those."""
    at_us = min(max(at_us, FIRST_US), LAST_US)
    return (_EPOCH + at_us * _US).astimezone(zone).date()


def opens_us(day: date, minute: int, zone: tzinfo) -> int:
    """When the wall clock first shows this minute of a day or a later one; microseconds since 1970.

    `minute`: since midnight, 1440 and more are on the next day.
    """
    return _instant(_wall(day, minute), zone, fold=0)


def closes_us(day: date, minute: int, zone: tzinfo) -> int:
    """Until when the wall clock shows times before this minute of a day; as `opens_us`."""
    wall = _wall(day, minute)
    second_us = _instant(wall, zone, fold=1)
    if _shown(_EPOCH + second_us * _US - _SECOND, zone) >= wall:
        # the clock was set back to this very minute: what it shows twice is all later
        return _instant(wall, zone, fold=0)
    return second_us


def _wall(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 a wall clock has no zone


def _instant(wall: datetime, zone: tzinfo, *, fold: int) -> int:
    """PEP 495: of a time that is shown twice, fold 0 is the first; of a missing one, fold 0 is after the step."""
    at = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if _shown(at, zone) != wall:
        at = _step(wall, zone)
    return (at - _EPOCH) // _US


def _step(wall: datetime, zone: tzinfo) -> datetime:
    """When the clock was set forward past a time that it never shows; to the second, as in the zones' data."""
    before, after = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    while after - before > _SECOND:
        middle = before + (after - before) // 2 // _SECOND * _SECOND
        if _shown(middle, zone) < wall:
            before = middle
        else:
            after = middle
    return after


def _shown(at: datetime, zone: tzinfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)
