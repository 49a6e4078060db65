"""The times of retries: longer and longer, at most 15 minutes, spread at random; a day in all."""

from __future__ import annotations

import pytest

from kiosk.store.integrators.hooks.retries import MAX_LOST, MAX_REJECTED, Failure, is_given_up, wait_s


@pytest.mark.parametrize(
    ("tries", "longest"), [(1, 1), (2, 2), (3, 4), (4, 8), (10, 512), (11, 900), (12, 900), (10_000, 900)]
)
def test_each_wait_is_twice_the_one_before_and_up_to_half_is_left_out(tries: int, longest: float) -> None:
    assert (wait_s(tries, 0.0), wait_s(tries, 1.0)) == (longest, longest / 2)


def test_a_receiver_may_be_away_for_a_day() -> None:
    shortest = sum(wait_s(tries, 1.0) for tries in range(1, MAX_LOST))
    longest = sum(wait_s(tries, 0.0) for tries in range(1, MAX_LOST))
    assert (shortest > 11 * 3600, 23 * 3600 < longest < 25 * 3600) == (True, True)


def test_a_rejected_event_is_given_up_soon() -> None:
    assert [is_given_up(n, Failure.REJECTED) for n in (MAX_REJECTED - 1, MAX_REJECTED)] == [False, True]
    assert [is_given_up(n, Failure.LOST) for n in (MAX_REJECTED, MAX_LOST - 1, MAX_LOST)] == [
        False,
        False,
        True,
    ]
