"""The split of a history by time."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recommender.inputs.holdout import split_by_time, split_time
from tests.recommender.small_history import DAY, events


def test_the_newest_share_begins_with_a_day() -> None:
    day = 86_400
    at = np.repeat(np.arange(6) * day, 100) + np.tile(np.arange(100), 6)
    assert split_time(at, 0.17) == 5 * day
    assert split_time(np.array([5, 6, 7]), 0.17) == 7


@given(days=st.integers(1, 40), baskets=st.integers(2, 80), share=st.floats(0.05, 0.6))
def test_every_event_is_in_one_part_and_the_newer_part_is_not_older(
    days: int, baskets: int, share: float
) -> None:
    history = events([[0, 1]] * baskets, at=[DAY * (number * days // baskets) for number in range(baskets)])
    older, newer = split_by_time(history, share)
    assert len(older)
    assert len(newer)
    assert not set(older.basket.tolist()) & set(newer.basket.tolist())
    assert len(older) + len(newer) == len(history)
    if history.at.min() < history.at.max():
        assert older.at.max() < newer.at.min()


def test_a_history_of_one_moment_holds_out_every_nth_basket() -> None:
    older, newer = split_by_time(events([[0, 1]] * 60, at=[5] * 60), 0.2)
    assert sorted(set(newer.basket.tolist())) == list(range(0, 60, 5))
    assert len(older) == 2 * 48
