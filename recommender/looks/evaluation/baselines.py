"""Baseline methods of the evaluation. Each maps the room's rows to one score per item (higher is better)."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import AnyInts, Floats
from recommender.inputs.baskets import Baskets
from recommender.inputs.tables import Events, Items
from recommender.looks.serving.model import Attribute
from recommender.looks.signals.co_purchase import count_pairs, item_pair_signals
from recommender.looks.signals.ease import ease
from recommender.looks.signals.popularity import sales_of
from recommender.looks.signals.signals import sum_rows

Method = Callable[[AnyInts], Floats]
# Number of items in EASE as a method of its own.
_EASE_ITEMS = 7000
# Weight of popularity as a tie-breaker; equal scores must not count as hits.
_TIES = np.float32(1e-6)


def baselines(
    items: Items, events: Events, baskets: Baskets, category: Attribute | None
) -> dict[str, Method]:
    """Popularity, category transition, co-purchase neighbours (conditional probability and cosine) and EASE
    on one history."""
    sales = sales_of(events, len(items))
    popular = np.log1p(sales).astype(np.float32)
    counts = count_pairs(baskets, items.styles, len(items.style_names))
    all_rows = np.arange(len(items), dtype=np.int32)
    pairs = item_pair_signals(counts, all_rows).rows
    found: dict[str, Method] = {
        "popularity": lambda _room: popular,
        "co-purchase": lambda room: sum_rows(pairs, room, pairs.values, len(items)) + _TIES * popular,
        "co-purchase, cosine": _cosine(counts.pair_weights, counts.item_weights, popular),
        "EASE": _ease(counts.pair_weights, counts.item_weights, popular),
    }
    if category is not None:
        found["type transition"] = _transition(counts.pair_weights, category, sales)
    return found


def _cosine(pair_weights: Any, item_weights: Any, popular: Floats) -> Method:
    scale = sparse.diags(1 / np.sqrt(item_weights + 5))
    cosines = (scale @ pair_weights @ scale).tocsr()

    def scores(room: AnyInts) -> Floats:
        found: Floats = np.asarray(cosines[room].sum(axis=0), np.float32).ravel() + _TIES * popular
        return found

    return scores


def _ease(pair_weights: Any, item_weights: Any, popular: Floats) -> Method:
    kept, weights = ease(pair_weights, item_weights, _EASE_ITEMS)
    place = np.full(len(item_weights), -1)
    place[kept] = np.arange(len(kept))

    def scores(room: AnyInts) -> Floats:
        found = _TIES * popular
        known = place[room][place[room] >= 0]
        if len(known):
            found[kept] += weights[known].sum(axis=0)
        return found

    return scores


def _transition(pair_weights: Any, category: Attribute, sales: Any) -> Method:
    """P(category of the missing item | categories in the room) times the item's share of its category's
    sales."""
    codes = np.where(category.codes < 0, len(category.values), category.codes)
    words = len(category.values) + 1
    item_category = sparse.csr_matrix(
        (np.ones(len(codes)), (np.arange(len(codes)), codes)), shape=(len(codes), words)
    )
    transition = (item_category.T @ pair_weights @ item_category).toarray()
    transition = transition / np.maximum(transition.sum(axis=1, keepdims=True), 1)
    share = sales / np.maximum(np.bincount(codes, weights=sales, minlength=words)[codes], 1)
    return lambda room: np.asarray(transition[codes[room]].mean(axis=0)[codes] * share, np.float32)
