"""Times of a history: every form is read, and wrong ones are left out with their number."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.errors import TableError
from recommender.inputs.catalogue import items_from
from recommender.inputs.event_times import UNREADABLE, event_times
from recommender.inputs.history import events_from
from recommender.inputs.history_limits import AHEAD, EARLIEST, HistoryLimits
from tests.recommender import toy_shop

NOW = int(datetime(2025, 3, 20, tzinfo=UTC).timestamp())
LIMITS = HistoryLimits(now=NOW)
GOOD = [int(datetime(2025, 3, day, 10, tzinfo=UTC).timestamp()) for day in range(1, 19)]


def dates(seconds: list[int]) -> list[date]:
    return [datetime.fromtimestamp(at, UTC).date() for at in seconds]


FORMS: dict[str, Callable[[list[int]], Any]] = {
    "text": lambda at: pa.array([datetime.fromtimestamp(s, UTC).isoformat() for s in at]),
    "days as text": lambda at: pa.array([day.isoformat() for day in dates(at)]),
    "date32": lambda at: pa.array(dates(at), pa.date32()),
    "date64": lambda at: pa.array(dates(at), pa.date64()),
    "timestamp": lambda at: pa.array([datetime.fromtimestamp(s, UTC) for s in at], pa.timestamp("us", "UTC")),
    "seconds": lambda at: pa.array(at, pa.int64()),
    "milliseconds": lambda at: pa.array([s * 10**3 for s in at], pa.int64()),
    "microseconds": lambda at: pa.array([s * 10**6 for s in at], pa.int64()),
    "float seconds": lambda at: pa.array([float(s) for s in at], pa.float64()),
}
WRONG = {
    "2099": int(datetime(2099, 1, 1, tzinfo=UTC).timestamp()),
    "9999-12-31": int(datetime(9999, 12, 31, tzinfo=UTC).timestamp()),
    "year 1": int(datetime(1, 1, 1, tzinfo=UTC).timestamp()),
    "1970": 0,
    "negative": -86_400,
    "two days ahead": NOW + 2 * AHEAD,
}
TEXTS = [
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00",
    "0000-00-00",
    "",
    "soon",
    "31.12.2025",
    "NaN",
]


def history(at: Any) -> pa.Table:
    ids = toy_shop.catalogue(styles=10)["item_id"].to_pylist()
    rows = len(at)
    return pa.table(
        {
            "basket_id": [f"b{row}" for row in range(rows)],
            "shopper_id": pa.array([None] * rows, pa.string()),
            "item_id": [ids[row % len(ids)] for row in range(rows)],
            "at": at,
            "kind": ["purchase"] * rows,
            "channel": ["store"] * rows,
        }
    )


ITEMS = items_from(toy_shop.catalogue(styles=10))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read(form: str) -> None:
    whole_days = [at // AHEAD * AHEAD for at in GOOD]
    read = event_times(pa.chunked_array([FORMS[form](whole_days)]))
    assert read.tolist() == whole_days


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("form", FORMS)
def test_one_wrong_date_is_left_out_with_a_note(form: str, wrong: str) -> None:
    events = events_from(history(FORMS[form]([*GOOD, WRONG[wrong]])), ITEMS, "till.csv", LIMITS)
    assert len(events) == len(GOOD)
    assert events.at.min() >= EARLIEST
    assert events.at.max() < NOW
    counts = events.counts
    assert (counts.read, counts.too_early + counts.too_late) == (len(GOOD) + 1, 1)
    (notice,) = events.notices
    assert notice.startswith("till.csv: 1 of 19 events are dated ")


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_is_no_time_or_no_day_of_the_calendar_is_left_out(text: str) -> None:
    at = pa.array([*FORMS["text"](GOOD).to_pylist(), text])
    assert len(events_from(history(at), ITEMS, limits=LIMITS)) == len(GOOD)
    at = pa.array([*FORMS["text"](GOOD).to_pylist(), None])
    assert events_from(history(at), ITEMS, limits=LIMITS).counts.undated == 1


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=3), st.randoms(use_true_random=False))
def test_wrong_numbers_never_change_the_good_ones(wrong: list[int], order: Any) -> None:
    outside = [at for at in wrong if not EARLIEST <= at <= LIMITS.latest]
    mixed = [*GOOD, *outside]
    order.shuffle(mixed)
    events = events_from(history(pa.array(mixed, pa.int64())), ITEMS, limits=LIMITS)
    assert events.at.tolist() == sorted(GOOD)


def test_planted_fault_a_unit_from_the_largest_number_is_caught() -> None:
    """Planted fault: one number of the year 9999 makes seconds look like milliseconds."""
    column = [*GOOD, WRONG["9999-12-31"]]
    largest = max(column)
    planted = np.array(column) // (1 if largest < 1e11 else 10**3)
    assert planted[0] != GOOD[0]
    assert event_times(pa.chunked_array([column]))[0] == GOOD[0]


def test_numbers_that_are_not_finite_are_unreadable() -> None:
    at = event_times(pa.chunked_array([[*map(float, GOOD), float("nan"), float("inf"), 1e300, None]]))
    assert at[: len(GOOD)].tolist() == GOOD
    assert (at[len(GOOD) :] == UNREADABLE).all()


def test_a_table_of_wrong_dates_is_refused_and_the_clock_is_named() -> None:
    with pytest.raises(
        TableError, match=r"dated in the future.*clock says 2020-01-01.*at most 20% of the rows"
    ):
        events_from(history(FORMS["text"](GOOD)), ITEMS, limits=HistoryLimits(now=1_577_836_800))
    with pytest.raises(TableError, match="before 2000"):
        events_from(history(pa.array([20_250_301] * 5)), ITEMS, limits=LIMITS)
    with pytest.raises(TableError, match="not a time"):
        events_from(history(pa.array(["soon"] * 3)), ITEMS, limits=LIMITS)


def test_the_limit_is_the_callers() -> None:
    at = pa.array([*FORMS["text"](GOOD).to_pylist(), *["soon"] * 6])
    with pytest.raises(TableError):
        events_from(history(at), ITEMS, limits=LIMITS)
    assert len(events_from(history(at), ITEMS, limits=HistoryLimits(0.25, NOW))) == len(GOOD)
