"""The estimated answer time: third quartile of the last answers, in whole minutes within its limits."""

from __future__ import annotations

import pytest

from kiosk.store.floor.answer_times import (
    DEFAULT_MINUTES,
    MAX_MEASUREMENTS,
    MAX_MINUTES,
    MINUTE_US,
    AnswerTimes,
)


def test_without_a_measurement_the_estimate_is_the_default() -> None:
    assert AnswerTimes().minutes == DEFAULT_MINUTES


@pytest.mark.parametrize(
    ("minutes", "estimate"),
    [((1, 2, 3, 4), 4), ((1, 1, 1, 1, 9), 1), ((0.1,), 1), ((4.01,), 5), ((60,), MAX_MINUTES), ((-3,), 1)],
)
def test_the_estimate_covers_three_of_four_answers(minutes: tuple[float, ...], estimate: int) -> None:
    times = AnswerTimes()
    for each in minutes:
        times.add(int(each * MINUTE_US))
    assert times.minutes == estimate


def test_only_the_last_measurements_count() -> None:
    times = AnswerTimes([10 * MINUTE_US] * MAX_MEASUREMENTS)
    for _ in range(MAX_MEASUREMENTS):
        times.add(2 * MINUTE_US)
    assert times.minutes == 2
