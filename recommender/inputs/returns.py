"""Finds which purchases came back.

A return names its basket, or else its shopper, or neither: a shop that stores no persons writes only the item. Then it
is the latest earlier purchase of that item, of the same shopper if she is known. For anonymous returns this is an
assumption; what it guarantees is that as many purchases count as returned as came back.
"""

from collections import defaultdict

import numpy as np

from recommender.arrays import Bools, Longs
from recommender.inputs.event_kinds import EventKind
from recommender.inputs.tables import Events


def returned_purchases(events: Events) -> Bools:
    """Marks the events that are a purchase, or a try-on that was kept, of a garment that came back."""
    back = np.flatnonzero(events.kind == int(EventKind.RETURN))
    marked = np.zeros(len(events), np.bool_)
    if not len(back):
        return marked
    kept = np.isin(events.kind, [int(EventKind.PURCHASE), int(EventKind.TRYON_KEPT)])
    cell = events.basket.astype(np.int64) << 32 | events.item
    marked[kept & np.isin(cell, cell[back])] = True
    own_basket = np.isin(cell[back], cell[kept])
    came_back = _latest_purchases(events, cell, np.flatnonzero(kept & ~marked), back[~own_basket])
    marked[kept & np.isin(cell, came_back)] = True
    return marked


def _latest_purchases(events: Events, cell: Longs, kept: Longs, back: Longs) -> list[int]:
    """For each return without a basket of its own: the cell (basket and item) of the latest open purchase."""
    if not len(back):
        return []
    bought = kept[np.isin(events.item[kept], events.item[back])]
    # a try-on that was kept and its purchase are one garment: the first event of each cell
    bought = bought[np.sort(np.unique(cell[bought], return_index=True)[1])]
    steps = [(events.at.item(row), row, True) for row in bought.tolist()]
    steps += [(events.at.item(row), row, False) for row in back.tolist()]
    open_purchases: dict[tuple[int, int], list[int]] = defaultdict(list)
    found = []
    for _, row, is_purchase in sorted(steps):
        key = (events.shopper.item(row), events.item.item(row))
        if is_purchase:
            open_purchases[key].append(cell.item(row))
        elif open_purchases[key]:
            found.append(open_purchases[key].pop())
    return found
