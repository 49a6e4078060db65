"""Scores all sold items for one room: one matrix-vector product and a few sparse rows.

    score = target . (scale * mean(context))                (the last dimensions are the bias)
            + pairs:  e sum(pair_scores) + a log(1 + 1000 p) + b log(1 + 50 p) + c p + d m
            + styles: a' log(1 + 1000 s) + b' log(1 + 50 s)
            + r log(1 + n)                                   (n items of the room are of the same category)

p and s are the co-purchase values of items and of styles, summed over the room's items and divided by the
square root of their number; m is the largest single value of an item. (A mean would weaken a single strong
value in a large room; a sum would give large rooms too much weight.)

The weights are stored in the model (`BlendWeights`), also for each number of items in the room: chosen on a
validation part, or fixed where the history is too short for one. Linear signals were added to the vectors
when the model was trained.

The product is `numpy.vecdot`: it reads the matrix once, row after row. The product of matrix and vector in OpenBLAS
reads several rows at the same time; with rows of 200 dimensions or more that took two to three times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from recommender.looks.serving.catalogue_scores import add_catalogue_scores, add_matched_style_scores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recommender.arrays import AnyInts, Floats, Longs, SparseRows
    from recommender.looks.serving.model import CoPurchaseWeights, LooksModel

# Pool of zeroed scratch arrays (float32), one for each concurrent request. Resetting the touched cells is
# faster than clearing the whole array. list.pop and list.append are atomic, so two threads never share an
# array.
_scratch_pool: list[Floats] = []


def scores(
    model: LooksModel, room: Sequence[int], weights: Floats | None = None, places: Longs | None = None
) -> Floats:
    """Scores of the sold items for the room's rows; an empty room gives popularity.

    `weights` (one per row of the room, sum 1) gives a shopper's past less weight than the room. With `places`, only
    the scores at these positions are valid: less is read where little is in stock.
    """
    if not len(room):
        return model.popularity.copy()
    rows = list(room)
    size = effective_size(rows, weights)
    blend = model.blend.of(size)
    context = mean_context(model.context, rows, weights)
    if blend.scale is not None:
        context *= blend.scale
    found: Floats
    if places is None:
        found = np.vecdot(model.target, context)
    else:
        found = np.zeros(len(model.target), np.float32)
        found[places] = np.vecdot(model.target[places], context)
    if blend.pairs.active:
        add_co_purchase_scores(found, model.pairs, rows, weights, blend.pairs)
    if blend.styles.active:
        add_co_purchase_scores(found, model.styles, model.items.styles[rows].tolist(), weights, blend.styles)
    if blend.repeated or blend.matched or blend.matched_other:
        shares = [size / len(rows)] * len(rows) if weights is None else (weights * size).tolist()
        add_catalogue_scores(found, model.items, rows, shares, blend)
    if blend.style_matched:
        add_matched_style_scores(found, model, rows, weights, blend.style_matched)
    return found


def effective_size(rows: Sequence[int], weights: Floats | None) -> float:
    """Number of items in the room; with unequal weights the number of equal ones that weighs as much (Kish's
    effective sample size, 1 / sum of squared weights)."""
    return len(rows) if weights is None else 1 / float(np.dot(weights, weights))


def vector_contributions(model: LooksModel, rows: Sequence[int], place: int) -> Floats:
    """What each item of the room contributes to the vector score of the sold item at `place`, bias excluded."""
    free = model.target.shape[1] - model.bias_dimensions
    target = model.target[place, :free]
    scale = model.blend.of(len(rows)).scale
    if scale is not None:
        target = target * scale[:free]
    contributions: Floats = model.context[list(rows), :free] @ target / np.float32(max(len(rows), 1))
    return contributions


def bias_of(model: LooksModel, size: int, place: int) -> float:
    """The part of the score of the sold item at `place` that does not depend on which items are in the room."""
    bias = model.target[place, -model.bias_dimensions :]
    scale = model.blend.of(size).scale
    return float(bias.sum() if scale is None else bias @ scale[-model.bias_dimensions :])


def mean_context(context: Floats, rows: list[int], weights: Floats | None) -> Floats:
    """Mean (or weighted sum) of the room's context vectors."""
    if weights is not None:
        weighted: Floats = np.dot(weights, context[rows])
        return weighted
    mean: Floats = np.add.reduce(context[rows])
    mean *= 1 / len(rows)
    return mean


def add_co_purchase_scores(
    found: Floats,
    rows: SparseRows,
    room: Sequence[int],
    weights: Floats | None,
    co_purchase: CoPurchaseWeights,
) -> None:
    """Adds the co-purchase scores of the room's sparse rows to `found`, in place.

    A column that occurs in several rows is scored once, from the sum of its values.
    """
    start = rows.start
    spans = [slice(start.item(row), start.item(row + 1)) for row in room]
    columns = _joined([rows.columns[span] for span in spans])
    if not len(columns):
        return
    parts = [rows.values[span] for span in spans]
    values = _joined(parts)
    shared = _shared(parts, values, weights)
    if co_purchase.pair_scores:
        pair_scores = [rows.pair_scores[span] for span in spans]
        added = _shared(pair_scores, _joined(pair_scores), weights)
        np.add.at(found, columns, added if co_purchase.pair_scores == 1 else added * co_purchase.pair_scores)
    if len(spans) == 1:
        score = co_purchase.apply(shared)
        if co_purchase.maximum:
            score += co_purchase.maximum * values
    else:
        score = _summed_scores(len(found), columns, values, shared, co_purchase)
    score += found[columns]
    # a column that occurs twice is written twice with the same value
    found[columns] = score


def _summed_scores(
    width: int, columns: AnyInts, values: Floats, shared: Floats, co_purchase: CoPurchaseWeights
) -> Floats:
    scratch = _take_scratch(width)
    score = co_purchase.apply(_gathered(np.add.at, scratch, columns, shared))
    if co_purchase.maximum:
        score += co_purchase.maximum * _gathered(np.maximum.at, scratch, columns, values)
    _scratch_pool.append(scratch)
    return score


def _take_scratch(width: int) -> Floats:
    try:
        scratch = _scratch_pool.pop()
    except IndexError:
        scratch = np.zeros(width, np.float32)
    return scratch if len(scratch) >= width else np.zeros(width, np.float32)


def _gathered(
    gather: Callable[[Floats, AnyInts, Floats], None], scratch: Floats, columns: AnyInts, values: Floats
) -> Floats:
    gather(scratch, columns, values)
    found: Floats = scratch[columns]
    scratch[columns] = 0
    return found


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _shared(parts: list[Floats], values: Floats, weights: Floats | None) -> Floats:
    """Values of each item times its share: 1 / sqrt(number of items), or the equivalent with unequal weights."""
    if weights is None:
        return values / len(parts) ** 0.5 if len(parts) > 1 else values
    share: Floats = weights / np.sqrt(np.dot(weights, weights))
    return values * np.repeat(share, [len(part) for part in parts])
