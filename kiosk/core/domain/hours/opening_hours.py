"""The shop's opening hours and holidays: whether it is open, when it opens next, and for how long it is open.

Times are microseconds since 1970 UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta, tzinfo
from typing import Final, Protocol

from kiosk.core.domain.hours.wall_clock import closes_us, local_date, opens_us

DAY_MIN: Final = 24 * 60
_ONE_DAY: Final = timedelta(days=1)
_REACH_DAYS: Final = 2
"""A span of 24 hours that begins at the end of a day lasts until the end of the next one."""
_SEARCH_DAYS: Final = 800
"""How far `next_opening` looks: more than two years of holidays."""
_US: Final = 1_000_000


class ShopHours(Protocol):
    """When the shop is open. Every method answers for every time."""

    def is_open(self, at_us: int) -> bool:
        """Whether the shop is open at a time. The second of closing is closed."""
        ...

    def next_opening(self, at_us: int) -> int | None:
        """The first time from `at_us` on at which the shop is open: `at_us` itself while it is. None: never."""
        ...

    def open_seconds_between(self, from_us: int, to_us: int) -> float:
        """How long the shop is open between two times; 0 if the second is not after the first."""
        ...


@dataclass(frozen=True, slots=True)
class Span:
    """A time of a day at which the shop is open, in minutes since midnight; `to_min` above 1440 is on the next day."""

    from_min: int
    to_min: int

    def __post_init__(self) -> None:
        if not (0 <= self.from_min < DAY_MIN and self.from_min < self.to_min <= self.from_min + DAY_MIN):
            raise ValueError(f"no span of a day: {self.from_min} to {self.to_min}")


Spans = tuple[Span, ...]
"""Of one day; empty: closed."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days with hours of their own: on one date, or every year on a month and day. A date goes before a yearly day."""

    dates: tuple[tuple[date, Spans], ...] = ()
    yearly: tuple[tuple[tuple[int, int], Spans], ...] = ()

    def on(self, day: date) -> Spans | None:
        """The hours of a day; None if it is no holiday."""
        for known, spans in self.dates:
            if known == day:
                return spans
        for (month, of_month), spans in self.yearly:
            if (month, of_month) == (day.month, day.day):
                return spans
        return None


ALL_DAY: Final = (Span(0, DAY_MIN),)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """`week`: the spans of Monday to Sunday; None: every day all day. A span belongs to the day on which it begins, so
    a holiday does not end the evening before."""

    zone: tzinfo = UTC
    week: tuple[Spans, ...] | None = None
    holidays: Holidays = Holidays()

    def __post_init__(self) -> None:
        if self.week is not None and len(self.week) != 7:
            raise ValueError("a week has seven days")

    @property
    def always(self) -> bool:
        """Never closed."""
        return self.week is None and self.holidays == Holidays()

    def is_open(self, at_us: int) -> bool:
        """As `ShopHours`."""
        if self.always:
            return True
        today = local_date(at_us, self.zone)
        return any(begin <= at_us < end for begin, end in self._spans(today, today))

    def next_opening(self, at_us: int) -> int | None:
        """As `ShopHours`."""
        if self.always:
            return at_us
        today = local_date(at_us, self.zone)
        for last in (today + _ONE_DAY * 7, today + _ONE_DAY * _SEARCH_DAYS):
            found = [max(begin, at_us) for begin, end in self._spans(today, last) if end > at_us]
            if found:
                return min(found)
        return None

    def open_seconds_between(self, from_us: int, to_us: int) -> float:
        """As `ShopHours`."""
        if to_us <= from_us:
            return 0.0
        if self.always:
            return (to_us - from_us) / _US
        days = local_date(from_us, self.zone), local_date(to_us, self.zone)
        open_us, counted_to = 0, from_us
        for begin, end in sorted(self._spans(*days)):
            begin, end = max(begin, counted_to), min(end, to_us)
            if end > begin:
                open_us, counted_to = open_us + end - begin, end
        return open_us / _US

    def spans_of(self, day: date) -> Spans:
        """The hours of a day, by its date in the shop."""
        special = self.holidays.on(day)
        if special is not None:
            return special
        return ALL_DAY if self.week is None else self.week[day.weekday()]

    def _spans(self, first: date, last: date) -> Iterator[tuple[int, int]]:
        """The spans that touch these days, with those of a few days around; they may overlap."""
        day = first - _REACH_DAYS * _ONE_DAY
        while day <= last + _ONE_DAY:
            for span in self.spans_of(day):
                begin, end = opens_us(day, span.from_min, self.zone), closes_us(day, span.to_min, self.zone)
                if begin < end:
                    yield begin, end
            day += _ONE_DAY


ALWAYS_OPEN: Final = OpeningHours()
