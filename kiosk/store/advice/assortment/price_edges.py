"""Edges of price bands: the fifths of a category's prices, or of the whole shop's where a category has few items."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from recommender.arrays import Bools, Ints, Longs

MIN_CATEGORY_ITEMS = 25
"""A category with fewer items uses the price bands of the whole shop, as the looks model does."""
BANDS = 5
Edges = tuple[float, ...]


def price_edges(prices: Longs, categories: Ints, in_catalogue: Bools) -> tuple[Edges, Mapping[int, Edges]]:
    """The edges of the whole shop, and those of each category with at least `MIN_CATEGORY_ITEMS` items."""
    rows = in_catalogue.nonzero()[0]
    rows = rows[np.argsort(prices[rows], kind="stable")]
    of_shop = _edges(prices[rows])
    rows = rows[np.argsort(categories[rows], kind="stable")]
    codes, starts = np.unique(categories[rows], return_index=True)
    ends = [*starts.tolist(), len(rows)][1:]
    return of_shop, {
        code: _edges(prices[rows[start:end]])
        for code, start, end in zip(codes.tolist(), starts.tolist(), ends, strict=True)
        if end - start >= MIN_CATEGORY_ITEMS
    }


def band_of_each(prices: Longs, categories: Ints, of_shop: Edges, of_category: Mapping[int, Edges]) -> Ints:
    """The band of every row, from 0 for the cheapest fifth to 4."""
    bands = np.searchsorted(np.array(of_shop), prices, side="left").astype(np.int32)
    order = np.argsort(categories, kind="stable")
    bounds = np.searchsorted(categories[order], np.arange(int(categories.max(initial=-1)) + 2))
    for code, edges in of_category.items():
        rows = order[bounds[code] : bounds[code + 1]]
        bands[rows] = np.searchsorted(np.array(edges), prices[rows], side="left")
    return bands


def _edges(ascending: Longs) -> Edges:
    """The quintiles by linear interpolation, ends included, as `statistics.quantiles(n=5, method="inclusive")`."""
    last = len(ascending) - 1
    if last < 1:
        return ()
    edges = []
    for fifth in range(1, BANDS):
        at, rest = divmod(fifth * last, BANDS)
        edges.append((ascending.item(at) * (BANDS - rest) + ascending.item(at + 1) * rest) / BANDS)
    return tuple(edges)
