"""Days of the shop: from midnight to midnight in its time zone, 23 or 25 hours long when the clocks are changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.clock import US

_ALL_US = 1 << 62


@dataclass(frozen=True, slots=True)
class Period:
    """From `from_us`, before `to_us`, in microseconds UTC."""

    from_us: int = -_ALL_US
    to_us: int = _ALL_US

    def __contains__(self, at_us: int) -> bool:
        return self.from_us <= at_us < self.to_us


@dataclass(frozen=True, slots=True)
class ShopDays:
    """The days of a time zone."""

    zone: ZoneInfo

    def day_of(self, at_us: int) -> date:
        """The day on which an instant is."""
        return self._local(at_us).date()

    def text_of(self, at_us: int) -> str:
        """An instant with its offset from UTC (RFC 3339): 2026-03-29T03:00:00.000000+02:00."""
        return self._local(at_us).isoformat(timespec="microseconds")

    def period(self, first: date | None, last: date | None) -> Period:
        """From the first to the last day, both included; None is without limit."""
        return Period(
            -_ALL_US if first is None else self._begin_us(first),
            _ALL_US if last is None else self._begin_us(last + timedelta(days=1)),
        )

    def _begin_us(self, day: date) -> int:
        """The first instant of a day. Where midnight is left out by a change of the clocks, it is the change."""
        return int(datetime.combine(day, time(), self.zone).timestamp()) * US

    def _local(self, at_us: int) -> datetime:
        seconds, rest = divmod(at_us, US)
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds, microseconds=rest)
        return at.astimezone(self.zone)
