"""One room in, one score for every sold item out: a matrix-vector product and a few sparse rows.

    score = learned * z(target . mean(context) + bias) + pairs * z(log(1 + 1000 co-purchase))
            + styles * z(log(1 + 1000 style co-purchase)) + popular * z(log(1 + sales))

z is over all sold items. For the dense part its mean and deviation follow from the stored covariance; for a sparse part
from its few entries. Constants that do not change the order are dropped.
"""

from collections.abc import Sequence

import numpy as np

from recommender.arrays import Floats, Rows
from recommender.model import LooksModel

# Below this the query says nothing and its deviation must not blow up.
_TINY = 1e-6


def scores(model: LooksModel, room: Sequence[int], weights: Floats | None = None) -> Floats:
    """Scores of the sold items for the rows hanging in the room; an empty room gives popularity.

    `weights` (one per row of the room, summing to 1) lets a shopper's past speak more softly than the room.
    """
    if not len(room):
        return model.popularity.copy()
    blend = model.blend
    found = dense(model, room, weights)
    if blend.popular:
        found += np.float32(blend.popular) * model.popularity
    if blend.pairs:
        _add_sparse(found, model.pairs, room, weights, blend.pairs)
    if blend.styles:
        _add_sparse(found, model.styles, room, weights, blend.styles)
    return found


def dense(model: LooksModel, room: Sequence[int], weights: Floats | None) -> Floats:
    """The learned part with deviation `blend.learned`; where it has no say, a trace of popularity breaks ties."""
    if not model.blend.learned:
        return np.float32(1e-4) * model.popularity
    query = query_of(model, room, weights)
    ends = np.append(query, np.float32(1))
    deviation = float(np.sqrt(max(float(ends @ model.spread @ ends), 0.0)))
    scale = np.float32(model.blend.learned / max(deviation, _TINY))
    found = model.target @ (query * scale)
    found += model.bias * scale
    return np.asarray(found, np.float32)


def query_of(model: LooksModel, room: Sequence[int], weights: Floats | None) -> Floats:
    """The room's vector: the (weighed) mean of its garments'."""
    garments = model.context[list(room)]
    if weights is None:
        return np.asarray(garments.mean(axis=0), np.float32)
    return np.asarray(weights @ garments, np.float32)


def _add_sparse(
    found: Floats, rows: Rows, room: Sequence[int], weights: Floats | None, loudness: float
) -> None:
    """Adds loudness * z(log(1 + 1000 * mean of the room's rows)) to `found`, in place."""
    columns, values = gathered(rows, room, weights)
    if not len(columns):
        return
    total = len(found)
    heard = np.log1p(1000 * values)
    mean = float(heard.sum()) / total
    deviation = float(np.sqrt(max(float(heard @ heard) / total - mean * mean, 0.0)))
    found[columns] += heard * np.float32(loudness / max(deviation, _TINY))


def gathered(rows: Rows, room: Sequence[int], weights: Floats | None) -> tuple[np.ndarray, Floats]:
    """Distinct columns of the room's rows with the (weighed) mean of their values."""
    share = np.full(len(room), 1 / len(room), np.float32) if weights is None else weights
    if len(room) == 1:
        return rows.columns_of(room[0]), rows.values_of(room[0]) * share[0]
    columns = np.concatenate([rows.columns_of(row) for row in room])
    values = np.concatenate([rows.values_of(row) * part for row, part in zip(room, share, strict=True)])
    distinct, place = np.unique(columns, return_inverse=True)
    return distinct, np.bincount(place, weights=values, minlength=len(distinct)).astype(np.float32)
