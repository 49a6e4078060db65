"""Values of co-purchase pairs, computed by hand from three baskets."""

import numpy as np
import pytest

from recommender.inputs.baskets import baskets_of
from recommender.inputs.event_kinds import EventKind
from recommender.looks.signals.co_purchase import count_pairs, item_pair_signals, style_pairs, style_rows
from recommender.looks.signals.popularity import interaction_counts, sales_of
from tests.recommender.small_history import events, items

STYLES = [0, 0, 1, 2]
BASKETS = [[0, 2], [0, 2, 3], [1, 2]]


def test_counts_of_items_and_styles() -> None:
    counts = count_pairs(baskets_of(events(BASKETS)), items(STYLES).styles, 3)
    assert counts.pair_weights.toarray().tolist() == [[0, 0, 2, 1], [0, 0, 1, 0], [2, 1, 0, 1], [1, 0, 1, 0]]
    assert counts.item_weights.tolist() == [2, 1, 3, 1]
    assert counts.styles.toarray().tolist() == [[0, 3, 1], [3, 0, 1], [1, 1, 0]]
    assert counts.style_weights.tolist() == [3, 3, 1]


def test_every_value_of_a_pair_is_the_stated_formula() -> None:
    counts = count_pairs(baskets_of(events(BASKETS)), items(STYLES).styles, 3)
    found = item_pair_signals(counts, np.arange(4, dtype=np.int32))
    assert found.rows.columns_of(0).tolist() == [2, 3]
    at = int(found.rows.start[0])
    conditional = 2 / (2 + 10)
    lift = 1e3 * conditional / (3 + 30)
    assert found.rows.values[at] == pytest.approx(conditional)
    assert found.rows.count(0, 2) == 2
    assert found.lift[at] == pytest.approx(lift)
    assert found.log_lift[at] == pytest.approx(np.log1p(10 * lift))
    assert found.log_count[at] == pytest.approx(np.log1p(2))
    assert found.cosine[at] == pytest.approx(2 / np.sqrt((2 + 5) * (3 + 5)))


def test_only_the_strongest_neighbours_are_kept_and_ties_go_to_the_lower_column() -> None:
    counts = count_pairs(baskets_of(events([*BASKETS, [1, 3]])), items(STYLES).styles, 3)
    rows = item_pair_signals(counts, np.arange(4, dtype=np.int32), keep=1).rows
    assert [rows.columns_of(row).tolist() for row in range(4)] == [[2], [2], [0], [0]]


def test_a_style_reaches_the_items_of_another_in_proportion_to_their_sales() -> None:
    table, history = items(STYLES), events(BASKETS)
    counts = count_pairs(baskets_of(history), table.styles, 3)
    rows = style_pairs(counts, table.styles, sales_of(history, 4), np.arange(4, dtype=np.int32))
    assert rows.columns_of(1).tolist() == [0, 1, 3]
    assert rows.values_of(1).tolist() == pytest.approx([3 / 13 * 2 / 3, 3 / 13 * 1 / 3, 1 / 13])
    only = style_rows(counts, table.styles, np.array([3], np.int32), np.ones(1))
    assert only.columns_of(0).tolist() == [0]
    assert only.values_of(0).tolist() == pytest.approx([1 / 13])


def test_sales_are_purchases_less_returns_and_interactions_leave_refusals_out() -> None:
    bought, returned = events([[0, 0, 1]]), events([[0], [1], [1]], EventKind.RETURN)
    tried, refused = events([[2]], EventKind.TRYON_LEFT), events([[3]], EventKind.NOT_THIS)
    from recommender.inputs.history import concat_events

    history = concat_events(bought, returned, tried, refused)
    assert sales_of(history, 4).tolist() == [1, 0, 0, 0]
    assert interaction_counts(history, 4).tolist() == [2, 1, 1, 0]
