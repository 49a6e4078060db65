"""The parts of a score that need the catalogue's columns: candidates of a category that is in the room, candidates that
match an item of the room, and colours of a style that was bought with one of the room.

Only these candidates are read, not the whole catalogue.
"""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recommender.arrays import Floats
    from recommender.looks.serving.model import ItemIndex, LooksModel, RoomWeights


def add_catalogue_scores(
    found: Floats, items: ItemIndex, rows: Sequence[int], shares: Sequence[float], weights: RoomWeights
) -> None:
    """Adds the scores of repeated categories and of matching items to `found`, in place.

    `rows` are the room's items, each counted with its share.
    """
    categories = _counted(items.categories, rows, shares)
    if weights.repeated:
        order, start = items.sold_by_category
        for category, number in categories.items():
            places = order[start.item(category) : start.item(category + 1)]
            found[places] += np.float32(weights.repeated * log1p(number))
    if weights.matched or weights.matched_other:
        _add_matches(found, items, _counted(items.matches, rows, shares), list(categories), weights)


def _add_matches(
    found: Floats, items: ItemIndex, matches: dict[int, float], categories: list[int], weights: RoomWeights
) -> None:
    if not matches:
        return
    order, start = items.sold_by_match
    parts = [order[start.item(match) : start.item(match + 1)] for match in matches]
    places = np.concatenate(parts)
    counts = np.repeat([log1p(number) for number in matches.values()], [len(part) for part in parts])
    coefficients = np.full(len(places), weights.matched, np.float32)
    if weights.matched_other:
        absent = np.full(len(items.attributes["category"].values) + 1, weights.matched_other, np.float32)
        absent[categories] = 0
        coefficients += absent[items.sold_categories[places]]
    # an item has one code, so that no place occurs twice
    found[places] += coefficients * counts.astype(np.float32)


def add_matched_style_scores(
    found: Floats, model: LooksModel, rows: Sequence[int], weights: Floats | None, coefficient: float
) -> None:
    """Adds the scores of items of a style that was bought with a style of the room, if they have the colour and pattern
    of the room's item, in place: of a set in several colours, few baskets held this one, but many held the set."""
    styles, shades, sold_shades = model.styles, model.items.shades, model.items.sold_shades
    root = len(rows) ** 0.5
    shares = (
        [1 / root] * len(rows) if weights is None else (weights / np.sqrt(np.dot(weights, weights))).tolist()
    )
    places, values = [], []
    for row, style, share in zip(rows, model.items.styles[list(rows)].tolist(), shares, strict=True):
        if shades[row] < 0:
            continue
        span = slice(styles.start.item(style), styles.start.item(style + 1))
        columns = styles.columns[span]
        same = (sold_shades[columns] == shades[row]).nonzero()[0]
        places.append(columns[same])
        values.append(styles.values[span][same] * np.float32(share))
    if not places:
        return
    if len(places) == 1:
        found[places[0]] += np.float32(coefficient) * np.log1p(1000 * values[0])
        return
    which, place = np.unique(np.concatenate(places), return_inverse=True)
    total = np.bincount(place, weights=np.concatenate(values), minlength=len(which))
    found[which] += (coefficient * np.log1p(1000 * total)).astype(np.float32)


def _counted(codes: list[int], rows: Sequence[int], shares: Sequence[float]) -> dict[int, float]:
    """The sum of the shares of the rows of each known code."""
    count: dict[int, float] = {}
    for row, share in zip(rows, shares, strict=True):
        code = codes[row]
        if code >= 0:
            count[code] = count.get(code, 0.0) + share
    return count
