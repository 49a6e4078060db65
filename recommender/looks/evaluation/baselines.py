"""The methods a model must beat, each as: room rows in, one score per item out (higher is better)."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Floats, Whole
from recommender.inputs.baskets import Baskets
from recommender.inputs.tables import Events, Items
from recommender.looks.serving.model import Attribute
from recommender.looks.signals.co_purchase import count_pairs, item_pairs
from recommender.looks.signals.ease import ease
from recommender.looks.signals.popularity import sales_of
from recommender.looks.signals.signals import spread

Method = Callable[[Whole], Floats]
# Items that take part in EASE as a method of its own.
_EASE_ITEMS = 7000
# What popularity adds to break ties; equal scores must not count as hits.
_TIES = np.float32(1e-6)


def baselines(
    items: Items, events: Events, baskets: Baskets, category: Attribute | None
) -> dict[str, Method]:
    """Popularity, type transition, co-purchase neighbours (conditional and cosine) and EASE on one history."""
    sales = sales_of(events, len(items))
    popular = np.log1p(sales).astype(np.float32)
    counts = count_pairs(baskets, items.styles, len(items.style_names))
    everywhere = np.arange(len(items), dtype=np.int32)
    pairs = item_pairs(counts, everywhere).rows
    found: dict[str, Method] = {
        "popularity": lambda _room: popular,
        "co-purchase": lambda room: spread(pairs, room, pairs.values, len(items)) + _TIES * popular,
        "co-purchase, cosine": _cosine(counts.together, counts.alone, popular),
        "EASE": _ease(counts.together, counts.alone, popular),
    }
    if category is not None:
        found["type transition"] = _transition(counts.together, category, sales)
    return found


def _cosine(together: Any, alone: Any, popular: Floats) -> Method:
    scale = sparse.diags(1 / np.sqrt(alone + 5))
    near = (scale @ together @ scale).tocsr()

    def scores(room: Whole) -> Floats:
        return np.asarray(near[room].sum(axis=0), np.float32).ravel() + _TIES * popular

    return scores


def _ease(together: Any, alone: Any, popular: Floats) -> Method:
    kept, weights = ease(together, alone, _EASE_ITEMS)
    place = np.full(len(alone), -1)
    place[kept] = np.arange(len(kept))

    def scores(room: Whole) -> Floats:
        found = _TIES * popular
        known = place[room][place[room] >= 0]
        if len(known):
            found[kept] += weights[known].sum(axis=0)
        return found

    return scores


def _transition(together: Any, category: Attribute, sales: Any) -> Method:
    """P(category of the missing piece | categories in the room) times its share of that category's sales."""
    codes = np.where(category.codes < 0, len(category.words), category.codes)
    words = len(category.words) + 1
    bears = sparse.csr_matrix(
        (np.ones(len(codes)), (np.arange(len(codes)), codes)), shape=(len(codes), words)
    )
    given = (bears.T @ together @ bears).toarray()
    given = given / np.maximum(given.sum(axis=1, keepdims=True), 1)
    share = sales / np.maximum(np.bincount(codes, weights=sales, minlength=words)[codes], 1)
    return lambda room: np.asarray(given[codes[room]].mean(axis=0)[codes] * share, np.float32)
