"""A random looks model of any size, for timing; co-purchase rows are as long as those of a large retailer."""

import numpy as np

from recommender.arrays import SparseRows
from recommender.looks.serving.model import (
    Attribute,
    BlendWeights,
    CoPurchaseWeights,
    ItemIndex,
    LooksModel,
    NewArrivals,
)

# Measured on a week of a large fashion retailer: neighbours per item, and items per row of a style.
PER_ITEM, PER_STYLE = 34, 150


def sparse_rows(rng: np.random.Generator, height: int, width: int, mean: float) -> SparseRows:
    lengths = np.minimum(rng.geometric(1 / mean, height), width // 2)
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    columns = np.concatenate([np.sort(rng.choice(width, size, replace=False)) for size in lengths])
    values = (rng.random(len(columns)) ** 4).astype(np.float32) * np.float32(0.2)
    return SparseRows(
        start, columns, values, values.copy(), rng.integers(1, 9, len(columns)).astype(np.int32)
    )


def random_model(items: int, dimensions: int = 96, seed: int = 7, colours: int = 3) -> LooksModel:
    rng = np.random.default_rng(seed)
    styles = (np.arange(items) // colours).astype(np.int32)
    sold = np.arange(items - items // 20, dtype=np.int32)
    attributes = {
        "category": Attribute(
            rng.integers(0, 40, items).astype(np.int32), tuple(f"category {n}" for n in range(40))
        ),
        "material": Attribute(
            rng.integers(0, 12, items).astype(np.int32), tuple(f"cloth {n}" for n in range(12))
        ),
    }
    shelf = ItemIndex(
        tuple(f"{n:07d}" for n in range(items)),
        styles,
        rng.gamma(4, 20, items).astype(np.float32),
        rng.geometric(0.1, items).astype(np.int32),
        rng.geometric(0.1, items).astype(np.float32),
        sold,
        attributes,
        False,
    )
    fresh = np.arange(len(sold), items, dtype=np.int32)[:2000]
    narrow = rng.normal(size=(items, 32)).astype(np.float32)
    return LooksModel(
        shelf,
        rng.normal(size=(items, dimensions)).astype(np.float32) * np.float32(0.1),
        rng.normal(size=(len(sold), dimensions)).astype(np.float32),
        sparse_rows(rng, items, len(sold), PER_ITEM),
        sparse_rows(rng, int(styles[-1]) + 1, len(sold), PER_STYLE),
        NewArrivals(
            fresh,
            narrow,
            narrow[fresh].copy(),
            np.zeros(len(fresh), np.float32),
            sparse_rows(rng, int(styles[-1]) + 1, len(fresh), 12),
            CoPurchaseWeights(0.2, 1.1),
        ),
        BlendWeights("bench", CoPurchaseWeights(0.01, 0.2, 0.0, 6.0, True), CoPurchaseWeights(0.4)),
        np.full((40, 40), 9),
    )


def random_rooms(model: LooksModel, rooms: int, garments: int = 3, seed: int = 1) -> list[list[str]]:
    """Random rooms of a few items each, as item ids."""
    rng, ids = np.random.default_rng(seed), model.items.ids
    return [[ids[row] for row in rng.choice(len(ids), garments, replace=False)] for _ in range(rooms)]
