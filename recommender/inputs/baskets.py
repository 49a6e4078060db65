"""Groups a history into baskets of distinct items, with a weight for each item."""

from dataclasses import dataclass

import numpy as np

from recommender.arrays import Bools, Floats, Ints, Longs
from recommender.inputs.event_kinds import EVENT_WEIGHT, RETURNED_FACTOR, EventKind
from recommender.inputs.returns import returned_purchases
from recommender.inputs.tables import Events

# A basket with more distinct items is a reseller or an error; its pairs would outweigh a whole day of a shop.
MAX_BASKET_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Baskets:
    """Baskets in compressed form: basket `i` holds `items[start[i]:start[i+1]]`, weights in (0, 1] beside.

    `bought` is 1 for items that were paid for and kept. `at` is the time of each basket's first event
    (seconds since 1970), `code` its code in the history. Baskets are sorted by `at`.
    """

    start: Longs
    items: Ints
    weights: Floats
    bought: Ints
    at: Longs
    code: Ints

    def __len__(self) -> int:
        return len(self.at)

    @property
    def sizes(self) -> Longs:
        """Number of distinct items in each basket."""
        return np.diff(self.start)


def baskets_of(events: Events, largest: int = MAX_BASKET_ITEMS) -> Baskets:
    """The baskets of a history. Refused items are removed; returned items keep a small weight."""
    weight = np.array([EVENT_WEIGHT[kind] for kind in EventKind], np.float32)[events.kind]
    key = events.basket.astype(np.int64) << 32 | events.item
    cells, place = np.unique(key, return_inverse=True)
    weights = np.zeros(len(cells), np.float32)
    np.maximum.at(weights, place, weight)
    returned = _marked_cells(returned_purchases(events), place, len(cells))
    bought = _marked(events, place, len(cells), EventKind.PURCHASE, EventKind.TRYON_KEPT) & ~returned
    weights[returned] *= RETURNED_FACTOR
    weights[_marked(events, place, len(cells), EventKind.NOT_THIS)] = 0
    return _packed(events, cells, weights, bought, largest)


def _marked(events: Events, place: Longs, cells: int, *kinds: EventKind) -> np.ndarray:
    return _marked_cells(np.isin(events.kind, [int(kind) for kind in kinds]), place, cells)


def _marked_cells(rows: Bools, place: Longs, cells: int) -> np.ndarray:
    found = np.zeros(cells, np.bool_)
    found[place[rows]] = True
    return found


def _packed(events: Events, cells: Longs, weights: Floats, bought: np.ndarray, largest: int) -> Baskets:
    basket, item = (cells >> 32).astype(np.int32), (cells & 0xFFFFFFFF).astype(np.int32)
    first = np.full(len(events.baskets), np.iinfo(np.int64).max)
    np.minimum.at(first, events.basket, events.at)
    size = np.bincount(basket, weights=weights > 0, minlength=len(events.baskets))
    keep = (weights > 0) & (size[basket] <= largest)
    basket, item, weights, bought = basket[keep], item[keep], weights[keep], bought[keep]
    order = np.lexsort((item, basket, first[basket]))
    basket, item, weights, bought = basket[order], item[order], weights[order], bought[order]
    head = np.flatnonzero(np.diff(basket, prepend=-1))
    start = np.append(head, len(basket)).astype(np.int64)
    return Baskets(start, item, weights, bought.astype(np.int32), first[basket[head]], basket[head])
