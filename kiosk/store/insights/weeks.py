"""Weeks of the shop: Monday to Sunday in its time zone, however often the clock is set within them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import IntEnum, unique

from kiosk.clock import US

_WEEK = timedelta(days=7)


@unique
class Period(IntEnum):
    """Periods of whole weeks that have ended. There are no others: what differs by a few days between two of them
    would tell small groups apart."""

    WEEK = 1
    FOUR_WEEKS = 4
    QUARTER = 13
    YEAR = 52


@dataclass(frozen=True, slots=True)
class ShopWeeks:
    """Weeks as days of the shop's `zone`; a week is named by its Monday."""

    zone: tzinfo

    def hour(self, at_us: int) -> int:
        """Hour of the shop's clock, 0 to 23."""
        return self.local(at_us).hour

    def local(self, at_us: int) -> datetime:
        """A stamp on the shop's clock; the last or first moment of the calendar where it is outside of it."""
        try:
            return datetime.fromtimestamp(at_us / US, self.zone)
        except (ValueError, OverflowError, OSError):
            return datetime.combine(date.max if at_us > 0 else date.min, time(), self.zone)

    def week_of(self, at_us: int) -> date:
        """The Monday of the week of a stamp."""
        day = self.local(at_us).date()
        return day - timedelta(days=day.weekday())

    def bounds_us(self, week: date) -> tuple[int, int]:
        """First microsecond of a week, and of the next one."""
        return self._midnight_us(week), self._midnight_us(week + _WEEK)

    def ended(self, now_us: int, period: Period) -> tuple[date, date]:
        """First and last Monday of the weeks of a period that has ended."""
        last = self.week_of(now_us) - _WEEK
        return last - (period - 1) * _WEEK, last

    def before(self, now_us: int, count: int) -> Iterator[date]:
        """The last `count` weeks that have ended, the latest first."""
        week = self.week_of(now_us)
        for _ in range(count):
            week -= _WEEK
            yield week

    def _midnight_us(self, day: date) -> int:
        return int(datetime.combine(day, time(), self.zone).timestamp()) * US
