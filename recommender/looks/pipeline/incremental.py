"""Takes the day's events into a served model without training: what sells and what is bought together.

Counts of disjoint days add up exactly, so co-purchase, its counts, popularity and the reasons are as if counted anew.
Vectors and the list of new arrivals wait for the nightly training; a day moves them little.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Floats, Ints, Longs, SparseRows
from recommender.inputs.baskets import Baskets, baskets_of
from recommender.inputs.tables import Events, Items
from recommender.looks.serving.model import LooksModel
from recommender.looks.signals.co_purchase import SHRINK, SHRINK_LIFT
from recommender.looks.signals.popularity import sales_of


def items_of(model: LooksModel) -> Items:
    """The model's catalogue as far as reading a history needs it."""
    shelf = model.items
    styles = tuple(str(style) for style in range(int(shelf.styles.max(initial=-1)) + 1))
    return Items(shelf.ids, shelf.styles, styles, np.full(len(shelf), np.nan), (), shelf.numeric_ids)


def update_model(model: LooksModel, events: Events) -> LooksModel:
    """The model with the baskets of `events` counted in; baskets must not have been counted before."""
    baskets = baskets_of(events)
    place = model.items.sold_position
    held = _held(baskets, baskets.weights, len(place))
    bought = _held(baskets, baskets.bought, len(place))
    weight = model.items.weight + np.asarray(held.sum(axis=0), np.float32).ravel()
    sales = (model.items.sales + sales_of(events, len(place))).astype(np.int32)
    rows = _added(model, _met(held, model.items.sold), _met(bought, model.items.sold), weight)
    shelf = replace(model.items, sales=sales, weight=weight)
    return replace(model, items=shelf, pairs=rows)


def _held(baskets: Baskets, values: Any, items: int) -> Any:
    # a copy, since dropping zeros rewrites the columns, and those are the baskets' own
    matrix = sparse.csr_matrix((values, baskets.items, baskets.start), shape=(len(baskets), items), copy=True)
    matrix.eliminate_zeros()
    return matrix


def _met(held: Any, sold: Ints) -> Any:
    """Items x sold items: what met in these baskets, itself left out."""
    met = (held.T @ held).tocsr()
    met.setdiag(0)
    met.eliminate_zeros()
    among = met[:, sold].tocsr()
    # a product of sparse tables leaves its columns in any order; all that follows wants them rising
    among.sort_indices()
    return among


def _added(model: LooksModel, pair_weights: Any, bought_together: Any, weight: Floats) -> SparseRows:
    """The rows over the union of old and new pairs, every value by the new weights."""
    old, width = model.pairs, len(model.items.sold)
    keys, sums = _keys(old.start, old.columns, width), old.values * _both(old.start, model.items.weight)
    fresh = _keys(pair_weights.indptr, pair_weights.indices, width)
    # what no counting can renew (the weights of EASE) stays as it was until the next training
    kept = old.pair_scores - _worth(
        model, sums, old.values, model.items.weight[model.items.sold[old.columns]]
    )
    keys, (sums, counts, kept) = _united(keys, (sums, old.counts, kept), fresh)
    at = np.searchsorted(keys, fresh)
    sums[at] += pair_weights.data
    counts[np.searchsorted(keys, _keys(bought_together.indptr, bought_together.indices, width))] += (
        bought_together.data.astype(np.int32)
    )
    row, column = keys // width, (keys % width).astype(np.int32)
    start = np.searchsorted(row, np.arange(len(model.items) + 1)).astype(np.int64)
    values = (sums / (weight[row] + np.float32(SHRINK))).astype(np.float32)
    pair_scores = kept + _worth(model, sums, values, weight[model.items.sold[column]])
    return SparseRows(start, column, values, pair_scores, counts)


def _both(start: Longs, weight: Floats) -> Floats:
    return np.asarray(np.repeat(weight + np.float32(SHRINK), np.diff(start)), np.float32)


def _keys(start: Any, columns: Any, width: int) -> Longs:
    """One rising number per cell of sparse rows."""
    rows = np.repeat(np.arange(len(start) - 1, dtype=np.int64), np.diff(start))
    return np.asarray(rows * width + columns, np.int64)


def _united(keys: Longs, values: tuple[Any, ...], fresh: Longs) -> tuple[Longs, tuple[Any, ...]]:
    """Keys with those of `fresh` that were missing put in their places, at value 0."""
    at = np.searchsorted(keys, fresh)
    known = (
        keys[np.minimum(at, max(len(keys) - 1, 0))] == fresh if len(keys) else np.zeros(len(fresh), np.bool_)
    )
    missing, place = fresh[~known], at[~known]
    return np.insert(keys, place, missing), tuple(np.insert(each, place, 0) for each in values)


def _worth(model: LooksModel, sums: Floats, values: Floats, other: Floats) -> Floats:
    """What else the pairs say, under the weights the blend was given (see `signals.co_purchase.Pairs`)."""
    loud = model.metadata.get("weights", {})
    lift = 1e3 * values / (other + np.float32(SHRINK_LIFT))
    pair_scores = (
        np.float32(loud.get("pair count", 0.0)) * np.log1p(sums)
        + np.float32(loud.get("pair lift", 0.0)) * lift
    )
    return np.asarray(
        pair_scores + np.float32(loud.get("pair log lift", 0.0)) * np.log1p(10 * lift), np.float32
    )
