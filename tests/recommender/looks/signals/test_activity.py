"""Activity: what sells around an item tells whether it is still on sale."""

import numpy as np

from recommender.inputs.features import item_features
from recommender.looks.signals.activity import activity_log_odds
from tests.recommender.small_history import items


def test_an_item_among_sold_ones_is_more_active_than_one_among_unsold_ones() -> None:
    styles = list(range(400))
    table = items(styles, season=[int(style >= 200) for style in styles])
    sold = np.array([style >= 200 and style % 10 != 0 for style in styles])
    found = activity_log_odds(table, item_features(table), sold)
    unsold_now, unsold_before = found[200::10], found[:200]
    assert unsold_now.min() > unsold_before[:150].max()
    assert np.abs(found).max() <= 6


def test_sold_colours_of_a_style_raise_the_odds_of_its_other_colours() -> None:
    rng = np.random.default_rng(3)
    styles = np.repeat(np.arange(200), 4)
    sells = np.repeat(rng.random(200) < 0.5, 4)
    sold = sells & (np.arange(800) % 4 != 0)
    table = items(styles.tolist())
    found = activity_log_odds(table, item_features(table), sold)
    assert found[sells & ~sold].min() > found[~sells].max()
