"""The estimated answer time: third quartile of the last answers, in whole minutes within its limits."""

from __future__ import annotations

import pytest

from kiosk.store.floor.answer_times import (
    DEFAULT_MINUTES,
    MAX_MEASUREMENTS,
    MAX_MINUTES,
    MIN_MEASUREMENTS,
    MINUTE_US,
    AnswerTime,
    AnswerTimes,
)

SIZE, DRINK, HELP, ALTERATION = "size", "drink", "help", "alteration"


def test_without_a_measurement_the_estimate_is_the_default() -> None:
    assert AnswerTimes().minutes() == AnswerTimes().minutes(SIZE, 12) == DEFAULT_MINUTES


@pytest.mark.parametrize(
    ("minutes", "estimate"),
    [((1, 2, 3, 4), 4), ((1, 1, 1, 1, 9), 1), ((0.1,), 1), ((4.01,), 5), ((60,), MAX_MINUTES), ((-3,), 1)],
)
def test_the_estimate_covers_three_of_four_answers(minutes: tuple[float, ...], estimate: int) -> None:
    times = AnswerTimes(AnswerTime(int(each * MINUTE_US)) for each in minutes)
    assert times.minutes() == estimate


def test_only_the_last_measurements_count() -> None:
    times = AnswerTimes([AnswerTime(10 * MINUTE_US)] * MAX_MEASUREMENTS)
    for _ in range(MAX_MEASUREMENTS):
        times.add(AnswerTime(2 * MINUTE_US))
    assert times.minutes() == 2


@pytest.mark.parametrize(
    ("kind", "hour", "estimate"),
    [
        pytest.param(SIZE, 12, 9, id="measured often enough in this hour"),
        pytest.param(SIZE, 17, 4, id="not in this hour: all of this kind, the last ones"),
        pytest.param(DRINK, 12, 9, id="not of this kind: all in this hour"),
        pytest.param(HELP, 20, 2, id="neither: the last of all"),
        pytest.param(None, 12, 9, id="all kinds in this hour"),
    ],
)
def test_each_kind_has_its_estimate_in_each_hour(kind: str | None, hour: int, estimate: int) -> None:
    def many(minutes: int, count: int, kind: str, hour: int) -> list[AnswerTime]:
        return [AnswerTime(minutes * MINUTE_US, kind, hour)] * count

    times = AnswerTimes(
        (
            *many(9, MIN_MEASUREMENTS, SIZE, 12),
            *many(4, MAX_MEASUREMENTS, SIZE, 10),
            *many(2, MIN_MEASUREMENTS - 1, DRINK, 16),
            *many(2, MAX_MEASUREMENTS, ALTERATION, 9),
        )
    )
    assert times.minutes(kind, hour) == estimate
