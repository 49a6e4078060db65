"""Opening hours against a slow reference that looks at a wall clock minute by minute, when clocks are changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.core.domain.hours.opening_hours import DAY_MIN, Holidays, OpeningHours, ShopHours, Span, Spans

US = 1_000_000
MINUTE = 60 * US
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CHANGES = [
    pytest.param("Europe/Berlin", date(2026, 3, 29), id="forward at 2"),
    pytest.param("Europe/Berlin", date(2026, 10, 25), id="back at 3"),
    pytest.param("Australia/Lord_Howe", date(2026, 4, 5), id="back by half an hour"),
    pytest.param("America/Havana", date(2026, 3, 8), id="forward at midnight"),
    pytest.param("America/Havana", date(2026, 11, 1), id="back to midnight"),
    pytest.param("America/Santiago", date(2026, 4, 5), id="back at midnight to the day before"),
    pytest.param("Pacific/Apia", date(2011, 12, 30), id="a day that does not exist"),
    pytest.param("Asia/Kathmandu", date(2026, 6, 1), id="no change"),
]


def us(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def at(zone: str, year: int, month: int, day: int, hour: int, minute: int = 0) -> int:
    return us(datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone)))


@cache
def wall_clock(zone: tzinfo, middle: date) -> tuple[range, list[datetime]]:
    """The minutes of a week around a day, and what the wall clock shows at each."""
    begin = us(datetime(middle.year, middle.month, middle.day, tzinfo=UTC)) - 3 * 1440 * MINUTE
    times = range(begin, begin + 7 * 1440 * MINUTE, MINUTE)
    shown = ((EPOCH + timedelta(microseconds=time)).astimezone(zone) for time in times)
    return times, [wall.replace(tzinfo=None, fold=0) for wall in shown]


class Minutes:
    """The reference: open at a minute if the wall clock has shown the opening time or a later one before, and will show
    one before the closing time yet, minute by minute."""

    def __init__(self, hours: OpeningHours, middle: date) -> None:
        self.times, walls = wall_clock(hours.zone, middle)
        self.open = [False] * len(walls)
        for offset in range(-4, 5):
            day = middle + timedelta(days=offset)
            for span in hours.spans_of(day):
                begins, ends = (self._of(day, minute) for minute in (span.from_min, span.to_min))
                first = next((i for i, wall in enumerate(walls) if wall >= begins), len(walls))
                last = next((i for i in reversed(range(len(walls))) if walls[i] < ends), -1)
                for i in range(first, last + 1):
                    self.open[i] = True

    @staticmethod
    def _of(day: date, minute: int) -> datetime:
        return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001

    def around(self, days: int) -> Iterator[int]:
        """The numbers of the minutes of so many days in the middle."""
        middle = len(self.times) // 2
        yield from range(middle - days * 720, middle + days * 720)


def spans() -> st.SearchStrategy[Spans]:
    minute = st.integers(0, DAY_MIN - 1)
    length = st.one_of(st.integers(1, 240), st.integers(1, DAY_MIN))
    span = st.builds(lambda begin, long: Span(begin, begin + long), minute, length)
    return st.lists(span, max_size=3).map(tuple)


def agree(hours: ShopHours, reference: Minutes, points: list[int]) -> None:
    numbers = list(reference.around(4))
    for i in numbers[::29]:
        assert hours.is_open(reference.times[i]) is reference.open[i]
    chosen = sorted(numbers[point % len(numbers)] for point in points)
    for i in chosen:
        following = next((j for j in range(i, numbers[-1] + 1) if reference.open[j]), None)
        if following is not None:
            assert hours.next_opening(reference.times[i]) == reference.times[following]
    for i, j in pairwise(chosen):
        counted = 60.0 * sum(reference.open[i:j])
        assert hours.open_seconds_between(reference.times[i], reference.times[j]) == counted


@pytest.mark.parametrize(("zone", "change"), CHANGES)
@given(data=st.data())
@settings(max_examples=4, deadline=None)
def test_agrees_with_a_wall_clock(zone: str, change: date, data: st.DataObject) -> None:
    week = data.draw(st.one_of(st.none(), st.lists(spans(), min_size=7, max_size=7).map(tuple)))
    special = data.draw(st.lists(st.tuples(st.integers(-3, 3), spans()), max_size=2))
    dates = tuple((change + timedelta(days=offset), its) for offset, its in special)
    yearly = tuple(((change.month, change.day), its) for its in data.draw(st.lists(spans(), max_size=1)))
    hours = OpeningHours(ZoneInfo(zone), week, Holidays(dates, yearly))
    agree(hours, Minutes(hours, change), data.draw(st.lists(st.integers(0, 10**6), min_size=2, max_size=6)))


class FixedOffset(OpeningHours):
    """Planted fault: computes with the offset that the zone has today, as a store would that adds hours to midnight."""

    def _spans(self, first: date, last: date) -> Iterator[tuple[int, int]]:
        midnight = datetime(first.year, first.month, first.day, tzinfo=self.zone)
        plain = OpeningHours(UTC, self.week, self.holidays)
        shift = midnight.utcoffset() or timedelta()
        for begin, end in plain._spans(first, last):
            yield begin - shift // timedelta(microseconds=1), end - shift // timedelta(microseconds=1)


class NoEveningBefore(OpeningHours):
    """Planted fault: looks at the hours of the present day only."""

    def is_open(self, at_us: int) -> bool:
        minute = (at_us // MINUTE) % DAY_MIN
        return any(span.from_min <= minute < span.to_min for span in self.spans_of(date(1970, 1, 1)))


@pytest.mark.parametrize("fault", [FixedOffset, NoEveningBefore])
def test_the_comparison_finds_a_planted_fault(fault: Callable[..., OpeningHours]) -> None:
    nights = ((Span(20 * 60, 26 * 60),),) * 7
    hours = fault(ZoneInfo("Europe/Berlin"), nights)
    with pytest.raises(AssertionError):
        agree(hours, Minutes(OpeningHours(ZoneInfo("Europe/Berlin"), nights), date(2026, 3, 29)), [0, 5000])


def test_an_evening_ends_after_midnight_also_before_a_holiday() -> None:
    evening = (Span(20 * 60, 26 * 60),)
    hours = OpeningHours(ZoneInfo("Europe/Paris"), (evening,) * 7, Holidays(((date(2026, 12, 25), ()),)))
    assert hours.is_open(at("Europe/Paris", 2026, 12, 25, 1, 59))
    assert not hours.is_open(at("Europe/Paris", 2026, 12, 25, 2, 0))
    assert not hours.is_open(at("Europe/Paris", 2026, 12, 25, 21, 0))
    assert hours.next_opening(at("Europe/Paris", 2026, 12, 25, 2, 0)) == at(
        "Europe/Paris", 2026, 12, 26, 20, 0
    )


@pytest.mark.parametrize(
    ("day", "seconds"),
    [
        pytest.param(date(2026, 3, 28), 7 * 3600, id="clocks go forward"),
        pytest.param(date(2026, 10, 24), 9 * 3600, id="clocks go back"),
        pytest.param(date(2026, 6, 1), 8 * 3600, id="an ordinary night"),
    ],
)
def test_a_night_is_as_long_as_the_clocks_say(day: date, seconds: int) -> None:
    hours = OpeningHours(ZoneInfo("Europe/Berlin"), None, Holidays(((day, (Span(20 * 60, 28 * 60),)),)))
    begin = at("Europe/Berlin", day.year, day.month, day.day, 12)
    closed = OpeningHours(hours.zone, ((),) * 7, hours.holidays)
    assert closed.open_seconds_between(begin, begin + 24 * 3600 * US) == seconds


def test_a_shop_without_hours_is_always_open() -> None:
    hours = OpeningHours()
    assert hours.always
    assert hours.is_open(5)
    assert hours.next_opening(5) == 5
    assert hours.open_seconds_between(0, 90 * US) == 90


def test_a_shop_that_never_opens_has_no_next_opening() -> None:
    assert OpeningHours(UTC, ((),) * 7).next_opening(0) is None


def test_overlapping_spans_count_once() -> None:
    hours = OpeningHours(UTC, ((Span(600, 1200), Span(900, 1300)),) * 7)
    assert hours.open_seconds_between(0, 86400 * US) == 700 * 60


def test_a_date_goes_before_a_yearly_day() -> None:
    both = Holidays(((date(2026, 12, 24), (Span(600, 660),)),), (((12, 24), ()),))
    assert both.on(date(2026, 12, 24)) == (Span(600, 660),)
    assert both.on(date(2027, 12, 24)) == ()
    assert both.on(date(2027, 12, 23)) is None


@given(st.integers(-(2**70), 2**70), st.integers(-(2**70), 2**70))
@example(2**63, -(2**63))
@settings(max_examples=30, deadline=None)
def test_every_time_has_an_answer(one: int, other: int) -> None:
    never = OpeningHours(ZoneInfo("Europe/Berlin"), ((),) * 7)
    assert not never.is_open(one)
    assert never.next_opening(one) is None
    if abs(other - one) < 10**15:
        assert never.open_seconds_between(one, other) == 0


@pytest.mark.parametrize(("begin", "end"), [(-1, 5), (1440, 1500), (5, 5), (10, 5), (0, 1441)])
def test_a_span_that_is_none(begin: int, end: int) -> None:
    with pytest.raises(ValueError):
        Span(begin, end)
