"""A looks model of six items made by hand, whose scores can be computed on paper."""

from dataclasses import replace

import numpy as np

from recommender.arrays import SparseRows
from recommender.looks.serving.chance import PurchaseCounts
from recommender.looks.serving.model import (
    Attribute,
    BlendWeights,
    CoPurchaseWeights,
    ItemIndex,
    LooksModel,
    NewArrivals,
)

IDS = ("a-red", "a-blue", "b-red", "c-red", "d-red", "e-red")
A_RED, A_BLUE, B_RED, C_RED, D_RED, E_RED = range(6)
JACKET, SHIRT, SHOES = range(3)


def sparse_rows(
    cells: dict[tuple[int, int], float],
    height: int,
    counts: dict[tuple[int, int], int] | None = None,
    pair_scores: dict[tuple[int, int], float] | None = None,
) -> SparseRows:
    """Rows from values by (row, column)."""
    order = sorted(cells)
    start = np.searchsorted([row for row, _ in order], np.arange(height + 1)).astype(np.int64)
    return SparseRows(
        start,
        np.array([column for _, column in order], np.int64),
        np.array([cells[cell] for cell in order], np.float32),
        np.array([(pair_scores or {}).get(cell, 0.0) for cell in order], np.float32),
        np.array([(counts or {}).get(cell, 0) for cell in order], np.int32),
    )


def item_index() -> ItemIndex:
    """Five styles, a in two colours; e-red has no sales."""
    return ItemIndex(
        IDS,
        np.array([0, 0, 1, 2, 3, 4], np.int32),
        np.array([10, 10, 20, 30, -1, 50], np.float32),
        np.array([5, 1, 3, 20, 2, 0], np.int32),
        np.array([5, 1, 3, 20, 2, 0], np.float32),
        np.array([A_RED, A_BLUE, B_RED, C_RED, D_RED], np.int32),
        {
            "category": Attribute(
                np.array([JACKET, JACKET, SHIRT, SHOES, SHIRT, -1], np.int32), ("jacket", "shirt", "shoes")
            ),
            "material": Attribute(np.array([0, 0, 1, -1, 0, 0], np.int32), ("wool", "linen")),
            "hand": Attribute(np.array([0, 0, -1, 0, -1, -1], np.int32), ("Mei",)),
        },
        numeric_ids=False,
    )


def small_model(
    pairs: CoPurchaseWeights | None = None, styles: CoPurchaseWeights | None = None
) -> LooksModel:
    """Vectors of one dimension and a bias; co-purchase of a-red with b-red (3 baskets) and d-red (1 basket)."""
    cells = {(A_RED, B_RED): 0.2, (A_RED, D_RED): 0.1, (B_RED, A_RED): 0.3, (B_RED, D_RED): 0.4}
    counts = {(A_RED, B_RED): 3, (A_RED, D_RED): 1, (B_RED, A_RED): 3, (B_RED, D_RED): 1}
    scores = {(A_RED, B_RED): 0.5, (B_RED, D_RED): -0.25}
    items = item_index()
    arrivals = NewArrivals(
        np.array([E_RED], np.int32),
        np.ones((6, 1), np.float32),
        np.array([[2.0]], np.float32),
        np.array([0.5], np.float32),
        sparse_rows({(0, 0): 0.1}, 5),
        CoPurchaseWeights(log_1000=1.0),
    )
    categories = np.zeros((3, 3), np.int64)
    categories[SHOES, JACKET] = categories[JACKET, SHOES] = 7
    categories[SHIRT, SHOES] = categories[SHOES, SHIRT] = 4
    return LooksModel(
        items,
        np.array([[1, 1], [2, 1], [3, 1], [4, 1], [5, 1], [6, 1]], np.float32),
        np.array([[1, 0], [1, 0.1], [2, 0.2], [-1, 0.3], [0, 0.4]], np.float32),
        sparse_rows(cells, 6, counts, scores),
        sparse_rows({(0, B_RED): 0.2, (1, C_RED): 0.1}, 5),
        arrivals,
        BlendWeights("by hand", pairs or CoPurchaseWeights(), styles or CoPurchaseWeights()),
        categories,
        bought=PurchaseCounts(100, np.array([5, 1, 3, 20, 2, 0], np.int32), np.full((3, 3), 1.2, np.float32)),
    )


def without_sales(model: LooksModel) -> LooksModel:
    """The same model with all sales 0."""
    return replace(model, items=replace(model.items, sales=np.zeros_like(model.items.sales)))
