"""Adds new events to a served model without training: sales and co-purchase counts.

Counts of disjoint baskets add up exactly, so co-purchase rows, sales and reasons are as if counted again.
Vectors and the list of new arrivals change only in the nightly training.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Floats, Ints, Longs, SparseRows
from recommender.inputs.baskets import Baskets, baskets_of
from recommender.inputs.tables import Events, Items
from recommender.looks.serving.chance import PurchaseCounts
from recommender.looks.serving.model import LooksModel
from recommender.looks.signals.co_purchase import SHRINK, SHRINK_LIFT
from recommender.looks.signals.popularity import sales_of
from recommender.looks.signals.purchase_counts import purchase_counts


def items_of(model: LooksModel) -> Items:
    """The model's catalogue as `Items`, with the fields needed to read a history."""
    item_index = model.items
    styles = tuple(str(style) for style in range(int(item_index.styles.max(initial=-1)) + 1))
    return Items(
        item_index.ids,
        item_index.styles,
        styles,
        np.full(len(item_index), np.nan),
        (),
        item_index.numeric_ids,
    )


def update_model(model: LooksModel, events: Events) -> LooksModel:
    """The model with the baskets of `events` added; they must not have been counted before."""
    baskets = baskets_of(events)
    place = model.items.sold_position
    basket_weights = _basket_matrix(baskets, baskets.weights, len(place))
    bought = _basket_matrix(baskets, baskets.bought, len(place))
    weight = model.items.weight + np.asarray(basket_weights.sum(axis=0), np.float32).ravel()
    sales = (model.items.sales + sales_of(events, len(place))).astype(np.int32)
    rows = _added_rows(
        model, _pair_counts(basket_weights, model.items.sold), _pair_counts(bought, model.items.sold), weight
    )
    item_index = replace(model.items, sales=sales, weight=weight)
    return replace(model, items=item_index, pairs=rows, bought=_added_purchases(model, baskets))


def _added_purchases(model: LooksModel, baskets: Baskets) -> PurchaseCounts:
    """The counts with those of new baskets added. Categories are compared with chance anew in the next training."""
    if not model.bought.baskets and model.items.weight.any():
        return model.bought
    added = purchase_counts(baskets, len(model.items), None)
    before = model.bought.items if model.bought.baskets else np.zeros(len(model.items), np.int32)
    items = (before + added.items).astype(np.int32)
    return PurchaseCounts(model.bought.baskets + added.baskets, items, _chance_of(model))


def _chance_of(model: LooksModel) -> Floats:
    known = model.bought.categories
    return (
        known
        if known.shape == model.category_pairs.shape
        else np.zeros(model.category_pairs.shape, np.float32)
    )


def _basket_matrix(baskets: Baskets, values: Any, items: int) -> Any:
    # a copy, since eliminate_zeros changes the columns, which belong to `baskets`
    matrix = sparse.csr_matrix((values, baskets.items, baskets.start), shape=(len(baskets), items), copy=True)
    matrix.eliminate_zeros()
    return matrix


def _pair_counts(basket_weights: Any, sold: Ints) -> Any:
    """Items x sold items: summed weights of pairs in these baskets, without the diagonal."""
    pairs = (basket_weights.T @ basket_weights).tocsr()
    pairs.setdiag(0)
    pairs.eliminate_zeros()
    to_sold = pairs[:, sold].tocsr()
    # a sparse product does not sort its columns; everything that follows needs them sorted
    to_sold.sort_indices()
    return to_sold


def _added_rows(model: LooksModel, pair_weights: Any, bought_together: Any, weight: Floats) -> SparseRows:
    """The rows over the union of old and new pairs, with all values recomputed."""
    old, width = model.pairs, len(model.items.sold)
    keys, sums = (
        _keys(old.start, old.columns, width),
        old.values * _denominators(old.start, model.items.weight),
    )
    new_keys = _keys(pair_weights.indptr, pair_weights.indices, width)
    # the part that cannot be recomputed by counting (EASE) stays unchanged until the next training
    fixed_scores = old.pair_scores - _linear_pair_scores(
        model, sums, old.values, model.items.weight[model.items.sold[old.columns]]
    )
    keys, (sums, counts, fixed_scores) = _united(keys, (sums, old.counts, fixed_scores), new_keys)
    at = np.searchsorted(keys, new_keys)
    sums[at] += pair_weights.data
    counts[np.searchsorted(keys, _keys(bought_together.indptr, bought_together.indices, width))] += (
        bought_together.data.astype(np.int32)
    )
    row, column = keys // width, (keys % width).astype(np.int32)
    start = np.searchsorted(row, np.arange(len(model.items) + 1)).astype(np.int64)
    values = (sums / (weight[row] + np.float32(SHRINK))).astype(np.float32)
    pair_scores = fixed_scores + _linear_pair_scores(model, sums, values, weight[model.items.sold[column]])
    return SparseRows(start, column, values, pair_scores, counts)


def _denominators(start: Longs, weight: Floats) -> Floats:
    return np.asarray(np.repeat(weight + np.float32(SHRINK), np.diff(start)), np.float32)


def _keys(start: Any, columns: Any, width: int) -> Longs:
    """One ascending integer per cell of sparse rows."""
    rows = np.repeat(np.arange(len(start) - 1, dtype=np.int64), np.diff(start))
    return np.asarray(rows * width + columns, np.int64)


def _united(keys: Longs, values: tuple[Any, ...], new_keys: Longs) -> tuple[Longs, tuple[Any, ...]]:
    """The keys with the missing ones of `new_keys` inserted, at value 0."""
    at = np.searchsorted(keys, new_keys)
    known = (
        keys[np.minimum(at, max(len(keys) - 1, 0))] == new_keys
        if len(keys)
        else np.zeros(len(new_keys), np.bool_)
    )
    missing, place = new_keys[~known], at[~known]
    return np.insert(keys, place, missing), tuple(np.insert(each, place, 0) for each in values)


def _linear_pair_scores(model: LooksModel, sums: Floats, values: Floats, other: Floats) -> Floats:
    """Weighted sum of the pair signals that follow from counts (see `signals.co_purchase.PairSignals`)."""
    weights = model.metadata.get("weights", {})
    lift = 1e3 * values / (other + np.float32(SHRINK_LIFT))
    pair_scores = (
        np.float32(weights.get("pair count", 0.0)) * np.log1p(sums)
        + np.float32(weights.get("pair lift", 0.0)) * lift
    )
    return np.asarray(
        pair_scores + np.float32(weights.get("pair log lift", 0.0)) * np.log1p(10 * lift), np.float32
    )
