"""A random looks model of any size, for timing; co-purchase rows as long as in a large shop.

Models of format 1 have `PLAIN` dimensions and the same weights for every room; models of format 2 have `DIMENSIONS`
and weights by room size.
"""

from dataclasses import replace

import numpy as np

from recommender.arrays import SparseRows
from recommender.looks.serving.model import (
    Attribute,
    BlendWeights,
    CoPurchaseWeights,
    ItemIndex,
    LooksModel,
    NewArrivals,
    RoomWeights,
)
from recommender.looks.signals.signals import LARGEST_ROOM
from recommender.looks.training.assemble import BIASES
from recommender.looks.training.hyperparameters import Hyperparameters

# Assumed for a large shop: neighbours per item, and items per row of a style.
PER_ITEM, PER_STYLE = 32, 160
# Colours with patterns of a large shop, and those of its departments.
SHADES, MATCHES = 300, 4000
_RECIPE = Hyperparameters()
DIMENSIONS = _RECIPE.served_dimensions + _RECIPE.factor_dimensions + _RECIPE.affinity_dimensions + len(BIASES)
PLAIN = 96


def sparse_rows(rng: np.random.Generator, height: int, width: int, mean: float) -> SparseRows:
    lengths = np.minimum(rng.geometric(1 / mean, height), width // 2)
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    columns = np.concatenate([np.sort(rng.choice(width, size, replace=False)) for size in lengths])
    values = (rng.random(len(columns)) ** 4).astype(np.float32) * np.float32(0.2)
    return SparseRows(
        start, columns, values, values.copy(), rng.integers(1, 9, len(columns)).astype(np.int32)
    )


def random_model(items: int, seed: int = 7, colours: int = 3) -> LooksModel:
    """A model as it is trained now, with weights for each size of room."""
    model = plain_model(items, DIMENSIONS, seed, colours)
    rng = np.random.default_rng(seed)
    by_size = tuple(
        RoomWeights(
            replace(model.blend.pairs, log_1000=0.01 * size),
            model.blend.styles,
            rng.uniform(0.5, 2, DIMENSIONS).astype(np.float32),
            -0.3,
            0.2,
            0.9,
            0.1,
        )
        for size in range(1, LARGEST_ROOM + 1)
    )
    return replace(model, blend=replace(model.blend, by_size=by_size), bias_dimensions=len(BIASES))


def plain_model(items: int, dimensions: int = PLAIN, seed: int = 7, colours: int = 3) -> LooksModel:
    """A model with the same weights for every room."""
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
        "match": Attribute(
            rng.integers(0, MATCHES, items).astype(np.int32), tuple(f"match {n}" for n in range(MATCHES))
        ),
        "shade": Attribute(
            rng.integers(0, SHADES, items).astype(np.int32), tuple(f"shade {n}" for n in range(SHADES))
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
        BlendWeights("bench", CoPurchaseWeights(0.01, 0.2, 0.0, 6.0, 1.0), CoPurchaseWeights(0.4)),
        np.full((40, 40), 9),
    )


def random_rooms(model: LooksModel, rooms: int, garments: int = 3, seed: int = 1) -> list[list[str]]:
    """Random rooms of a few items each, as item ids."""
    rng, ids = np.random.default_rng(seed), model.items.ids
    return [[ids[row] for row in rng.choice(len(ids), garments, replace=False)] for _ in range(rooms)]
