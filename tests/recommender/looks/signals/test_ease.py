"""EASE weights: the closed formula, items that take no part, and a shop where only pairs are informative."""

import numpy as np
import pyarrow as pa
import pytest
from numpy import ndarray
from scipy import sparse
from scipy.sparse._csr import csr_matrix

from recommender.inputs.catalogue import items_from
from recommender.inputs.features import item_features
from recommender.inputs.history import events_from
from recommender.inputs.holdout import split_by_time
from recommender.inputs.tables import Events, Items
from recommender.looks.signals.ease import ease, ease_weights_at
from recommender.looks.signals.history_counts import EventHistory
from recommender.looks.training.build import choose_on_holdout
from recommender.looks.training.hyperparameters import Hyperparameters


def seen_together(seed: int = 3, baskets: int = 300, items: int = 40) -> tuple[ndarray, csr_matrix, ndarray]:
    rng = np.random.default_rng(seed)
    held = sparse.csr_matrix((rng.random((baskets, items)) < 0.1).astype(np.float32))
    pair_weights = (held.T @ held).tocsr()
    item_weights = np.asarray(held.sum(axis=0), np.float64).ravel()
    pair_weights.setdiag(0)
    return held.toarray(), pair_weights, item_weights


def test_weights_are_those_of_the_closed_formula() -> None:
    held, pair_weights, item_weights = seen_together()
    kept, weights = ease(pair_weights, item_weights, most=40, ridge=30.0)
    inverse = np.linalg.inv(held.T @ held + 30 * np.eye(40))
    formula = -inverse / np.diag(inverse)
    np.fill_diagonal(formula, 0)
    assert kept.tolist() == list(range(40))
    assert np.abs(weights - formula).max() < 1e-5


def test_only_the_best_sold_take_part() -> None:
    _, pair_weights, item_weights = seen_together()
    kept, weights = ease(pair_weights, item_weights, most=10)
    assert len(kept) == 10
    assert weights.shape == (10, 10)
    assert item_weights[kept].min() >= np.delete(item_weights, kept).max()
    item_weights[5] = 0
    assert 5 not in ease(pair_weights, item_weights)[0]
    row, column = np.nonzero(pair_weights.toarray())
    found = ease_weights_at(pair_weights, item_weights, row, column)
    assert not found[(row == 5) | (column == 5)].any()
    assert found.any()


def gifts(days: int, baskets: int = 3000, items: int = 300) -> tuple[Items, Events]:
    """Items that are bought in fixed pairs; their text features are random."""
    rng = np.random.default_rng(days)
    partner = rng.integers(items, size=(items, 3))
    columns = ("basket_id", "shopper_id", "item_id", "at", "kind", "channel")
    rows: dict[str, list[object]] = {name: [] for name in columns}
    for basket in range(baskets):
        first = int(rng.integers(items))
        held = {first, int(partner[first, rng.integers(3)]), int(rng.integers(items))}
        for item in sorted(held):
            day = f"2025-03-{1 + basket * days // baskets:02d}"
            row = (f"b{basket}", None, f"g{item}", day, "purchase", "store")
            for name, value in zip(rows, row, strict=True):
                rows[name].append(value)
    words = [f"c{at}" for at in rng.integers(6, size=items)]
    ids = [f"g{at}" for at in range(items)]
    shelf = items_from(pa.table({"item_id": ids, "style_id": ids, "category": words}))
    return shelf, events_from(pa.table(rows), shelf)


@pytest.mark.parametrize("days", [1, 10])
def test_pair_methods_are_chosen_if_only_pairs_are_informative(days: int) -> None:
    items, events = gifts(days)
    parameters = Hyperparameters(dimensions=16, epochs=3, arrival_epochs=1)
    holdout = EventHistory(items, events, parameters.validation).holdout()
    chosen = choose_on_holdout(items, item_features(items), holdout, parameters, lambda *_: None)
    won = chosen.table[chosen.name]
    pairs = max(chosen.table[name].at_10 for name in ("co-purchase", "co-purchase, cosine", "EASE"))
    assert won.at_10 >= pairs > 2 * chosen.table["popularity"].at_10


def test_a_single_day_can_be_split_twice() -> None:
    _, events = gifts(1)
    older, newer = split_by_time(events, 0.17)
    oldest, middle = split_by_time(older, 0.17)
    parts = [set(part.basket.tolist()) for part in (oldest, middle, newer)]
    assert all(parts)
    assert sum(map(len, parts)) == len(set.union(*parts)) == 3000
    assert 0.1 < len(parts[1]) / len(parts[0]) < 0.3
