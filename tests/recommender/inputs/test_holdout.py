"""The split of a history by time."""

import numpy as np

from recommender.inputs.holdout import split_time


def test_the_newest_share_begins_with_a_day():
    day = 86_400
    at = np.repeat(np.arange(6) * day, 100) + np.tile(np.arange(100), 6)
    assert split_time(at, 0.17) == 5 * day
    assert split_time(np.array([5, 6, 7]), 0.17) == 7
