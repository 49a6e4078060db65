"""From tables to a model: counts, learned vectors, arrivals and the blend, in the order in which they depend."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from recommender import train
from recommender.arrays import Bools, Ints, Longs, Rows
from recommender.baskets import Baskets, baskets_of
from recommender.errors import TrainingError
from recommender.features import features_of
from recommender.model import Arrivals, Attribute, Blend, LooksModel, Shelf
from recommender.pairs import basket_matrix, bought_matrix, neighbours, pair_weights
from recommender.popular import met_of, sales_of
from recommender.recipe import Recipe
from recommender.roles import roles_of
from recommender.rooms import room_rows
from recommender.tables import Events, Items

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Counted:
    """What counting alone gives: baskets, the items met at all, and who was bought with whom."""

    baskets: Baskets
    sold: Bools
    sales: Ints
    pairs: Rows
    styles: Rows


def count(items: Items, events: Events) -> Counted:
    """Counts a history; raises `TrainingError` where it holds no garment that anybody wanted."""
    baskets = baskets_of(events)
    sold = met_of(events, len(items)) > 0
    if not sold.any():
        raise TrainingError(
            "the history holds no purchase, try-on or request, so there is nothing to learn from"
        )
    matrix, bought = basket_matrix(baskets, len(items)), bought_matrix(baskets, len(items))
    alone = np.asarray(matrix.sum(axis=0), np.float64).ravel()
    pairs = neighbours(pair_weights(matrix), alone, pair_weights(bought))
    place = np.cumsum(sold) - 1
    return Counted(baskets, sold, sales_of(events, len(items)), _among(pairs, place), _no_rows(len(items)))


def build(
    items: Items, events: Events, recipe: Recipe, told: Progress, blend: Blend | None = None
) -> LooksModel:
    """A complete model of a catalogue and its history."""
    told("counting baskets", 0.0)
    counted = count(items, events)
    features = features_of(items).matrix * np.float32(recipe.feature_weight)
    rows = room_rows(counted.baskets, len(items), recipe.seed)
    roles = roles_of(items)
    shelf = shelf_of(items, counted, roles)
    if not len(rows.missing):
        told("no basket holds two garments; only popularity and features will speak", 1.0)
        return _unlearned(shelf, counted, roles)
    learned = train.learn(rows, features, counted.sold, recipe, told)
    fresh = train.learn(rows, features, counted.sold, recipe, told, ids=False) if features.shape[1] else None
    return LooksModel(
        shelf,
        learned.context,
        np.ascontiguousarray(learned.target[counted.sold]),
        np.ascontiguousarray(learned.bias[counted.sold]),
        counted.pairs,
        counted.styles,
        arrivals_of(counted.sold, fresh),
        blend or Blend(),
        category_pairs(counted.baskets, roles.get("category")),
    )


def shelf_of(items: Items, counted: Counted, roles: dict[str, Attribute]) -> Shelf:
    """The catalogue as it is served."""
    price = np.where(np.isnan(items.price), -1, items.price).astype(np.float32)
    sold = np.flatnonzero(counted.sold).astype(np.int32)
    return Shelf(items.ids, items.styles, price, counted.sales, sold, roles, items.numeric_ids)


def arrivals_of(sold: Bools, learned: train.Learned | None) -> Arrivals:
    """The features-only vectors of what was never sold."""
    rows = np.flatnonzero(~sold).astype(np.int32)
    if learned is None:
        empty = np.zeros((len(sold), 1), np.float32)
        return Arrivals(rows, empty, empty[rows], np.zeros(len(rows), np.float32))
    return Arrivals(rows, learned.context, np.ascontiguousarray(learned.target[rows]), learned.bias[rows])


def category_pairs(baskets: Baskets, category: Attribute | None) -> Longs:
    """In how many baskets two categories met, bought; a square table."""
    if category is None:
        return np.zeros((0, 0), np.int64)
    known = category.codes[baskets.items]
    rows = np.repeat(np.arange(len(baskets)), baskets.sizes)
    good = (known >= 0) & (baskets.bought > 0)
    shape = (len(baskets), len(category.words))
    held = sparse.csr_matrix((np.ones(int(good.sum()), np.int64), (rows[good], known[good])), shape=shape)
    held.data[:] = 1
    return np.asarray((held.T @ held).toarray(), np.int64)


def _unlearned(shelf: Shelf, counted: Counted, roles: dict[str, Attribute]) -> LooksModel:
    nothing = np.zeros((len(shelf), 1), np.float32)
    return LooksModel(
        shelf,
        nothing,
        nothing[: len(shelf.sold)],
        nothing[: len(shelf.sold), 0],
        counted.pairs,
        counted.styles,
        arrivals_of(counted.sold, None),
        Blend(learned=0.0, pairs=0.0, popular=1.0),
        category_pairs(counted.baskets, roles.get("category")),
    )


def _among(rows: Rows, place: Any) -> Rows:
    return Rows(rows.start, place[rows.columns].astype(np.int32), rows.values, rows.counts)


def _no_rows(items: int) -> Rows:
    nothing = np.zeros(0, np.int32)
    return Rows(np.zeros(items + 1, np.int64), nothing, nothing.astype(np.float32), nothing)
