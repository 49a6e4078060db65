"""Builds the training rows: one for each item of a basket, described by the other items of the basket.

The "user" of a row is not a person but the room: the mean of the other items. So an anonymous room is served
by exactly what was trained, and the model contains no shopper.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from recommender.arrays import Floats, Ints
from recommender.inputs.baskets import Baskets

# A room holds at most a dozen items; a larger basket is represented by samples of this size.
MAX_ROOM_ITEMS = 12


@dataclass(frozen=True, slots=True)
class TrainingRows:
    """`others` (rows x items, scipy CSR, each row sums to 1), and the `missing` item of each row with its
    weight."""

    others: Any
    missing: Ints
    weight: Floats


def training_rows(baskets: Baskets, items: int, seed: int, room: int = MAX_ROOM_ITEMS) -> TrainingRows:
    """One row per (basket, item) of all baskets with two items or more."""
    rng = np.random.default_rng(seed)
    sizes = baskets.sizes
    indices, lengths, missing, weight = [], [], [], []
    for size in np.unique(sizes[sizes >= 2]):
        first = baskets.start[:-1][sizes == size]
        cells = first[:, None] + np.arange(size)
        others = _others(int(size), len(first), room, rng)
        indices.append(baskets.items[(first[:, None, None] + others).reshape(-1)])
        lengths.append(np.full(len(first) * size, others.shape[-1]))
        missing.append(baskets.items[cells.reshape(-1)])
        # a large basket gives many similar rows, so each gets less weight
        soft = np.float32(1 / np.sqrt(others.shape[-1]))
        weight.append(baskets.weights[cells.reshape(-1)] * soft)
    if not indices:
        empty = sparse.csr_matrix((0, items), dtype=np.float32)
        return TrainingRows(empty, np.zeros(0, np.int32), np.zeros(0, np.float32))
    length = np.concatenate(lengths)
    start = np.concatenate([[0], np.cumsum(length)])
    values = np.repeat((1.0 / length).astype(np.float32), length)
    others = sparse.csr_matrix((values, np.concatenate(indices), start), shape=(len(length), items))
    return TrainingRows(others, np.concatenate(missing), np.concatenate(weight))


def _others(size: int, baskets: int, room: int, rng: np.random.Generator) -> Any:
    """Positions of the other items: (baskets, size, min(size - 1, room))."""
    grid = np.array([[at for at in range(size) if at != held] for held in range(size)])
    if size - 1 <= room:
        return np.broadcast_to(grid, (baskets, size, size - 1))
    draw = rng.random((baskets, size, size - 1)).argsort(axis=-1)[..., :room]
    return np.take_along_axis(np.broadcast_to(grid, (baskets, size, size - 1)), draw, axis=-1)
