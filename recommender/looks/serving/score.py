"""One room in, one score for every sold item out: a matrix-vector product and a few sparse rows.

    score = target . mean(context)                          (the bias is its last dimension)
            + pairs:  together(worth) + a log(1 + 1000 p) + b log(1 + 50 p) + c p + d max p,   p = together(co-purchase)
            + styles: a' log(1 + 1000 s) + b' log(1 + 50 s),                                   s = the same among styles
    together(x) = sum of x over the room's garments / root of their number

A mean would let the one garment that says much drown in a large room, a sum would let large rooms shout.
The weights were fitted on a validation slice and are part of the model (`Blend`); what is linear was folded into the
vectors when the model was made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recommender.arrays import AnyInts, Floats, SparseRows
    from recommender.looks.serving.model import CoPurchaseWeights, LooksModel

# Desks to add sparse rows up on, all zero between requests: cleaning what was touched costs less than clearing the
# whole. A request takes one and lays it back, so two threads never share one (taking from a list is one step).
_scratch_pool: list[Floats] = []


def scores(model: LooksModel, room: Sequence[int], weights: Floats | None = None) -> Floats:
    """Scores of the sold items for the rows hanging in the room; an empty room gives popularity.

    `weights` (one per row of the room, summing to 1) lets a shopper's past speak more softly than the room.
    """
    if not len(room):
        return model.popularity.copy()
    rows = list(room)
    found: Floats = np.dot(model.target, mean_context(model.context, rows, weights))
    blend = model.blend
    if blend.pairs.active:
        add_co_purchase_scores(found, model.pairs, rows, weights, blend.pairs)
    if blend.styles.active:
        add_co_purchase_scores(found, model.styles, model.items.styles[rows].tolist(), weights, blend.styles)
    return found


def mean_context(context: Floats, rows: list[int], weights: Floats | None) -> Floats:
    """The room as one vector."""
    if weights is not None:
        told: Floats = np.dot(weights, context[rows])
        return told
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
    """Adds what the sparse rows of the room say to `found`, in place; a column met by several garments counts once."""
    start = rows.start
    spans = [slice(start.item(row), start.item(row + 1)) for row in room]
    columns = _joined([rows.columns[span] for span in spans])
    if not len(columns):
        return
    parts = [rows.values[span] for span in spans]
    values = _joined(parts)
    shared = _shared(parts, values, weights)
    if co_purchase.adds_pair_scores:
        pair_scores = [rows.pair_scores[span] for span in spans]
        np.add.at(found, columns, _shared(pair_scores, _joined(pair_scores), weights))
    if len(spans) == 1:
        said = co_purchase.apply(shared)
        if co_purchase.maximum:
            said += co_purchase.maximum * values
    else:
        said = _summed_scores(len(found), columns, values, shared, co_purchase)
    said += found[columns]
    # a column that stands here twice is written twice, each time the same
    found[columns] = said


def _summed_scores(
    width: int, columns: AnyInts, values: Floats, shared: Floats, co_purchase: CoPurchaseWeights
) -> Floats:
    scratch = _take_scratch(width)
    said = co_purchase.apply(_gathered(np.add.at, scratch, columns, shared))
    if co_purchase.maximum:
        said += co_purchase.maximum * _gathered(np.maximum.at, scratch, columns, values)
    _scratch_pool.append(scratch)
    return said


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
    """Each garment's values times its share: 1 / root of their number, or what that is with unequal weights."""
    if weights is None:
        return values / len(parts) ** 0.5 if len(parts) > 1 else values
    share: Floats = weights / np.sqrt(np.dot(weights, weights))
    return values * np.repeat(share, [len(part) for part in parts])
