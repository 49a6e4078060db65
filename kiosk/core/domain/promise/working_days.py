"""Days on which a carrier or a place works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

IsWorking = Callable[[date], bool]
SEARCH_DAYS: Final = 60
"""How far a working day is looked for: no holiday is longer."""
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """`week`: whether Monday to Sunday are working days; `dates` and `yearly` (month and day) are not."""

    week: tuple[bool, ...] = (True, True, True, True, True, False, False)
    dates: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a week has seven days")

    def is_working(self, day: date) -> bool:
        """Whether it works on a day."""
        closed = day in self.dates or (day.month, day.day) in self.yearly
        return self.week[day.weekday()] and not closed


MONDAY_TO_FRIDAY: Final = WorkingDays()


def first_from(day: date, *calendars: IsWorking) -> date | None:
    """The first day from `day` on on which all of them work; None if there is none within `SEARCH_DAYS`."""
    for _ in range(SEARCH_DAYS):
        if all(works(day) for works in calendars):
            return day
        day += _ONE_DAY
    return None


def working_days_after(day: date, count: int, works: IsWorking) -> date | None:
    """The day that is `count` working days after `day`; for 0 the first working day from `day` on."""
    found = first_from(day, works) if count == 0 else day
    for _ in range(count):
        if found is None:
            return None
        found = first_from(found + _ONE_DAY, works)
    return found
